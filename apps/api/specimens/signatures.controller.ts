import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UploadedFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ImageFiles, RunSignatureCommand } from '#commands';
import { Refusal, signatureStream, type SignatureState } from '#domain';
import { signatureList } from '#projections';
import { ReasonDto } from '../books/books.dto.ts';
import { Recorded } from '../access/recorded.interceptor.ts';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, Problems, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { answerImage } from './images.ts';
import { signatureRow, specimenAnswer, specimenFacts } from './specimen-row.ts';
import {
  EditSignatureForm,
  EditSignatureUpload,
  ImageQuery,
  SignatureForm,
  SignatureListQuery,
  SignaturePage,
  SignatureRow,
  SignatureUpload,
  SpecimenAnswer,
} from './specimens.dto.ts';
import { ImageUpload, newSpecimenId, type UploadedImage } from './upload.ts';

const sorting = {
  initial: 'name',
  columns: { name: 'name', signerFullName: 'signerFullName', registeredAt: 'registeredAt' },
};

@ApiTags('Chữ ký')
@ApiBearerAuth()
@Problems()
@Controller('v1/agencies/:agency/signatures')
export class SignaturesController {
  constructor(
    private readonly desk: Desk,
    private readonly files: ImageFiles,
  ) {}

  @Post()
  @Requires('signature.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: SignatureUpload })
  @ApiOperation({ summary: 'Thêm mới chữ ký (mẫu hình ảnh) của chính tài khoản đang đăng nhập' })
  @ApiCreatedResponse({ type: SpecimenAnswer })
  register(
    @Body() form: SignatureForm,
    @UploadedFile() file: UploadedImage | undefined,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    if (!file) throw new Refusal('REQUIRED', { field: 'image' });
    const { name, signerFullName, signerTitle, authority = null, isDefault = false } = form;
    const fields = { name, signerFullName, signerTitle, authority, isDefault };
    const command = { type: 'RegisterSignature', id: newSpecimenId(request), fields } as const;
    return this.run(command, request, response, file);
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách chữ ký' })
  @ApiOkResponse({ type: SignaturePage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: SignatureListQuery,
    @Req() request: ApiRequest,
  ): Promise<SignaturePage> {
    const { state, account } = asked;
    const narrowed = {
      ...(state !== undefined && { state }),
      ...(account !== undefined && { account }),
    };
    const query = pageQuery(asked, { agency, ...narrowed }, sorting);
    const page = await this.desk.page(request, signatureList, query);
    return pageAnswer(page, asked, ({ doc }) => signatureRow(doc));
  }

  @Get(':id')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một chữ ký với các phiên bản ảnh' })
  @ApiOkResponse({ type: SignatureRow })
  async one(@Param('id') id: string, @Req() request: ApiRequest): Promise<SignatureRow> {
    const { doc } = await this.desk.only(request, signatureList, { id });
    return signatureRow(doc);
  }

  @Get(':id/image')
  @Requires('register.read')
  @Recorded('image')
  @ReadAfter()
  @ApiProduces('image/png', 'image/jpeg', 'image/webp')
  @ApiOperation({ summary: 'Ảnh chữ ký, đã bỏ siêu dữ liệu' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async image(
    @Param('id') id: string,
    @Query() asked: ImageQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const row = await this.one(id, request);
    await answerImage(this.files, row, asked, [request, response]);
  }

  @Patch(':id')
  @Requires('signature.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: EditSignatureUpload })
  @ApiOperation({ summary: 'Cập nhật: đổi tên, người ký, mặc định, hoặc thay ảnh (phiên bản mới)' })
  @ApiOkResponse({ type: SpecimenAnswer })
  edit(
    @Param('id') id: string,
    @Body() { reason = '', ...fields }: EditSignatureForm,
    @UploadedFile() file: UploadedImage | undefined,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    const command = { type: 'EditSignature', id, fields: given(fields), reason } as const;
    return this.run(command, request, response, file);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Requires('signature.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Ngừng sử dụng chữ ký' })
  @ApiOkResponse({ type: SpecimenAnswer })
  revoke(
    @Param('id') id: string,
    @Body() { reason }: ReasonDto,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    return this.run({ type: 'RevokeSignature', id, reason }, request, response);
  }

  private async run(
    command: RunSignatureCommand['command'],
    request: ApiRequest,
    response: Response,
    file?: UploadedImage,
  ): Promise<SpecimenAnswer> {
    const asked = this.desk.asked(request);
    const { agency, account } = asked.context.actor;
    const stream = signatureStream(agency, account);
    const message = new RunSignatureCommand(stream, command, asked, file?.buffer);
    const outcome = await this.desk.run(request, message, (state: SignatureState) =>
      specimenFacts(state, command.id),
    );
    const made = command.type === 'RegisterSignature';
    return {
      ...specimenAnswer(outcome, command.id, 'SIGNATURE_NOT_FOUND'),
      ...answerCommand(response, outcome, made),
    };
  }
}

/** The fields that were sent. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(sent) as { [K in keyof T]: Exclude<T[K], undefined> };
}
