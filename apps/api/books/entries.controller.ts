import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { RunCommand } from '#commands/bus';
import { tidy, type EntryCommand, type RegisterState, type Undated } from '#domain';
import { bookDetails, bookDocId, entryDocId, registerEntries } from '#projections';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { given } from '../http/fields/if-given.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { TheCall, type Call } from '../http/call.ts';
import type { ApiRequest } from '../http/request.ts';
import { assignNumber, shown } from './assign.ts';
import { entryNumberOf, registerOfBook } from './book-id.ts';
import { EntryAnswer, EntryPage, EntryRow } from './entry-answers.dto.ts';
import {
  AssignEntryDto,
  CorrectEntryDto,
  EntryListQuery,
  entrySorting,
  narrowedEntrySorting,
  RevokeEntryDto,
} from './entries.dto.ts';
import { ReasonDto } from './books.dto.ts';
import { entryFacts, entryRowOf } from './entry-row.ts';

@ApiTags('Số chứng thực')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/books/:bookId/entries')
export class EntriesController {
  constructor(private readonly desk: Desk) {}

  @Post()
  @Requires('entry.write')
  @CommandHeaders()
  @ApiOperation({
    summary: 'Cấp số chứng thực: số kế tiếp của sổ; cùng hồ sơ và giấy tờ thì trả lại số đã cấp',
  })
  @ApiCreatedResponse({ type: EntryAnswer })
  async assign(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Body() body: AssignEntryDto,
    @TheCall() { request, response }: Call,
  ): Promise<EntryAnswer> {
    const asked = this.desk.asked(request);
    const wanted = { agency, bookId, body, asked };
    const { outcome, entry } = await assignNumber(this.desk, request, wanted);
    const book = `/v1/agencies/${agency}/books/${entry.bookId}`;
    if (outcome.events.length > 0) response.location(`${book}/entries/${entry.number}`);
    return { entry, ...answerCommand(response, outcome, true) };
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Các số của quyển sổ' })
  @ApiOkResponse({ type: EntryPage })
  async list(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Query() asked: EntryListQuery,
    @Req() request: ApiRequest,
  ): Promise<EntryPage> {
    const { state, dossier } = asked;
    const narrowed = {
      ...(state !== undefined && { state }),
      ...(dossier !== undefined && { dossier: tidy(dossier) }),
    };
    const isNarrowed = Object.keys(narrowed).length > 0;
    const sorting = isNarrowed ? narrowedEntrySorting : entrySorting;
    const query = pageQuery(asked, { agency, bookId, ...narrowed }, sorting);
    const id = bookDocId(registerOfBook(agency, bookId), bookId);
    const page = await this.desk.page(request, registerEntries, query);
    if (page.total === 0) await this.desk.document(request, bookDetails, id);
    return pageAnswer(page, asked, ({ doc }) => entryRowOf(doc));
  }

  @Get(':number')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một số chứng thực' })
  @ApiOkResponse({ type: EntryRow })
  async one(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Req() request: ApiRequest,
  ): Promise<EntryRow> {
    const id = entryDocId(registerOfBook(agency, bookId), bookId, entryNumberOf(number));
    const { doc } = await this.desk.document(request, registerEntries, id);
    return entryRowOf(doc);
  }

  @Post(':number/correct')
  @HttpCode(200)
  @Requires('entry.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Đính chính: mọi cột trừ số, quyển sổ, hồ sơ; sổ đã khóa chỉ ghi chú' })
  @ApiOkResponse({ type: EntryAnswer })
  correct(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Body() { authority, ...columns }: CorrectEntryDto,
    @TheCall() { request, response }: Call,
  ): Promise<EntryAnswer> {
    const register = registerOfBook(String(request.params['agency']), bookId);
    const where = { register, bookId, number: entryNumberOf(number) };
    // No authority is a value of its own.
    const changed = { ...given(columns), ...(authority !== undefined && { authority }) };
    const command = { type: 'CorrectEntry', ...where, ...changed } as const;
    return this.run(request, response, command);
  }

  @Post(':number/void')
  @HttpCode(200)
  @Requires('entry.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Hủy số: hồ sơ không được chứng thực; số giữ nguyên, không dùng lại' })
  @ApiOkResponse({ type: EntryAnswer })
  void(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Body() { reason }: ReasonDto,
    @TheCall() { request, response }: Call,
  ): Promise<EntryAnswer> {
    const where = { bookId, number: entryNumberOf(number) };
    return this.run(request, response, { type: 'VoidEntryNumber', ...where, reason });
  }

  @Post(':number/revoke')
  @HttpCode(200)
  @Requires('entry.revoke')
  @CommandHeaders()
  @ApiOperation({ summary: 'Hủy giá trị pháp lý của bản sao đã cấp (TT 01/2020 Điều 7)' })
  @ApiOkResponse({ type: EntryAnswer })
  revoke(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Body() body: RevokeEntryDto,
    @TheCall() { request, response }: Call,
  ): Promise<EntryAnswer> {
    const where = { bookId, number: entryNumberOf(number) };
    return this.run(request, response, { type: 'RevokeCertification', ...where, ...body });
  }

  private async run(
    request: ApiRequest,
    response: Response,
    command: Undated<Exclude<EntryCommand, { type: 'AssignEntryNumber' }>>,
  ): Promise<EntryAnswer> {
    const register = registerOfBook(String(request.params['agency']), command.bookId);
    const message = new RunCommand('register', { register, command, ...this.desk.asked(request) });
    const entryIn = ({ entries }: RegisterState) => entries.get(command.number);
    const outcome = await this.desk.run(request, message, shown(entryIn));
    return { entry: entryFacts(entryIn(outcome.state)), ...answerCommand(response, outcome) };
  }
}
