import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import type { ProjectionList, TaskRow } from '#client';
import { backends, type Backend } from '../support/backends.ts';
import { openOffice, type Office } from '../support/office.ts';
import { kill, startProcess } from '../support/processes.ts';
import { startService } from '../support/service.ts';
import { until } from '../support/until.ts';

const EVENTS = '/v1/projections/events';
const leaving: AbortController[] = [];

interface Message {
  readonly id: string | undefined;
  readonly data: string;
}

/** Listens; answers what was heard, and settles when the service ended it. */
async function listen(url: string, token: string, seen?: string) {
  const leave = new AbortController();
  leaving.push(leave);
  const response = await fetch(`${url}${EVENTS}`, {
    signal: leave.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(seen !== undefined && { 'last-event-id': seen }),
    },
  });
  const heard: Message[] = [];
  const read = async (): Promise<void> => {
    if (!response.ok || !response.body) return;
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const [whole, rest] = [text.split('\n\n').slice(0, -1), text.split('\n\n').at(-1) ?? ''];
      text = rest;
      for (const block of whole) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) heard.push({ id: /^id: (.*)$/m.exec(block)?.[1], data });
      }
    }
  };
  const ended = read().catch(() => undefined);
  return { response, heard, ended, leave: () => leave.abort() };
}

afterEach(() => {
  for (const one of leaving.splice(0)) one.abort();
});

describe('read models told of as they change', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend);
  }, 60_000);

  afterAll(() => office.dispose());

  const operator = (account?: string) =>
    office.as('operator', { agencies: ['*'], ...(account !== undefined && { account }) });

  it('comes whole at once, again when it has changed, and not again to who has seen it', async () => {
    const asking = await operator();
    const { token } = asking;
    const first = await listen(office.url, token);
    expect(first.response.headers.get('content-type')).toContain('text/event-stream');
    await until(() => first.heard.length > 0);
    const { items } = JSON.parse(first.heard[0]?.data ?? '') as ProjectionList;
    expect(items.map(({ name }) => name)).toContain('register_entries');
    const json = { kind: 'rebuild', projections: ['seal_list'], reason: 'Thử' };
    await asking.post('/v1/projections/tasks', { json });
    await until(() =>
      first.heard.some(({ data }) => {
        const { items: now } = JSON.parse(data) as ProjectionList;
        return now.find(({ name }) => name === 'seal_list')?.task?.state === 'done';
      }),
    );
    first.leave();
    const ids = first.heard.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const again = await listen(office.url, token, ids.at(-1));
    await asking.post('/v1/projections/tasks', { json: { ...json, kind: 'verify' } });
    await until(() => again.heard.length > 0);
    expect(again.heard.map(({ id }) => id)).not.toContain(ids.at(-1));
  });

  it('ends when the token ends', async () => {
    const claims = { account: 'ngan.han', name: 'Ngắn Hạn', roles: ['operator'] as const };
    const token = await issueDevToken(office.dataDir, {
      ...{ ...claims, roles: [...claims.roles], agencies: ['*'] },
      audience: 'so-chung-thuc',
      lifetime: 2,
    });
    const one = await listen(office.url, token);
    expect(one.response.status).toBe(200);
    await one.ended;
    expect(one.heard.length).toBeGreaterThan(0);
  });

  it('is not for any number of listeners, and a place left is free again', async () => {
    const { token } = await operator('nhieu');
    const open = await Promise.all(Array.from({ length: 6 }, () => listen(office.url, token)));
    expect(open.map(({ response }) => response.status)).toEqual(Array(6).fill(200));
    const seventh = await listen(office.url, token);
    expect(seventh.response.status).toBe(429);
    const other = await operator('khac');
    expect((await listen(office.url, other.token)).response.status).toBe(200);
    open[0]?.leave();
    await until(async () => (await listen(office.url, token)).response.status === 200);
  });

  it('does not keep the service from stopping', async () => {
    const { token } = await operator('dung');
    const one = await listen(office.url, token);
    await until(() => one.heard.length > 0);
    await office.restart();
    await one.ended;
  });
});

describe('a projector that is another process', () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apart-'));
  });

  afterAll(async () => {
    await Promise.all(children.map(kill));
    await rm(folder, { recursive: true, force: true });
  });

  it('does what is asked of it over HTTP, also what was asked before it was there, and after it was killed', async () => {
    const env = { DATA_DIR: folder, LOG_LEVEL: 'silent' };
    const keep = (child: ChildProcess): unknown => children.push(child);
    const { url } = await startService({ ...env, PROJECTOR: 'off' }, keep);
    const token = await issueDevToken(folder, {
      ...{ account: 'op', name: 'Vận hành', roles: ['operator'], agencies: ['*'] },
      audience: 'so-chung-thuc',
      lifetime: 600,
    });
    const ask = async <T>(path: string, json?: object): Promise<T> => {
      const response = await fetch(`${url}/v1/projections${path}`, {
        method: json ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(json && { body: JSON.stringify(json) }),
      });
      return (await response.json()) as T;
    };
    const states = async () =>
      (await ask<ProjectionList>('')).items.map(({ task }) => task?.state ?? null);
    const projections = (await ask<ProjectionList>('')).items.map(({ name }) => name);
    await ask('/tasks', { kind: 'rebuild', projections, reason: 'Trước khi có tiến trình' });
    expect(new Set(await states())).toEqual(new Set(['waiting']));
    const start = () => startProcess('apps/projector/main.ts', [], { ...env, PORT: '0' });
    const first = start();
    children.push(first);
    await until(async () => (await states()).includes('running'), 60_000).catch(() => undefined);
    await kill(first);
    children.push(start());
    await until(async () => (await states()).every((state) => state === 'done'), 60_000);
    const { items } = await ask<{ items: TaskRow[] }>('/seal_list/tasks');
    expect(items.map(({ kind, state }) => [kind, state])).toEqual([['rebuild', 'done']]);
  }, 180_000);
});
