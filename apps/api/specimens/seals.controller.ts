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
import { ImageFiles, RunSealCommand } from '#commands';
import { Refusal, sealStream, type SealState } from '#domain';
import { sealList } from '#projections';
import { ReasonDto } from '../books/books.dto.ts';
import { Recorded } from '../access/recorded.interceptor.ts';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, Problems, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { answerImage } from './images.ts';
import { sealRow, specimenAnswer, specimenFacts } from './specimen-row.ts';
import {
  EditSealForm,
  EditSealUpload,
  ImageQuery,
  SealForm,
  SealPage,
  SealRow,
  SealUpload,
  SpecimenAnswer,
  SpecimenListQuery,
} from './specimens.dto.ts';
import { ImageUpload, newSpecimenId, type UploadedImage } from './upload.ts';

const sorting = {
  initial: 'name',
  columns: { name: 'name', registeredAt: 'registeredAt' },
};

@ApiTags('Con dấu')
@ApiBearerAuth()
@Problems()
@Controller('v1/agencies/:agency/seals')
export class SealsController {
  constructor(
    private readonly desk: Desk,
    private readonly files: ImageFiles,
  ) {}

  @Post()
  @Requires('seal.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: SealUpload })
  @ApiOperation({ summary: 'Thêm mới con dấu (mẫu hình ảnh) của cơ quan' })
  @ApiCreatedResponse({ type: SpecimenAnswer })
  register(
    @Body() { name, isDefault = false }: SealForm,
    @UploadedFile() file: UploadedImage | undefined,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    if (!file) throw new Refusal('REQUIRED', { field: 'image' });
    const fields = { name, isDefault };
    const command = { type: 'RegisterSeal', id: newSpecimenId(request), fields } as const;
    return this.run(command, request, response, file);
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách con dấu' })
  @ApiOkResponse({ type: SealPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: SpecimenListQuery,
    @Req() request: ApiRequest,
  ): Promise<SealPage> {
    const narrowed = asked.state === undefined ? {} : { state: asked.state };
    const query = pageQuery(asked, { agency, ...narrowed }, sorting);
    const page = await this.desk.page(request, sealList, query);
    return pageAnswer(page, asked, ({ doc }) => sealRow(doc));
  }

  @Get(':id')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một con dấu với các phiên bản ảnh' })
  @ApiOkResponse({ type: SealRow })
  async one(@Param('id') id: string, @Req() request: ApiRequest): Promise<SealRow> {
    const { doc } = await this.desk.only(request, sealList, { id });
    return sealRow(doc);
  }

  @Get(':id/image')
  @Requires('register.read')
  @Recorded('image')
  @ReadAfter()
  @ApiProduces('image/png', 'image/jpeg', 'image/webp')
  @ApiOperation({ summary: 'Ảnh con dấu, đã bỏ siêu dữ liệu' })
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
  @Requires('seal.write')
  @CommandHeaders()
  @ImageUpload()
  @ApiBody({ type: EditSealUpload })
  @ApiOperation({ summary: 'Cập nhật: đổi tên, mặc định, hoặc thay ảnh (phiên bản mới)' })
  @ApiOkResponse({ type: SpecimenAnswer })
  edit(
    @Param('id') id: string,
    @Body() { reason = '', name, isDefault }: EditSealForm,
    @UploadedFile() file: UploadedImage | undefined,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    const fields = {
      ...(name !== undefined && { name }),
      ...(isDefault !== undefined && { isDefault }),
    };
    return this.run({ type: 'EditSeal', id, fields, reason }, request, response, file);
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
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SpecimenAnswer> {
    return this.run({ type: 'RevokeSeal', id, reason }, request, response);
  }

  private async run(
    command: RunSealCommand['command'],
    request: ApiRequest,
    response: Response,
    file?: UploadedImage,
  ): Promise<SpecimenAnswer> {
    const asked = this.desk.asked(request);
    const stream = sealStream(asked.context.actor.agency);
    const message = new RunSealCommand(stream, command, asked, file?.buffer);
    const outcome = await this.desk.run(request, message, (state: SealState) =>
      specimenFacts(state, command.id),
    );
    return {
      ...specimenAnswer(outcome, command.id, 'SEAL_NOT_FOUND'),
      ...answerCommand(response, outcome, command.type === 'RegisterSeal'),
    };
  }
}
