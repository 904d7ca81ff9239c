import { ApiProperty } from '@nestjs/swagger';
import { columnKinds, registerForms, type ColumnField, type ColumnKind } from '#domain';

export class FormColumnRow {
  @ApiProperty({
    description: 'Nội dung của cột',
    enum: Object.keys(columnKinds),
    example: 'requester',
  })
  field: ColumnField;
  @ApiProperty({ description: 'Tiêu đề cột', example: 'Họ tên của người yêu cầu chứng thực' })
  label: string;
  @ApiProperty({
    description: 'Kiểu dữ liệu',
    enum: [...new Set(Object.values(columnKinds))],
    example: 'text',
  })
  kind: ColumnKind;
  @ApiProperty({ description: 'Phần bề rộng trang, so với các cột khác', example: 17 })
  share: number;
}

export class FormRow {
  @ApiProperty({ description: 'Nghị định ban hành mẫu sổ', enum: registerForms })
  form: string;
  @ApiProperty({ description: 'Các cột, từ trái sang phải', type: [FormColumnRow] })
  columns: FormColumnRow[];
}

export class RegisterTypeRow {
  @ApiProperty({ example: 'SCTDT.BS' })
  code: string;
  @ApiProperty({ description: 'Ký hiệu, hậu tố của tên sổ', example: 'SCTĐT/BS' })
  label: string;
  @ApiProperty({ example: 'Chứng thực bản sao điện tử từ bản chính' })
  title: string;
  @ApiProperty({ description: 'Số đầu tiên được viết như sau', example: '001/ĐT' })
  firstNumber: string;
  @ApiProperty({ description: 'Mẫu sổ theo từng nghị định, mới nhất trước', type: [FormRow] })
  forms: FormRow[];
}

export class RegisterTypeList {
  @ApiProperty({ description: 'Các loại sổ', type: [RegisterTypeRow] })
  items: RegisterTypeRow[];
}
