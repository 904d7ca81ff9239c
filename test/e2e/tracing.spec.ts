import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office } from '../support/office.ts';

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
}

/** A collector, as far as the service sends to one: OTLP over HTTP, JSON. */
async function startCollector() {
  const spans: SentSpan[] = [];
  const receive = async (request: IncomingMessage): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = JSON.parse(Buffer.concat(chunks).toString()) as {
      resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[];
    };
    for (const { scopeSpans } of sent.resourceSpans) {
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
  };
  const server: Server = createServer((request, response) => {
    void receive(request).then(() => response.end('{}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { spans, url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

describe.each(backends)('a certification number, traced, on $name', (backend) => {
  let office: Office;
  let collector: Awaited<ReturnType<typeof startCollector>>;

  beforeAll(async () => {
    collector = await startCollector();
    office = await openOffice(backend, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const officer = await office.as('receiving-officer');
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    const book = opened.headers.get('location') ?? '';
    const assigned = await officer.post(`${book}/entries`, {
      json: paper(),
      headers: { traceparent: `00-${TRACE}-${CALLER}-01`, 'x-correlation-id': 'ho-so-17' },
    });
    const readAfter = { 'read-after': assigned.headers.get('position') ?? '' };
    for (const path of [`${book}/entries`, `${book}/history`, book]) {
      await officer.get(path, { headers: readAfter });
    }
    await office.dispose();
  }, 60_000);

  afterAll(() => {
    collector.stop();
  });

  it('is one trace: request, command, append and every projection, below the caller’s span', () => {
    const spans = collector.spans.filter(({ traceId }) => traceId === TRACE);
    const names = spans.map(({ name }) => name);
    const request = spans.find(({ parentSpanId }) => parentSpanId === CALLER);
    expect(request?.name).toBe('POST /v1/agencies/:agency/books/:bookId/entries');
    expect(names).toEqual(expect.arrayContaining(['AssignEntryNumber', 'append']));
    for (const name of ['register_entries', 'book_details', 'audit_history']) {
      expect(names).toContain(`project ${name}`);
    }
    const others = spans.filter((span) => span !== request);
    expect(others.every(({ parentSpanId }) => parentSpanId === request?.spanId)).toBe(true);
    const attribute = request?.attributes.find(({ key }) => key === 'correlation.id');
    expect(attribute?.value).toEqual({ stringValue: 'ho-so-17' });
  });

  it('tells nothing of any person', () => {
    const told = JSON.stringify(collector.spans);
    expect(collector.spans.length).toBeGreaterThan(10);
    for (const name of ['Lê Thị', 'receiving-officer']) expect(told).not.toContain(name);
  });
});

describe.each(backends.slice(0, 1))('a service without a collector', (backend) => {
  it('writes nothing about traces beside its events', async () => {
    const office = await openOffice(backend);
    const officer = await office.as('receiving-officer');
    await officer.post(`${office.home}/books`, {
      json: guideBook,
      headers: { traceparent: `00-${TRACE}-${CALLER}-01` },
    });
    for await (const { metadata } of office.api.stores.eventStore.readAll()) {
      expect(metadata).not.toHaveProperty('traceparent');
    }
    await office.dispose();
  }, 60_000);
});
