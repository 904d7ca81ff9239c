import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller } from './load.ts';

/** What was seen at one moment. */
export interface Sample {
  /** Seconds since the first. */
  readonly at: number;
  readonly rssMib: number;
  readonly heapMib: number;
  readonly handles: number;
  /** Events the slowest read model has still to take. */
  readonly lag: number;
  /** Of the largest write-ahead log: each read model has its own. */
  readonly walMib: number;
  /** Milliseconds of one number, one list and one sign of life, asked one after the other; none where it was refused. */
  readonly numberMs: number | undefined;
  readonly listMs: number | undefined;
  readonly liveMs: number | undefined;
}

const MIB = 2 ** 20;

/** The largest value of a metric in a scrape; undefined where it tells none. */
export function largest(text: string, metric: string): number | undefined {
  const values = [...text.matchAll(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'))];
  return values.length === 0 ? undefined : Math.max(...values.map(([, value]) => Number(value)));
}

async function largestWalMib(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('-wal'));
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return Math.max(0, ...(await Promise.all(sizes))) / MIB;
}

/** Milliseconds until it was answered as it should be. */
async function timed(asked: Promise<Response>): Promise<number | undefined> {
  const begun = performance.now();
  try {
    const answer = await asked;
    await answer.arrayBuffer();
    return answer.ok ? performance.now() - begun : undefined;
  } catch {
    return undefined;
  }
}

interface Watched {
  readonly url: string;
  readonly metricsUrl: string;
  readonly folder: string;
  /** Of an office that has no part in the load. */
  readonly probe: Caller;
}

let probes = 0;

/** Looks once: scrapes the figures, and asks as somebody who has nothing to do with the load. */
export async function look(watched: Watched, since: number): Promise<Sample> {
  const { url, metricsUrl, folder, probe } = watched;
  const { authorization, entries } = probe;
  const at = (performance.now() - since) / 1000;
  const headers = { authorization, 'content-type': 'application/json' };
  probes += 1;
  const paper = {
    ...{ dossier: `H-look-${probes}`, document: 1, requester: 'Lê Thị Cúc' },
    ...{ documentTitle: 'Giấy khai sinh', certifierFullName: 'Nguyễn Văn An' },
    ...{ certifierTitle: 'Phó Chủ tịch UBND', copies: 1, fee: 2000 },
  };
  const body = JSON.stringify(paper);
  const numberMs = await timed(fetch(`${url}${entries}`, { method: 'POST', headers, body }));
  // What is refused has its figures, too: the same document with another's name.
  const other = JSON.stringify({ ...paper, requester: 'Lê Thị Cúc khác' });
  await timed(fetch(`${url}${entries}`, { method: 'POST', headers, body: other }));
  const listMs = await timed(fetch(`${url}${entries}?limit=20`, { headers }));
  const liveMs = await timed(fetch(`${url}/health/live`));
  const text = await (await fetch(metricsUrl)).text();
  const value = (metric: string): number => largest(text, metric) ?? 0;
  return {
    at,
    rssMib: value('process_resident_memory_bytes') / MIB,
    heapMib: value('nodejs_heap_size_used_bytes') / MIB,
    handles: value('process_open_fds'),
    lag: value('register_projection_lag_events'),
    walMib: await largestWalMib(folder),
    ...{ numberMs, listMs, liveMs },
  };
}
