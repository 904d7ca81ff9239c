import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NotSealed, proveNumber, type Audit } from '#audit';
import {
  absenceText,
  inclusionText,
  statedCheckpoint,
  toBase64,
  verifyAbsence,
  type BundleScope,
} from '#audit/proofs';
import { isOfAgency, mayBelongTo, readMetadata, registerStream } from '#domain';
import { auditHistory } from '#projections';
import { Turns } from '#threads';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { Desk } from '../desk.ts';
import { askerOf } from '../http/asker.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { BadInput } from '../http/problems/bad-input.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import { AgencyBundleQuery } from './audit.dto.ts';
import { Bundles } from './bundles.ts';
import {
  DocumentAnswer,
  DocumentQuery,
  EventQuery,
  InclusionAnswer,
  NumberAnswer,
  NumberQuery,
} from './proofs.dto.ts';

/** Registers whose documents are read at once, each for another account. */
const TURNS = { atOnce: 2, each: 1, mostWaiting: 8 };

/** Kiểm toán: what is an agency's, and that nobody rewrote it. */
@ApiTags('Kiểm toán')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class ProofsController {
  private readonly turns = new Turns(TURNS);

  constructor(
    private readonly desk: Desk,
    @Inject(AUDIT) private readonly audit: Audit,
    private readonly bundles: Bundles,
  ) {}

  @Get('books/:bookId/entries/:number/proof')
  @Requires('history.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Bằng chứng rằng số chứng thực đã được cấp như vậy' })
  @ApiOkResponse({ type: InclusionAnswer })
  async entry(
    @Param('agency') agency: string,
    @Param('bookId') bookId: string,
    @Param('number') number: string,
    @Req() request: ApiRequest,
  ): Promise<InclusionAnswer> {
    registerOfBook(agency, bookId);
    const subject = { agency, subject: bookId, entry: entryNumberOf(number) };
    const filter = { ...subject, type: 'EntryNumberAssigned' };
    const { items } = await this.desk.page(request, auditHistory, { filter, limit: 1 });
    const [found] = items;
    if (!found) throw new ApiProblem('NOT_FOUND', {});
    const { stream, revision } = found.doc as {
      readonly stream: string;
      readonly revision: number;
    };
    return this.inclusion(stream, revision);
  }

  @Get('audit/inclusion')
  @Requires('history.read')
  @ApiOperation({ summary: 'Bằng chứng rằng một sự kiện nằm trong nhật ký đã niêm phong' })
  @ApiOkResponse({ type: InclusionAnswer })
  async event(
    @Param('agency') agency: string,
    @Query() { stream, revision }: EventQuery,
  ): Promise<InclusionAnswer> {
    const foreign = new NotSealed('the stream is not the agency’s');
    if (!mayBelongTo(stream, agency)) throw foreign;
    const included = await this.inclusion(stream, revision);
    const { metadata } = included.event as { readonly metadata: unknown };
    if (!isOfAgency(stream, readMetadata(metadata).actor.agency, agency)) throw foreign;
    return included;
  }

  private async inclusion(stream: string, revision: number): Promise<InclusionAnswer> {
    const { index, path, leaf, checkpoint } = await this.audit.proofs.inclusion(stream, revision);
    const { size } = statedCheckpoint(checkpoint);
    const event = JSON.parse(leaf.toString('utf8')) as object;
    const proof = inclusionText({ index, path, checkpoint });
    return { index, size, event, path: path.map(toBase64), proof };
  }

  @Get('audit/number')
  @Requires('history.read')
  @ApiOperation({
    summary: 'Một số đã từng được cấp hay chưa, với bằng chứng: sổ đã đi đến số nào khi niêm phong',
  })
  @ApiOkResponse({ type: NumberAnswer })
  async number(
    @Param('agency') agency: string,
    @Query() { type, year, number }: NumberQuery,
  ): Promise<NumberAnswer> {
    const stream = registerStream({ agency, type, year });
    const proven = await proveNumber(this.audit.proofs, stream, number);
    const { proof, size, given, firstNumber, lastNumber } = proven;
    const { heads, path, ...shown } = proof;
    const text = absenceText({ kind: 'number', ...proof });
    const at = { size, given, firstNumber, lastNumber };
    return { ...shown, ...at, heads: [...heads], path: [...path], proof: text };
  }

  @Get('audit/document')
  @Requires('history.read')
  @ApiOperation({
    summary: 'Một giấy tờ của hồ sơ đã từng được cấp số hay chưa, với bằng chứng đã ký',
  })
  @ApiOkResponse({ type: DocumentAnswer })
  async document(
    @Param('agency') agency: string,
    @Query() { type, year, dossier, document }: DocumentQuery,
    @Req() request: ApiRequest,
  ): Promise<DocumentAnswer> {
    const stream = registerStream({ agency, type, year });
    const { account, signal } = askerOf(request);
    // The first question about a register reads all of it.
    const proof = await this.turns.take(account, signal, () =>
      this.audit.documents.prove({ stream, dossier, document }),
    );
    const keys = this.audit.knownKeys()?.all.map(({ key }) => key) ?? [];
    const { given, numbers, size } = verifyAbsence({ kind: 'document', ...proof }, keys);
    const neighbours = proof.neighbours.map(({ numbers: its, path, ...one }) => ({
      ...one,
      numbers: [...its],
      path: [...path],
    }));
    const text = absenceText({ kind: 'document', ...proof });
    return { ...proof, given, numbers: [...numbers], size, neighbours, proof: text };
  }

  @Get('audit/bundle')
  @Requires('audit.bundle')
  @ApiOperation({ summary: 'Gói kiểm toán của cơ quan, hoặc của một sổ' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async bundle(
    @Param('agency') agency: string,
    @Query() asked: AgencyBundleQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.bundles.send(request, response, scopeOf(agency, asked));
  }
}

/** @throws BadInput one of the two that name a register is missing */
function scopeOf(agency: string, { type, year }: AgencyBundleQuery): BundleScope {
  if (type === undefined && year === undefined) return { kind: 'agency', agency };
  if (type !== undefined && year !== undefined)
    return { kind: 'register', register: registerStream({ agency, type, year }) };
  const field = type === undefined ? 'type' : 'year';
  const detail = 'Vui lòng cho biết cả loại sổ (type) và năm (year), hoặc không cho biết cả hai.';
  throw new BadInput([{ field, code: 'REQUIRED', detail }]);
}
