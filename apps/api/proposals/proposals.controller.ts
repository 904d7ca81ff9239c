import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { ClosingRequest } from '#commands';
import { RunCommand } from '#commands/bus';
import {
  bookOf,
  idOfProposal,
  proposalStateLabels,
  type ProposalCommand,
  type ProposalStateName,
  type Proposer,
  type RegisterState,
  type Undated,
} from '#domain';
import { proposalDocId, proposals, type AuditChange } from '#projections';
import type { Doc } from '#read-store';
import { entryNumberOf, registerOfBook } from '../books/book-id.ts';
import { ReasonDto } from '../books/books.dto.ts';
import { CloseBookDto } from '../books/close-book.dto.ts';
import { CorrectEntryDto } from '../books/entries.dto.ts';
import { answerCommand, Desk } from '../desk.ts';
import { shownChanges } from '../history/shown-changes.ts';
import { Requires } from '../http/doors/access.guard.ts';
import { TheCall, type Call } from '../http/call.ts';
import { CommandHeaders, OfAgency, ReadAfter } from '../http/document/openapi.ts';
import { given } from '../http/fields/if-given.ts';
import { pageAnswer, pageQuery } from '../http/fields/paging.dto.ts';
import { idempotencyKey, type ApiRequest } from '../http/request.ts';
import { newProposalId, numberOfProposal } from './proposal-id.ts';
import {
  newestFirst,
  ProposalAnswer,
  ProposalFacts,
  ProposalListQuery,
  ProposalPage,
  ProposalRow,
  WithdrawProposalDto,
} from './proposals.dto.ts';

/** Four eyes: what one account asks for, and another confirms, where the agency wants it so. */
type ProposalRequest =
  | Undated<Exclude<ProposalCommand, { type: 'ProposeClosing' }>>
  | Extract<ClosingRequest, { type: 'ProposeClosing' }>;

@ApiTags('Đề nghị và xác nhận')
@ApiBearerAuth()
@OfAgency()
@Controller('v1/agencies/:agency')
export class ProposalsController {
  constructor(private readonly desk: Desk) {}

  @Get('proposals')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Các đề nghị khóa sổ, đính chính đang chờ tài khoản khác xác nhận' })
  @ApiOkResponse({ type: ProposalPage })
  async list(
    @Param('agency') agency: string,
    @Query() asked: ProposalListQuery,
    @Req() request: ApiRequest,
  ): Promise<ProposalPage> {
    const { state = 'waiting', bookId } = asked;
    const filter = {
      agency,
      ...(state !== 'all' && { state }),
      ...(bookId !== undefined && { bookId }),
    };
    const query = pageQuery(asked, filter, newestFirst);
    const page = await this.desk.page(request, proposals, query);
    return pageAnswer(page, asked, ({ doc }) => proposalRow(doc));
  }

  @Get('books/:bookId/proposals/:proposalId')
  @Requires('register.read')
  @ReadAfter()
  @ApiOperation({ summary: 'Một đề nghị' })
  @ApiOkResponse({ type: ProposalRow })
  async one(
    @Param('bookId') bookId: string,
    @Param('proposalId') proposalId: string,
    @Req() request: ApiRequest,
  ): Promise<ProposalRow> {
    const id = proposalDocId(registerOf(request, bookId), bookId, proposalId);
    const { doc } = await this.desk.document(request, proposals, id);
    return proposalRow(doc);
  }

  @Post('books/:bookId/proposals')
  @Requires('book.close')
  @CommandHeaders()
  @ApiOperation({ summary: 'Đề nghị khóa sổ; tài khoản khác xác nhận' })
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeClosing(
    @Param('bookId') bookId: string,
    @Body() { confirmedByAuthority = null, ...confirmed }: CloseBookDto,
    @TheCall() call: Call,
  ): Promise<ProposalAnswer> {
    const proposalId = idFor({ bookId, number: null }, call.request);
    const asked = { ...confirmed, confirmedByAuthority, by: callerOf(call.request) };
    return this.run(call, { type: 'ProposeClosing', proposalId, bookId, ...asked });
  }

  @Post('books/:bookId/entries/:number/proposals')
  @Requires('entry.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Đề nghị đính chính một số; tài khoản khác xác nhận' })
  @ApiCreatedResponse({ type: ProposalAnswer })
  proposeCorrection(
    @Param('bookId') bookId: string,
    @Param('number') numberText: string,
    @Body() { authority, reason, ...columns }: CorrectEntryDto,
    @TheCall() call: Call,
  ): Promise<ProposalAnswer> {
    const number = entryNumberOf(numberText);
    const proposalId = idFor({ bookId, number }, call.request);
    // No authority is a value of its own.
    const asked = { ...given(columns), ...(authority !== undefined && { authority }), reason };
    const register = registerOf(call.request, bookId);
    const about = { register, proposalId, bookId, number, by: callerOf(call.request) };
    return this.run(call, { type: 'ProposeCorrection', ...about, ...asked });
  }

  @Post('books/:bookId/proposals/:proposalId/confirm')
  @HttpCode(200)
  @Requires('proposal.settle')
  @CommandHeaders()
  @ApiOperation({ summary: 'Xác nhận đề nghị của tài khoản khác: khóa sổ hoặc đính chính ngay' })
  @ApiOkResponse({ type: ProposalAnswer })
  confirm(
    @Param('bookId') bookId: string,
    @Param('proposalId') proposalId: string,
    @TheCall() call: Call,
  ): Promise<ProposalAnswer> {
    const register = registerOf(call.request, bookId);
    const about = { register, proposalId, bookId, number: numberOfProposal(proposalId) };
    return this.run(call, { type: 'ConfirmProposal', ...about, by: callerOf(call.request) });
  }

  @Post('books/:bookId/proposals/:proposalId/refuse')
  @HttpCode(200)
  @Requires('proposal.settle')
  @CommandHeaders()
  @ApiOperation({ summary: 'Từ chối đề nghị của tài khoản khác' })
  @ApiOkResponse({ type: ProposalAnswer })
  refuse(
    @Param('bookId') bookId: string,
    @Param('proposalId') proposalId: string,
    @Body() { reason }: ReasonDto,
    @TheCall() call: Call,
  ): Promise<ProposalAnswer> {
    const about = { proposalId, bookId, number: numberOfProposal(proposalId), reason };
    return this.run(call, { type: 'RefuseProposal', ...about, by: callerOf(call.request) });
  }

  @Post('books/:bookId/proposals/:proposalId/withdraw')
  @HttpCode(200)
  @Requires('entry.write')
  @CommandHeaders()
  @ApiOperation({ summary: 'Rút đề nghị của chính mình' })
  @ApiOkResponse({ type: ProposalAnswer })
  withdraw(
    @Param('bookId') bookId: string,
    @Param('proposalId') proposalId: string,
    @Body() { reason = '' }: WithdrawProposalDto,
    @TheCall() call: Call,
  ): Promise<ProposalAnswer> {
    const about = { proposalId, bookId, number: numberOfProposal(proposalId), reason };
    return this.run(call, { type: 'WithdrawProposal', ...about, by: callerOf(call.request) });
  }

  private async run(
    { request, response }: Call,
    command: ProposalRequest,
  ): Promise<ProposalAnswer> {
    const register = registerOf(request, command.bookId);
    const { bookId, proposalId } = command;
    const number = 'number' in command ? command.number : null;
    const facts = (state: RegisterState) => factsOf(state, { bookId, proposalId, number });
    const message = new RunCommand('register', { register, command, ...this.desk.asked(request) });
    const outcome = await this.desk.run(request, message, facts);
    const made = command.type.startsWith('Propose');
    const proposal = facts(outcome.state);
    if (!proposal) throw new Error(`proposal ${proposalId} is missing after its command`);
    const { agency } = register;
    const path = `/v1/agencies/${agency}/books/${bookId}/proposals/${proposalId}`;
    if (made && outcome.events.length > 0) response.location(path);
    return { proposal, ...answerCommand(response, outcome, made) };
  }
}

const registerOf = ({ params }: ApiRequest, bookId: string) =>
  registerOfBook(String(params['agency']), bookId);

const callerOf = ({ actor }: ApiRequest): Proposer => ({
  account: actor?.account ?? '',
  name: actor?.name ?? '',
});

const idFor = (about: Parameters<typeof newProposalId>[0], request: ApiRequest): string =>
  newProposalId(about, { account: callerOf(request).account, key: idempotencyKey(request) });

/** A proposal as it is listed. */
function proposalRow({ order: _order, revision: _revision, ...row }: Doc): ProposalRow {
  const changes = shownChanges(row['changes'] as unknown as readonly AuditChange[]);
  const stateLabel = proposalStateLabels[row['state'] as ProposalStateName];
  return { ...row, changes, stateLabel } as unknown as ProposalRow;
}

/** How a proposal stands; undefined where the book or entry has another one, or none. */
function factsOf(
  { entries, books }: RegisterState,
  { bookId, number, proposalId }: Pick<ProposalFacts, 'bookId' | 'number' | 'proposalId'>,
): ProposalFacts | undefined {
  const thing = number === null ? bookOf({ books }, bookId) : entries.get(number);
  const proposal = thing?.proposal;
  if (!proposal || idOfProposal(proposal) !== proposalId) return undefined;
  const state = proposal.state === 'waiting' ? 'waiting' : proposal.as;
  return { proposalId, bookId, number, state, stateLabel: proposalStateLabels[state] };
}
