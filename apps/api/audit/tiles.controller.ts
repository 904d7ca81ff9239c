import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { EVERY_AGENCY } from '#access';
import type { Audit } from '#audit';
import {
  leafOf,
  PAGE_WIDTH,
  TILE_WIDTH,
  tileIndex,
  tileWidth,
  type TilePlace,
} from '#audit/proofs';
import { isOfAgency, readMetadata } from '#domain';
import type { RecordedEvent } from '#event-store';
import { Anyone, Requires } from '../http/doors/access.guard.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { AUDIT } from '../injected.ts';

/** Longest leaf an entry bundle can hold, in bytes: C2SP tlog-tiles, uint16. */
const LONGEST_LEAF = 0xffff;
const FOR_EVER = 'public, max-age=31536000, immutable';
const SECONDS = 'public, max-age=2';

/**
 * The sealed log as static resources of C2SP tlog-tiles, for whoever watches logs with tools of their
 * own. Hashes are for everyone; the events behind them for auditors of their agencies.
 */
@ApiExcludeController()
@Controller('tlog')
export class TilesController {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  @Get('checkpoint')
  @Anyone()
  async checkpoint(@Res() response: Response): Promise<void> {
    const { note } = await this.audit.proofs.latest();
    response.setHeader('Cache-Control', SECONDS);
    response.type('text/plain').send(note);
  }

  @Get('tile/entries/*path')
  @Requires('audit.bundle')
  async entries(
    @Param('path') path: string[] | string,
    @Req() { caller }: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const { index, width } = await this.place(0, path);
    const events = await this.events(index, width);
    const agencies = caller?.agencies ?? [];
    const isHis = ({ stream, metadata }: RecordedEvent): boolean =>
      agencies.includes(EVERY_AGENCY) ||
      agencies.some((agency) => isOfAgency(stream, readMetadata(metadata).actor.agency, agency));
    if (!events.every(isHis)) throw new ApiProblem('FORBIDDEN', {});
    response.setHeader('Cache-Control', 'private, no-store');
    response.type('application/octet-stream').send(entryBundle(events));
  }

  @Get('tile/:level/*path')
  @Anyone()
  async tile(
    @Param('level') level: string,
    @Param('path') path: string[] | string,
    @Res() response: Response,
  ): Promise<void> {
    if (!/^([0-9]|[1-5][0-9]|6[0-3])$/.test(level)) throw new ApiProblem('NOT_FOUND', {});
    const place = await this.place(Number(level), path);
    const hashes = await this.audit.sealed.tile(place, place.size);
    response.setHeader('Cache-Control', FOR_EVER);
    response.type('application/octet-stream').send(Buffer.concat(hashes.slice(0, place.width)));
  }

  /** A tile that is asked for, which the latest checkpoint has. @throws ApiProblem NOT_FOUND */
  private async place(level: number, path: string[] | string) {
    const text = Array.isArray(path) ? path.join('/') : path;
    const [, whole = '', partial] = /^(.*?)(?:\.p\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
    const index = tileIndex(whole);
    const width = partial === undefined ? TILE_WIDTH : Number(partial);
    if (
      index === undefined ||
      width > TILE_WIDTH ||
      (partial !== undefined && width === TILE_WIDTH)
    )
      throw new ApiProblem('NOT_FOUND', {});
    const { size } = await this.audit.proofs.latest();
    const place: TilePlace = { level, index };
    if (tileWidth(place, size) < width) throw new ApiProblem('NOT_FOUND', {});
    return { ...place, width, size };
  }

  private async events(index: number, width: number): Promise<readonly RecordedEvent[]> {
    const { eventStore, prefixes, sealed } = this.audit.sources;
    const before = (index * TILE_WIDTH) / PAGE_WIDTH - 1;
    const after = index === 0 ? undefined : (await (await sealed.pages())(before))?.position;
    const events: RecordedEvent[] = [];
    for await (const event of eventStore.readAll({ after, prefixes, limit: width }))
      events.push(event);
    return events;
  }
}

/** Leaves, each behind its length: C2SP tlog-tiles, "Log entries". @throws ApiProblem one is longer than the format has room for */
function entryBundle(events: readonly RecordedEvent[]): Buffer {
  const parts = events.flatMap((event) => {
    const leaf = leafOf(event);
    if (leaf.length > LONGEST_LEAF) throw new ApiProblem('NOT_FOUND', {});
    const length = Buffer.alloc(2);
    length.writeUInt16BE(leaf.length);
    return [length, leaf];
  });
  return Buffer.concat(parts);
}
