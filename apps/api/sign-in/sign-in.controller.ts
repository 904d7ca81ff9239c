import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Config } from '#config';
import { Desk } from '../desk.ts';
import { Anyone, Requires } from '../http/doors/access.guard.ts';
import type { ApiRequest } from '../http/request.ts';
import { CONFIG } from '../injected.ts';
import { developmentPeople } from './people.ts';
import { roleLabels } from './role-labels.ts';
import { MyAccount, SignInFacts } from './sign-in.dto.ts';

/** How people log in, and who has. */
@ApiTags('Đăng nhập')
@Controller('v1')
export class SignInController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly desk: Desk,
  ) {}

  @Get('sign-in')
  @Anyone()
  @ApiOperation({ summary: 'Cách đăng nhập: nơi cấp mã truy cập cho trình duyệt' })
  @ApiOkResponse({ type: SignInFacts })
  facts(): SignInFacts {
    const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = this.config;
    const { OIDC_SCOPE: scope, OIDC_RESOURCE: resource = null } = this.config;
    if (issuer === undefined) return { kind: 'development', oidc: null, people: developmentPeople };
    if (clientId === undefined) return { kind: 'unset', oidc: null, people: [] };
    return { kind: 'oidc', oidc: { issuer, clientId, scope, resource }, people: [] };
  }

  @Get('me')
  @ApiBearerAuth()
  @Requires('agency.read')
  @ApiOperation({ summary: 'Tài khoản đang đăng nhập: họ tên, vai trò, cơ quan' })
  @ApiOkResponse({ type: MyAccount })
  me(@Req() { caller }: ApiRequest): MyAccount {
    if (!caller) throw new Error('no caller: the route has no guard');
    const { account, name, roles, agencies } = caller;
    const labels = roles.map((role) => roleLabels[role]);
    return { account, name, roles, roleLabels: labels, agencies, today: this.desk.today() };
  }
}
