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
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { Runners, type ClosingRequest, type Outcome } from '#commands';
import { RunCommand } from '#commands/bus';
import {
  bookOf,
  isCalendarDate,
  Refusal,
  registerStream,
  yearOf,
  type BookCommand,
  type RegisterEvent,
  type RegisterKey,
  type RegisterState,
  type Undated,
} from '#domain';
import { bookDetails, bookDocId, bookList } from '#projections';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { TheCall, type Call } from '../http/call.ts';
import { idempotencyKey, type ApiRequest } from '../http/request.ts';
import { newBookId, registerOfBook } from './book-id.ts';
import { bookRow, bookRowOf, statusFilter } from './book-row.ts';
import { pausedRegisters } from './paused.ts';
import { nextBook } from './next-book.ts';
import {
  BookAnswer,
  BookRow,
  BookListQuery,
  bookSorting,
  BookPage,
  DEFAULT_TYPE,
  EditBookDto,
  OpenBookDto,
  ReasonDto,
} from './books.dto.ts';
import { CloseBookDto } from './close-book.dto.ts';
import { BookDetails } from './details.dto.ts';
import { NextBook } from './next-book.dto.ts';

type BookRequest = Undated<Exclude<BookCommand, { type: 'CloseBook' }>> | ClosingRequest;

@ApiTags('Sổ chứng thực')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/books')
export class BooksController {
  constructor(
    private readonly desk: Desk,
    private readonly runners: Runners,
  ) {}

  @Post()
  @Requires('book.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Thêm Quyển sổ chứng thực' })
  @ApiCreatedResponse({ type: BookAnswer })
  async open(
    @Param('agency') agency: string,
    @Body() body: OpenBookDto,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BookAnswer> {
    const { type = DEFAULT_TYPE, reason = '', ...fields } = body;
    const year = isCalendarDate(body.openedOn) ? yearOf(body.openedOn) : yearOf(this.desk.today());
    const register = { agency, type, year };
    const account = request.actor?.account ?? '';
    const bookId = newBookId(register, { account, key: idempotencyKey(request) });
    const command = { type: 'OpenBook', register, bookId, ...fields, reason } as const;
    const outcome = await this.run(register, command, request);
    return this.answer(response, outcome, { ...register, bookId }, true);
  }

  @Get()
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Danh sách quyển sổ chứng thực' })
  @ApiOkResponse({ type: BookPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: BookListQuery,
    @Req() request: ApiRequest,
  ): Promise<BookPage> {
    const today = this.desk.today();
    const { year, type } = asked;
    const of = { ...(year !== undefined && { year }), ...(type !== undefined && { type }) };
    const filter = { agency, ...of, ...statusFilter(asked.status, today) };
    const page = await this.desk.page(request, bookList, pageQuery(asked, filter, bookSorting));
    const paused = await pausedRegisters(this.desk, request);
    return { ...pageAnswer(page, asked, ({ doc }) => bookRowOf(doc, today)), paused };
  }

  @Get('next/:type/:year')
  @Requires('register.read')
  @ApiOperation({ summary: 'Giá trị mặc định của biểu mẫu thêm sổ: tên và số ban đầu kế tiếp' })
  @ApiOkResponse({ type: NextBook })
  async next(
    @Param('agency') agency: string,
    @Param('type') type: string,
    @Param('year') year: string,
  ): Promise<NextBook> {
    // Any book's id would do: it is read for the register it names.
    const register = registerOfBook(agency, `${type}-${year}-${'0'.repeat(16)}`);
    const { state } = await this.runners.registers.load(registerStream(register));
    return nextBook(state, register, this.desk.today());
  }

  @Get(':bookId')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Chi tiết sổ: số liệu tổng hợp và thông tin khóa sổ' })
  @ApiOkResponse({ type: BookDetails })
  async details(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BookDetails> {
    const id = bookDocId(registerOfBook(agency, bookId), bookId);
    const { doc: kept } = await this.desk.document(request, bookDetails, id);
    const { lastKnown: _known, ...doc } = kept;
    const row = bookRowOf(doc, this.desk.today());
    const details = { ...(doc as unknown as BookDetails), ...row };
    response.setHeader('ETag', `"${details.revision}"`);
    return details;
  }

  @Patch(':bookId')
  @Requires('book.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Sửa thông tin sổ; sau khi đã cấp số chỉ sửa được Ngày đóng sổ' })
  @ApiOkResponse({ type: BookAnswer })
  async edit(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Body() { reason = '', ...fields }: EditBookDto,
    @TheCall() { request, response }: Call,
  ): Promise<BookAnswer> {
    const register = registerOfBook(agency, bookId);
    const command = { type: 'EditBook', register, bookId, ...fields, reason } as const;
    const outcome = await this.run(register, command, request);
    return this.answer(response, outcome, { ...register, bookId });
  }

  @Post(':bookId/discard')
  @HttpCode(200)
  @Requires('book.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Xóa sổ chưa cấp số nào' })
  @ApiOkResponse({ type: BookAnswer })
  async discard(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Body() { reason }: ReasonDto,
    @TheCall() { request, response }: Call,
  ): Promise<BookAnswer> {
    const register = registerOfBook(agency, bookId);
    const outcome = await this.run(register, { type: 'DiscardBook', bookId, reason }, request);
    return this.answer(response, outcome, { ...register, bookId });
  }

  @Post(':bookId/close')
  @HttpCode(200)
  @Requires('book.close')
  @CommandHeaders()
  @ApiOperation({ summary: 'Khóa sổ, có xác nhận của người ký chứng thực' })
  @ApiOkResponse({ type: BookAnswer })
  async close(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Body() body: CloseBookDto,
    @TheCall() { request, response }: Call,
  ): Promise<BookAnswer> {
    const register = registerOfBook(agency, bookId);
    const { confirmedByAuthority = null, ...confirmed } = body;
    const confirmation = { ...confirmed, confirmedByAuthority };
    const command = { type: 'CloseBook', bookId, ...confirmation } as const;
    const outcome = await this.run(register, command, request);
    return this.answer(response, outcome, { ...register, bookId });
  }

  private run(register: RegisterKey, command: BookRequest, request: ApiRequest) {
    const message = new RunCommand('register', { register, command, ...this.desk.asked(request) });
    return this.desk.run(request, message, (state) => this.row(state, register, command.bookId));
  }

  private answer(
    response: Response,
    outcome: Outcome<RegisterState, RegisterEvent>,
    { bookId, ...register }: RegisterKey & { readonly bookId: string },
    made = false,
  ): BookAnswer {
    const row = this.row(outcome.state, register, bookId);
    if (!row) throw new Refusal('BOOK_NOT_FOUND', {});
    if (made) response.setHeader('Location', `/v1/agencies/${register.agency}/books/${bookId}`);
    return { book: row, ...answerCommand(response, outcome, made) };
  }

  private row(state: RegisterState, register: RegisterKey, bookId: string): BookRow | undefined {
    const book = bookOf(state, bookId);
    return book && bookRow({ ...register, ...book }, this.desk.today());
  }
}
