import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  columnKinds,
  formatEntryNumber,
  layoutOf,
  registerForms,
  registerTypes,
  type FormLayout,
  type RegisterForm,
  type RegisterType,
} from '#domain';
import { ExportTools } from '../exports/export-tools.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { RegisterTypeList, type FormRow, type RegisterTypeRow } from './register-types.dto.ts';

/** Which registers there are, and which columns their forms have: for screens that draw them. */
@ApiTags('Sổ chứng thực')
@ApiBearerAuth()
@Controller('v1/register-types')
export class RegisterTypesController {
  constructor(private readonly tools: ExportTools) {}

  @Get()
  @Requires('form.read')
  @ApiOperation({ summary: 'Các loại sổ chứng thực và mẫu sổ của từng loại' })
  @ApiOkResponse({ type: RegisterTypeList })
  list(): RegisterTypeList {
    return { items: registerTypes.map((type) => rowOf(type, this.tools.sources.layouts)) };
  }
}

function rowOf(type: RegisterType, layouts: readonly FormLayout[]): RegisterTypeRow {
  const { code, label, title } = type;
  const forms = registerForms.map((form) => formOf(layouts, form, code));
  return { code, label, title, firstNumber: formatEntryNumber(1, type), forms };
}

function formOf(layouts: readonly FormLayout[], form: RegisterForm, type: string): FormRow {
  const { columns } = layoutOf(layouts, { form, type });
  return {
    form,
    columns: columns.map((column) => ({ ...column, kind: columnKinds[column.field] })),
  };
}
