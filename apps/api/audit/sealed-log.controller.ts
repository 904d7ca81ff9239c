import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { EVERY_AGENCY } from '#access';
import { NotSealed, type Attested, type Audit, type Sealed } from '#audit';
import { consistencyText, statedCheckpoint, toBase64 } from '#audit/proofs';
import { Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';
import {
  AuditKeys,
  CheckpointAnswer,
  CheckpointList,
  CheckpointsQuery,
  ConsistencyAnswer,
  ConsistencyQuery,
  YearQuery,
} from './audit.dto.ts';
import { Bundles } from './bundles.ts';

function answerOf({ note, heads, at, timestamps }: Attested): CheckpointAnswer {
  const { origin, size, root } = statedCheckpoint(note);
  const times = timestamps.map((one) => ({ tsa: one.tsa, at: one.at, token: one.token }));
  return { origin, size, root: toBase64(root), at, checkpoint: note, heads, timestamps: times };
}

/** Kiểm toán: the whole log as it was sealed. */
@ApiTags('Kiểm toán')
@ApiBearerAuth()
@Controller('v1/audit')
export class SealedLogController {
  /** Those who ask while the log is being sealed share what comes of it. */
  private sealing: Promise<Sealed | undefined> | undefined;

  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    private readonly bundles: Bundles,
  ) {}

  @Get('checkpoint')
  @Requires('audit.read')
  @ApiOperation({ summary: 'Điểm kiểm tra mới nhất đã ký' })
  @ApiOkResponse({ type: CheckpointAnswer })
  async checkpoint(): Promise<CheckpointAnswer> {
    return answerOf(await this.audit.proofs.latest());
  }

  @Get('checkpoints')
  @Requires('audit.read')
  @ApiOperation({ summary: 'Các điểm kiểm tra đã ký, mới nhất trước' })
  @ApiOkResponse({ type: CheckpointList })
  async checkpoints(@Query() { limit, below }: CheckpointsQuery): Promise<CheckpointList> {
    const found = await this.audit.proofs.checkpoints(limit, below);
    return { items: found.map(answerOf) };
  }

  @Post('checkpoints')
  @HttpCode(200)
  @Requires('audit.seal')
  @ApiOperation({ summary: 'Niêm phong nhật ký ngay đến sự kiện cuối' })
  @ApiOkResponse({ type: CheckpointAnswer })
  async seal(): Promise<CheckpointAnswer> {
    this.sealing ??= this.audit.sealer.seal().finally(() => (this.sealing = undefined));
    const sealed = await this.sealing;
    if (!sealed) throw new NotSealed('the log is empty');
    return answerOf(await this.audit.proofs.checkpoint(sealed.size));
  }

  @Get('keys')
  @Requires('audit.read')
  @ApiOperation({ summary: 'Khóa công khai để kiểm tra các điểm kiểm tra' })
  @ApiOkResponse({ type: AuditKeys })
  keys(): AuditKeys {
    const all = this.audit.knownKeys()?.all ?? [];
    const items = all.map(({ text, createdAt, retiredAt }) => ({
      key: text,
      createdAt,
      retiredAt,
    }));
    return { items };
  }

  @Get('consistency')
  @Requires('audit.read')
  @ApiOperation({ summary: 'Bằng chứng rằng một điểm kiểm tra tiếp nối điểm trước, không sửa gì' })
  @ApiOkResponse({ type: ConsistencyAnswer })
  async consistency(@Query() { older, newer }: ConsistencyQuery): Promise<ConsistencyAnswer> {
    const { proofs } = this.audit;
    const { size, note } = await (newer === undefined ? proofs.latest() : proofs.checkpoint(newer));
    if (older > size) throw new NotSealed(`${older} events are more than ${size}`);
    const path = await proofs.consistency(older, size);
    const proof = consistencyText({ older, path, checkpoint: note });
    return { older, newer: size, path: path.map(toBase64), proof };
  }

  @Get('bundle')
  @Requires('audit.bundle')
  @ApiOperation({ summary: 'Gói kiểm toán của toàn bộ nhật ký, hoặc của các sổ trong một năm' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async bundle(
    @Query() { year }: YearQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    // It holds what is of every agency.
    if (!request.caller?.agencies.includes(EVERY_AGENCY)) throw new ApiProblem('FORBIDDEN', {});
    const scope =
      year === undefined ? ({ kind: 'everything' } as const) : ({ kind: 'year', year } as const);
    await this.bundles.send(request, response, scope);
  }
}
