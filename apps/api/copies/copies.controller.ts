import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { RunCommand } from '#commands/bus';
import { copyStateLabels, registerType, type RegisterState } from '#domain';
import { copyList, entryDocId, registerEntries } from '#projections';
import type { Doc } from '#read-store';
import { shown } from '../books/assign.ts';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { EntryAnswer } from '../books/entry-answers.dto.ts';
import { entryFacts } from '../books/entry-row.ts';
import { answerCommand, Desk } from '../desk.ts';
import { TheCall, type Call } from '../http/call.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import type { ApiRequest } from '../http/request.ts';
import { CopyDesk } from './copy-desk.ts';
import { pdfOf, ScanUpload, SignedUpload } from './copy-uploads.ts';
import {
  CopyListQuery,
  CopyOfEntry,
  CopyPage,
  CopyRow,
  latestFirst,
  SignedUploadForm,
  StampForm,
  StampUpload,
} from './copies.dto.ts';

/** Electronic copies: number, then stamp, then sign. The files are made and looked at, and not kept. */
@ApiTags('Bản sao điện tử')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class CopiesController {
  constructor(
    private readonly desk: Desk,
    private readonly copyDesk: CopyDesk,
  ) {}

  @Get('copies')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Bản sao điện tử đang chờ ký số; theo trạng thái khác thì ghi state' })
  @ApiOkResponse({ type: CopyPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: CopyListQuery,
    @Req() request: ApiRequest,
  ): Promise<CopyPage> {
    const { state = 'stamped', bookId } = asked;
    const filter = {
      agency,
      ...(bookId !== undefined && { bookId }),
      ...(state !== 'all' && { state }),
    };
    const page = await this.desk.page(request, copyList, pageQuery(asked, filter, latestFirst));
    return pageAnswer(page, asked, ({ doc }) => copyRow(doc));
  }

  @Get('books/:bookId/entries/:number/copy')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Bản sao điện tử của một số, nếu đã đóng dấu' })
  @ApiOkResponse({ type: CopyOfEntry })
  async one(
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Req() request: ApiRequest,
  ): Promise<CopyOfEntry> {
    const register = registerOf(request, bookId);
    const id = entryDocId(register, bookId, entryNumberOf(number));
    await this.desk.document(request, registerEntries, id);
    const found = await this.desk.documentIfThere(request, copyList, id);
    const { isElectronic } = registerType(register.type);
    return { isElectronic, copy: found ? copyRow(found.doc) : null };
  }

  @Post('books/:bookId/entries/:number/stamp')
  @HttpCode(200)
  @Requires('entry.write')
  @CommandHeaders()
  @ScanUpload()
  @ApiBody({ type: StampUpload })
  @ApiProduces('application/pdf')
  @ApiOperation({
    summary: 'Đóng dấu chứng thực lên trang cuối của bản quét, trả về tệp PDF để ký số bên ngoài',
  })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async stamp(
    @Param('bookId') bookId: string,
    @Param('number') numberText: string,
    @Body() { place = 'bottom-right' }: StampForm,
    @TheCall() { request, response }: Call,
  ): Promise<StreamableFile> {
    const [register, number] = [registerOf(request, bookId), entryNumberOf(numberText)];
    const { make, made } = this.copyDesk.stamping(request, { bytes: pdfOf(request), place });
    const command = { type: 'StampCopy', register, bookId, number, make } as const;
    const message = new RunCommand('register', { register, command, ...this.desk.asked(request) });
    const outcome = await this.desk.run(request, message, shown(entryIn(number)));
    const stamped = made();
    if (!stamped) throw new Error('a stamped copy has a file');
    answerCommand(response, outcome);
    const name = ['ban-sao', register.agency, register.year, number].join('-');
    const digest = Buffer.from(stamped.file.sha256, 'hex').toString('base64');
    response.setHeader('Repr-Digest', `sha-256=:${digest}:`);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    const disposition = `attachment; filename="${name}.pdf"`;
    return new StreamableFile(stamped.bytes, { type: 'application/pdf', disposition });
  }

  @Post('books/:bookId/entries/:number/signed-copy')
  @HttpCode(200)
  @Requires('copy.sign')
  @CommandHeaders()
  @SignedUpload()
  @ApiBody({ type: SignedUploadForm })
  @ApiOperation({
    summary: 'Ghi nhận tệp đã đóng dấu nay đã ký số: ký trên đúng tệp đó, không sửa một byte nào',
  })
  @ApiOkResponse({ type: EntryAnswer })
  async sign(
    @Param('bookId') bookId: string,
    @Param('number') numberText: string,
    @TheCall() { request, response }: Call,
  ): Promise<EntryAnswer> {
    const [register, number] = [registerOf(request, bookId), entryNumberOf(numberText)];
    const look = this.copyDesk.looking(request, pdfOf(request));
    const command = { type: 'SignCopy', bookId, number, look } as const;
    const message = new RunCommand('register', { register, command, ...this.desk.asked(request) });
    const outcome = await this.desk.run(request, message, shown(entryIn(number)));
    const entry = entryFacts(entryIn(number)(outcome.state));
    return { entry, ...answerCommand(response, outcome) };
  }
}

const registerOf = (request: ApiRequest, bookId: string) =>
  registerOfBook(String(request.params['agency']), bookId);

const entryIn =
  (number: number) =>
  ({ entries }: RegisterState) =>
    entries.get(number);

/** A copy as its list has it. */
function copyRow({ shown: _shown, order: _order, ...doc }: Doc): CopyRow {
  const row = doc as unknown as CopyRow;
  return { ...row, stateLabel: copyStateLabels[row.state] };
}
