import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Asked } from '#commands';
import { answerCommand, Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { KeyHeader, OfAgency, type ProblemDetails } from '../http/document/openapi.ts';
import { TheCall, type Call } from '../http/call.ts';
import { problemOf } from '../http/problems/problem.filter.ts';
import { assignNumber } from './assign.ts';
import { registerOfBook } from './book-id.ts';
import { BatchAnswer, BatchDto, BatchItem } from './batch.dto.ts';
import type { AssignEntryDto } from './entries.dto.ts';

const SERVER_FAULT = 500;

/** The command of one document of several, under a key of its own that the one key makes. */
const oneOf = ({ context }: Asked, index: number): Asked => {
  const { idempotencyKey: key } = context;
  const own = key === undefined ? {} : { idempotencyKey: `${key}#${index}` };
  return { context: { ...context, ...own }, ifRevision: undefined };
};

/** Many documents of a dossier in one go. */
@ApiTags('Số chứng thực')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/books/:bookId')
export class BatchController {
  constructor(private readonly desk: Desk) {}

  /**
   * Each document is a command of its own, in the order they were sent: one that is refused takes no
   * number and stops none behind it. The same batch sent again under its key is done once.
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
    registerOfBook(agency, bookId);
    const items: BatchItem[] = [];
    for (const [index, body] of documents.entries()) {
      items.push(await this.one(call, { agency, bookId, body }, index));
    }
    return { items };
  }

  /** @throws what is no refusal: the whole is to be sent again, under the same key */
  private async one(
    { request, response }: Call,
    wanted: { readonly agency: string; readonly bookId: string; readonly body: AssignEntryDto },
    index: number,
  ): Promise<BatchItem> {
    try {
      const asked = oneOf(this.desk.asked(request), index);
      const { outcome, entry } = await assignNumber(this.desk, request, { ...wanted, asked });
      answerCommand(response, outcome);
      return { status: outcome.events.length > 0 ? 201 : 200, entry, problem: null };
    } catch (error) {
      const problem = problemOf(error, request);
      if (problem.status >= SERVER_FAULT) throw error;
      return { status: problem.status, entry: null, problem: problem as ProblemDetails };
    }
  }
}
