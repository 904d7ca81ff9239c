import { Controller, Get, Inject, Param, Query, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Replays, type AsOf, type Audit, type Moment } from '#audit';
import { mandatesStream, sealStream } from '#domain';
import { signatureList } from '#projections';
import { Desk } from '../desk.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { OfAgency } from '../http/document/openapi.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import { askAsOf } from './ask-as-of.ts';
import {
  MandatesAsOfQuery,
  MandatesThen,
  SealsAsOfQuery,
  SealsThen,
  SignaturesAsOfQuery,
  SignaturesThen,
} from './lists-as-of.dto.ts';
import { oneMoment, reached } from './moments.ts';
import { someOf } from './some-of.ts';

/** Signatures, seals and mandates as they were listed at a moment, folded from the log. */
@ApiTags('Nhật ký')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency/as-of')
export class SpecimensAsOfController {
  constructor(
    private readonly desk: Desk,
    private readonly replays: Replays,
    @Inject(AUDIT) private readonly audit: Audit,
  ) {}

  @Get('seals')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các con dấu của cơ quan tại một thời điểm' })
  @ApiOkResponse({ type: SealsThen })
  async seals(
    @Param('agency') agency: string,
    @Query() { first, limit, ...asked }: SealsAsOfQuery,
    @Req() request: ApiRequest,
  ): Promise<SealsThen> {
    const moment = await oneMoment(this.audit, asked);
    const answer = await this.ask(request, moment, { stream: sealStream(agency), of: 'seal' });
    return { ...reached(answer), ...someOf(specimensIn(answer), { first, limit }) };
  }

  @Get('mandates')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các văn bản ủy quyền, phân công của cơ quan tại một thời điểm' })
  @ApiOkResponse({ type: MandatesThen })
  async mandates(
    @Param('agency') agency: string,
    @Query() { first, limit, ...asked }: MandatesAsOfQuery,
    @Req() request: ApiRequest,
  ): Promise<MandatesThen> {
    const moment = await oneMoment(this.audit, asked);
    const question = {
      stream: mandatesStream(agency),
      subject: { kind: 'mandates' },
      moment,
    } as const;
    const answer = await askAsOf(this.replays, request, question);
    const { mandates } = answer.state as { readonly mandates: readonly object[] };
    return { ...reached(answer), ...someOf(mandates, { first, limit }) };
  }

  /** The list knows whose signatures there are, and in which streams they stand; what they were the log says. */
  @Get('signatures')
  @Requires('history.read')
  @ApiOperation({ summary: 'Các chữ ký của cơ quan tại một thời điểm' })
  @ApiOkResponse({ type: SignaturesThen })
  async signatures(
    @Param('agency') agency: string,
    @Query() { first, limit, account, ...asked }: SignaturesAsOfQuery,
    @Req() request: ApiRequest,
  ): Promise<SignaturesThen> {
    const moment = await oneMoment(this.audit, asked);
    const filter = { agency, ...(account !== undefined && { account }) };
    const sort = [{ field: 'registeredAt' }];
    const query = { filter, sort, limit, offset: first - 1 };
    const page = await this.desk.page(request, signatureList, query);
    const listed = page.items.map(({ doc }) => doc as unknown as Listed);
    const then = new Map<string, object>();
    for (const stream of new Set(listed.map((one) => one.stream))) {
      const answer = await this.ask(request, moment, { stream, of: 'signature' });
      for (const one of specimensIn(answer)) then.set(one.id, one);
    }
    const items = listed.flatMap((one) => {
      const state = then.get(one.id);
      return state ? [{ account: one.account, ...state }] : [];
    });
    const next = first + limit;
    return { items, ...(next <= page.total && { next }) };
  }

  private ask(
    request: ApiRequest,
    moment: Moment,
    { stream, of }: { readonly stream: string; readonly of: 'seal' | 'signature' },
  ): Promise<AsOf> {
    return askAsOf(this.replays, request, { stream, subject: { kind: 'specimens', of }, moment });
  }
}

interface Listed {
  readonly id: string;
  readonly stream: string;
  readonly account: string;
}

const specimensIn = ({ state }: AsOf): readonly { readonly id: string }[] =>
  (state as { readonly specimens: readonly { readonly id: string }[] }).specimens;
