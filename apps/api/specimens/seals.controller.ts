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
import { sealList } from '#projections';
import { ReasonDto } from '../books/books.dto.ts';
import { TheCall, type Call } from '../http/call.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { given, requireImage, SpecimenDesk, type Picture } from './specimen-desk.ts';
import { SealListQuery, sealSorting } from './specimen-lists.dto.ts';
import { sealRow } from './specimen-row.ts';
import {
  EditSealForm,
  EditSealUpload,
  ImageQuery,
  SealForm,
  SealPage,
  SealRow,
  SealUpload,
  SpecimenAnswer,
} from './specimens.dto.ts';
import { ImageUpload, newSpecimenId } from './upload.ts';

const kind = {
  noun: 'seal',
  projection: sealList,
  sorting: sealSorting,
  row: sealRow,
  missing: 'SEAL_NOT_FOUND',
} as const;

@ApiTags('Con dấu')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/seals')
export class SealsController {
  constructor(private readonly desk: SpecimenDesk) {}

  @Post()
  @Requires('seal.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: SealUpload })
  @ApiOperation({ summary: 'Thêm mới con dấu (mẫu hình ảnh) của cơ quan' })
  @ApiCreatedResponse({ type: SpecimenAnswer })
  async register(@TheCall() call: Call): Promise<SpecimenAnswer> {
    const form = await this.desk.form({ ...kind, isNew: true }, SealForm, call.request);
    const { name, isDefault = false, crop } = form;
    const image = requireImage(call.request);
    const fields = { name, isDefault };
    const command = { type: 'RegisterSeal', id: newSpecimenId(call.request), fields } as const;
    return this.run(command, call, { bytes: image.buffer, crop });
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách con dấu' })
  @ApiOkResponse({ type: SealPage })
  list(@Query() asked: SealListQuery, @Req() request: ApiRequest): Promise<SealPage> {
    return this.desk.list(kind, request, asked);
  }

  @Get(':id')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một con dấu với các phiên bản ảnh' })
  @ApiOkResponse({ type: SealRow })
  one(@Param('id') id: string, @Req() request: ApiRequest): Promise<SealRow> {
    return this.desk.one(kind, request, id);
  }

  @Get(':id/image')
  @Requires('register.read')
  @ReadAfter()
  @ApiProduces('image/png', 'image/jpeg', 'image/webp')
  @ApiOperation({ summary: 'Ảnh con dấu, đã bỏ siêu dữ liệu' })
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
  @Requires('seal.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: EditSealUpload })
  @ApiOperation({ summary: 'Cập nhật: đổi tên, mặc định, hoặc thay ảnh (phiên bản mới)' })
  @ApiOkResponse({ type: SpecimenAnswer })
  async edit(@Param('id') id: string, @TheCall() call: Call): Promise<SpecimenAnswer> {
    const form = await this.desk.form({ ...kind, isNew: false }, EditSealForm, call.request);
    const { reason = '', crop, ...fields } = form;
    const command = { type: 'EditSeal', id, fields: given(fields), reason } as const;
    return this.run(command, call, { bytes: call.request.file?.buffer, crop });
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Requires('seal.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Ngừng sử dụng con dấu' })
  @ApiOkResponse({ type: SpecimenAnswer })
  revoke(
    @Param('id') id: string,
    @Body() { reason }: ReasonDto,
    @TheCall() call: Call,
  ): Promise<SpecimenAnswer> {
    return this.run({ type: 'RevokeSeal', id, reason }, call);
  }

  private run(
    command: Nouns['seal']['task']['command'],
    call: Call,
    picture?: Picture,
  ): Promise<SpecimenAnswer> {
    return this.desk.run(kind, call, { command, ...picture, ...this.desk.asked(call.request) });
  }
}
