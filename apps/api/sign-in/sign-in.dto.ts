import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { roles, type Role } from '#access';
import { Text } from '../http/fields/text.ts';

/** What no token can say, and what can. */
export const badAccount = {
  code: 'NOT_ALLOWED' as const,
  detail: 'Tài khoản chỉ gồm chữ cái không dấu, chữ số và ._@:|+-',
};
export const badAgency = {
  code: 'AGENCY_CODE' as const,
  detail: 'Mã cơ quan gồm chữ in hoa không dấu, chữ số, dấu chấm, gạch nối, ví dụ: BK-001.',
};

const kinds = ['development', 'oidc', 'unset'] as const;

export class DevelopmentPersonRow {
  @ApiProperty({ example: 'binh.tran' })
  account: string;
  @ApiProperty({ example: 'Trần Thị Bình' })
  name: string;
  @ApiProperty({ enum: roles, example: 'receiving-officer' })
  role: Role;
  @ApiProperty({ example: 'Cán bộ tiếp nhận hồ sơ' })
  roleLabel: string;
  @ApiProperty({ description: 'Mã cơ quan; * là mọi cơ quan', type: [String] })
  agencies: readonly string[];
}

/** Where a browser logs in: authorization code flow with PKCE (RFC 7636), without a secret. */
export class OidcClientRow {
  @ApiProperty({ example: 'https://dang-nhap.backan.example.vn' })
  issuer: string;
  @ApiProperty({ example: 'so-chung-thuc-console' })
  clientId: string;
  @ApiProperty({ example: 'openid profile' })
  scope: string;
  @ApiProperty({
    description: 'Tài nguyên (RFC 8707) mà mã truy cập được xin cho, nếu nơi cấp cần',
    type: String,
    nullable: true,
  })
  resource: string | null;
}

/** How people log in here. */
export class SignInFacts {
  @ApiProperty({
    description:
      'development: nơi cấp thử nghiệm; oidc: nơi cấp đã cấu hình; unset: có nơi cấp, chưa có OIDC_CLIENT_ID',
    enum: kinds,
  })
  kind: (typeof kinds)[number];
  @ApiProperty({ description: 'Chỉ có với oidc', type: OidcClientRow, nullable: true })
  oidc: OidcClientRow | null;
  @ApiProperty({ description: 'Chỉ có với development', type: [DevelopmentPersonRow] })
  people: readonly DevelopmentPersonRow[];
}

/** Who the token says is calling. */
export class MyAccount {
  @ApiProperty({ example: 'binh.tran' })
  account: string;
  @ApiProperty({ example: 'Trần Thị Bình' })
  name: string;
  @ApiProperty({ description: 'Vai trò', enum: roles, isArray: true })
  roles: readonly Role[];
  @ApiProperty({ type: [String], example: ['Cán bộ tiếp nhận hồ sơ'] })
  roleLabels: readonly string[];
  @ApiProperty({ description: 'Mã cơ quan; * là mọi cơ quan', type: [String] })
  agencies: readonly string[];
  @ApiProperty({ description: 'Hôm nay, theo giờ Việt Nam', example: '2024-05-10' })
  today: string;
}

export class DevelopmentTokenDto {
  static readonly labels = {
    role: 'Vai trò',
    account: 'Tài khoản',
    name: 'Họ và tên',
    agency: 'Mã cơ quan',
  };

  @ApiProperty({ description: 'Vai trò (*)', enum: roles, example: 'receiving-officer' })
  @IsIn(roles)
  role: Role;

  @Text({
    description: 'Tài khoản (*)',
    example: 'binh.tran',
    most: 128,
    pattern: '^[A-Za-z0-9._@:|+-]{1,128}$',
    otherwise: badAccount,
  })
  account: string;

  @Text({ description: 'Họ và tên (*)', example: 'Trần Thị Bình', most: 200 })
  name: string;

  @Text({
    description: 'Mã cơ quan (*); * là mọi cơ quan',
    example: 'BK-001',
    most: 32,
    pattern: '^(\\*|[A-Z0-9][A-Z0-9.-]{0,31})$',
    otherwise: badAgency,
  })
  agency: string;
}

export class DevelopmentToken {
  @ApiProperty({ description: 'Mã truy cập (JWT)' })
  token: string;
  @ApiProperty({ description: 'Hiệu lực trong bao nhiêu giây', example: 3600 })
  expiresIn: number;
}
