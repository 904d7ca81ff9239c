import { isIP } from 'node:net';
import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EVERY_AGENCY, isAccount, isAgencyCode, issueDevToken } from '#access';
import type { Config } from '#config';
import { Anyone } from '../http/doors/access.guard.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { CONFIG } from '../injected.ts';
import { badAccount, badAgency, DevelopmentToken, DevelopmentTokenDto } from './sign-in.dto.ts';

const LIFETIME_SECONDS = 3600;

/** A name may be made to point here by whoever owns it (DNS rebinding); an address may not. */
const isSafeHost = (host: string): boolean => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || isIP(bare) !== 0;
};

type Said = Pick<DevelopmentTokenDto, 'account' | 'agency'>;

/** What is no text of a register is taken as it was sent, unseen characters and all. @throws BadInput */
function requireSayable({ account, agency }: Said): void {
  const isCode = agency === EVERY_AGENCY || isAgencyCode(agency);
  const faults = [
    ...(isAccount(account) ? [] : [{ field: 'account', ...badAccount }]),
    ...(isCode ? [] : [{ field: 'agency', ...badAgency }]),
  ];
  if (faults.length > 0) throw new BadInput(faults);
}

/**
 * The development issuer's counter: a token for whoever asks, in whatever role. It is there only
 * where no issuer is configured, which production does not start without.
 */
@ApiTags('Đăng nhập')
@Controller('v1/development')
export class DevelopmentController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Post('tokens')
  @HttpCode(200)
  @Anyone()
  @ApiOperation({
    summary:
      'Mã truy cập của nơi cấp thử nghiệm; không có khi đã cấu hình OIDC_ISSUER, không bao giờ có trong NODE_ENV=production',
  })
  @ApiOkResponse({ type: DevelopmentToken })
  async token(
    @Body() { role, account, name, agency }: DevelopmentTokenDto,
    @Req() request: ApiRequest,
  ): Promise<DevelopmentToken> {
    if (!isSafeHost(request.hostname)) throw new ApiProblem('FORBIDDEN', {});
    requireSayable({ account, agency });
    const { DATA_DIR, OIDC_AUDIENCE: audience } = this.config;
    const who = { account, name, roles: [role], agencies: [agency] };
    const token = await issueDevToken(DATA_DIR, { ...who, audience, lifetime: LIFETIME_SECONDS });
    return { token, expiresIn: LIFETIME_SECONDS };
  }
}
