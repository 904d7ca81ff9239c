import { isIP } from 'node:net';
import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { issueDevToken } from '#access';
import type { Config } from '#config';
import { tidy } from '#domain';
import { Anyone } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { CONFIG } from '../injected.ts';
import { DevelopmentToken, DevelopmentTokenDto } from './sign-in.dto.ts';

const LIFETIME_SECONDS = 3600;

/** A name may be made to point here by whoever owns it (DNS rebinding); an address may not. */
const isSafeHost = (host: string): boolean => {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || isIP(bare) !== 0;
};

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
    const { DATA_DIR, OIDC_AUDIENCE: audience } = this.config;
    const who = {
      account: tidy(account),
      name: tidy(name),
      roles: [role],
      agencies: [tidy(agency)],
    };
    const token = await issueDevToken(DATA_DIR, { ...who, audience, lifetime: LIFETIME_SECONDS });
    return { token, expiresIn: LIFETIME_SECONDS };
  }
}
