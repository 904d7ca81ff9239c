import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IdempotencyKeyReused, Runners, type Asked, type CommandContext } from '#commands';
import { registerStream } from '#domain';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { KeyHeader, OfAgency, type ProblemDetails } from '../http/document/openapi.ts';
import { TheCall, type Call } from '../http/call.ts';
import { contextOf } from '../http/request.ts';
import { problemOf } from '../http/problems/problem.filter.ts';
import { assignNumber, type Wanted } from './assign.ts';
import { registerOfBook } from './book-id.ts';
import { BatchAnswer, BatchDto, BatchItem, MOST_DOCUMENTS } from './batch.dto.ts';

const NUMBERED = 201;
const SERVER_FAULT = 500;

/** The command of one document of several, under a key of its own that the one key makes. */
const atPlace = (context: CommandContext, index: number): CommandContext => {
  const { idempotencyKey: key } = context;
  return key === undefined ? context : { ...context, idempotencyKey: `${key}#${index}` };
};

/** As which documents of a batch may have been numbered, of one longer than this too; none without a key. */
const placesUnder = (context: CommandContext): readonly CommandContext[] =>
  context.idempotencyKey === undefined
    ? []
    : Array.from({ length: MOST_DOCUMENTS }, (_, index) => atPlace(context, index));

/** Many documents of a dossier in one go. */
@ApiTags('Số chứng thực')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/books/:bookId')
export class BatchController {
  constructor(
    private readonly desk: Desk,
    private readonly runners: Runners,
  ) {}

  /**
   * Each document is a command of its own, in the order they were sent: one that is refused takes no
   * number and stops none behind it. The same batch sent again under its key is done once, and
   * nothing of another one: what is hashed is the whole, so they differ in every document. Of two
   * that come at once, that is the one whose document was numbered first.
   */
  @Post('entries\\:batch')
  @HttpCode(200)
  @Requires('entry.write')
  @KeyHeader()
  @ApiOperation({
    summary:
      'Cấp số cho nhiều giấy tờ một lần: mỗi giấy tờ một câu trả lời; giấy tờ bị từ chối không ảnh hưởng giấy tờ khác',
  })
  @ApiOkResponse({ type: BatchAnswer })
  async assign(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Body() { documents }: BatchDto,
    @TheCall() call: Call,
  ): Promise<BatchAnswer> {
    const stream = registerStream(registerOfBook(agency, bookId));
    // Before any is decided: the first of another batch may have been refused, and left no trace.
    const places = placesUnder(contextOf(call.request));
    await this.runners.registers.answered(stream, ...places);
    const items: BatchItem[] = [];
    let alongside = places;
    for (const [index, body] of documents.entries()) {
      const item = await this.one(call, { agency, bookId, body, alongside }, index);
      items.push(item);
      // From its first number on the key is this batch's.
      if (item.status === NUMBERED) alongside = [];
    }
    return { items };
  }

  /** @throws what is no refusal: the whole is to be sent again, under the same key */
  private async one(
    { request, response }: Call,
    { alongside, ...wanted }: Omit<Wanted, 'asked'> & Pick<Asked, 'alongside'>,
    index: number,
  ): Promise<BatchItem> {
    try {
      const { context } = this.desk.asked(request);
      const asked = { context: atPlace(context, index), alongside, ifRevision: undefined };
      const { outcome, entry } = await assignNumber(this.desk, request, { ...wanted, asked });
      answerCommand(response, outcome);
      return { status: outcome.events.length > 0 ? NUMBERED : 200, entry, problem: null };
    } catch (error) {
      if (error instanceof IdempotencyKeyReused) throw error;
      const problem = problemOf(error, request);
      if (problem.status >= SERVER_FAULT) throw error;
      return { status: problem.status, entry: null, problem: problem as ProblemDetails };
    }
  }
}
