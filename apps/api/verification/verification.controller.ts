import {
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  type Type,
} from '@nestjs/common';
import {
  ApiExcludeEndpoint,
  ApiOkResponse,
  ApiOperation,
  ApiExtraModels,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { readVerificationCode } from '#domain';
import { addressOf } from '../http/address.ts';
import { askerOf } from '../http/asker.ts';
import { Anyone } from '../http/doors/access.guard.ts';
import { networkOf } from '../http/doors/refused.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { HashedUpload, hashedFileOf } from './hashed-upload.ts';
import { pagesOf, wantsPage } from './page/pages.ts';
import { PublicDoor } from './public-door.ts';
import { FileAnswer, VerificationAnswer } from './verification.dto.ts';
import { Verifications, type Public } from './verifications.ts';

/** Whoever asks without an account: networks take turns, and an answer nobody waits for is not made. */
const publicOf = (request: ApiRequest): Public => ({
  network: networkOf(addressOf(request)),
  signal: askerOf(request).signal,
});

/** What is answered as data, and to whoever reads pages as one. */
const asDataOrPage = (answer: Type) => ({
  content: {
    'application/json': { schema: { $ref: getSchemaPath(answer) } },
    'text/html': { schema: { type: 'string' as const } },
  },
});

/** Xác minh: whether a copy's number is real, for whoever holds the copy. */
@ApiTags('Xác minh')
@ApiExtraModels(VerificationAnswer, FileAnswer)
@Controller('xac-minh')
export class VerificationController {
  constructor(private readonly verifications: Verifications) {}

  /** The form; a code typed into it leads to the code's own address. */
  @Get()
  @Anyone()
  @ApiExcludeEndpoint()
  form(@Query('code') typed: unknown, @Req() request: ApiRequest, @Res() response: Response): void {
    // There is nothing but a page here: data is of a code.
    if (!wantsPage(request)) throw new ApiProblem('VERIFICATION_CODE_FORMAT', {});
    const { form, language } = pagesOf(request);
    if (typeof typed !== 'string' || typed.trim() === '') {
      response.type('html').send(form());
      return;
    }
    // What is no code may be no address either.
    const code = readVerificationCode(typed);
    if (code === undefined) throw new ApiProblem('VERIFICATION_CODE_FORMAT', {});
    response.redirect(303, `/xac-minh/${code}?lang=${language}`);
  }

  @Get(':code')
  @Anyone()
  @UseGuards(PublicDoor)
  @ApiOperation({
    summary: 'Xác minh một bản chứng thực bằng mã in trên đó; trang hoặc JSON theo Accept',
  })
  @ApiOkResponse(asDataOrPage(VerificationAnswer))
  async code(
    @Param('code') typed: string,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const code = readVerificationCode(typed);
    if (code === undefined) throw new ApiProblem('VERIFICATION_CODE_FORMAT', {});
    const answer = await this.verifications.number(publicOf(request), code);
    if (!answer) throw new ApiProblem('VERIFICATION_UNKNOWN', {});
    if (wantsPage(request)) response.type('html').send(pagesOf(request).number(answer));
    else response.json(answer);
  }

  @Post()
  @HttpCode(200)
  @Anyone()
  @UseGuards(PublicDoor)
  @HashedUpload()
  @ApiOperation({ summary: 'Xác minh một tệp: hệ thống đã phát hành đúng tệp này hay chưa' })
  @ApiOkResponse(asDataOrPage(FileAnswer))
  async file(@Req() request: ApiRequest, @Res() response: Response): Promise<void> {
    const { sha256 } = hashedFileOf(request);
    const file = await this.verifications.file(publicOf(request), sha256);
    const answer: FileAnswer = { sha256, known: file !== null, file };
    if (wantsPage(request)) response.type('html').send(pagesOf(request).file(answer));
    else response.json(answer);
  }
}
