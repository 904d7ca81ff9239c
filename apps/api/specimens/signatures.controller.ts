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
import type { Nouns } from '#commands';
import { signatureList } from '#projections';
import { ReasonDto } from '../books/books.dto.ts';
import { TheCall, type Call } from '../http/call.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { given, requireImage, SpecimenDesk, type Picture } from './specimen-desk.ts';
import { SignatureListQuery, signatureSorting } from './specimen-lists.dto.ts';
import { signatureRow } from './specimen-row.ts';
import {
  EditSignatureForm,
  EditSignatureUpload,
  ImageQuery,
  SignatureForm,
  SignaturePage,
  SignatureRow,
  SignatureUpload,
  SpecimenAnswer,
} from './specimens.dto.ts';
import { ImageUpload, newSpecimenId } from './upload.ts';

const kind = {
  noun: 'signature',
  projection: signatureList,
  sorting: signatureSorting,
  row: signatureRow,
  missing: 'SIGNATURE_NOT_FOUND',
} as const;

@ApiTags('Chữ ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/signatures')
export class SignaturesController {
  constructor(private readonly desk: SpecimenDesk) {}

  @Post()
  @Requires('signature.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: SignatureUpload })
  @ApiOperation({ summary: 'Thêm mới chữ ký (mẫu hình ảnh) của chính tài khoản đang đăng nhập' })
  @ApiCreatedResponse({ type: SpecimenAnswer })
  async register(@TheCall() call: Call): Promise<SpecimenAnswer> {
    const form = await this.desk.form({ ...kind, isNew: true }, SignatureForm, call.request);
    const image = requireImage(call.request);
    const { name, signerFullName, signerTitle, authority = null } = form;
    const { isDefault = false, crop } = form;
    const fields = { name, signerFullName, signerTitle, authority, isDefault };
    const command = { type: 'RegisterSignature', id: newSpecimenId(call.request), fields } as const;
    return this.run(command, call, { bytes: image.buffer, crop });
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách chữ ký' })
  @ApiOkResponse({ type: SignaturePage })
  list(@Query() asked: SignatureListQuery, @Req() request: ApiRequest): Promise<SignaturePage> {
    return this.desk.list(kind, request, asked);
  }

  @Get(':id')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một chữ ký với các phiên bản ảnh' })
  @ApiOkResponse({ type: SignatureRow })
  one(@Param('id') id: string, @Req() request: ApiRequest): Promise<SignatureRow> {
    return this.desk.one(kind, request, id);
  }

  @Get(':id/image')
  @Requires('register.read')
  @ReadAfter()
  @ApiProduces('image/png', 'image/jpeg', 'image/webp')
  @ApiOperation({ summary: 'Ảnh chữ ký, đã bỏ siêu dữ liệu' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  image(
    @Param('id') id: string,
    @Query() asked: ImageQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.desk.image(kind, { request, response }, id, asked);
  }

  @Patch(':id')
  @Requires('signature.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: EditSignatureUpload })
  @ApiOperation({ summary: 'Cập nhật: đổi tên, người ký, mặc định, hoặc thay ảnh (phiên bản mới)' })
  @ApiOkResponse({ type: SpecimenAnswer })
  async edit(@Param('id') id: string, @TheCall() call: Call): Promise<SpecimenAnswer> {
    const form = await this.desk.form({ ...kind, isNew: false }, EditSignatureForm, call.request);
    const { reason = '', crop, ...fields } = form;
    const command = { type: 'EditSignature', id, fields: given(fields), reason } as const;
    return this.run(command, call, { bytes: call.request.file?.buffer, crop });
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
    @TheCall() call: Call,
  ): Promise<SpecimenAnswer> {
    return this.run({ type: 'RevokeSignature', id, reason }, call);
  }

  private run(
    command: Nouns['signature']['task']['command'],
    call: Call,
    picture?: Picture,
  ): Promise<SpecimenAnswer> {
    return this.desk.run(kind, call, { command, ...picture, ...this.desk.asked(call.request) });
  }
}
