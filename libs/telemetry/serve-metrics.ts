import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';
import { atMostEvery } from './at-most-every.ts';

/** What Prometheus asks for as it stands, collected at most once a second whoever asks how often. */
export interface Scrape {
  readonly contentType: string;
  text(): Promise<string>;
}

const KEPT_MS = 1000;

export const scrapeOf = (registry: Registry): Scrape => ({
  contentType: registry.contentType,
  text: atMostEvery(KEPT_MS, () => registry.metrics()),
});

/** The metrics at an address of their own. */
export interface MetricsServer {
  /** Undefined where they have none: they are served beside everything else. */
  readonly url: string | undefined;
  close(): void;
}

/** As the configuration has them. */
interface Addresses {
  readonly HOST: string;
  readonly METRICS_HOST?: string | undefined;
  readonly METRICS_PORT?: number | undefined;
}

/** Serves `/metrics`, and nothing else, on `METRICS_HOST` and `METRICS_PORT`; nothing where no port is set. */
export async function serveMetrics(
  { HOST, METRICS_HOST = HOST, METRICS_PORT }: Addresses,
  scrape: Scrape,
): Promise<MetricsServer> {
  if (METRICS_PORT === undefined) return { url: undefined, close: () => undefined };
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    scrape.text().then(
      (text) => response.writeHead(200, { 'Content-Type': scrape.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  }).listen(METRICS_PORT, METRICS_HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = METRICS_HOST.includes(':') ? `[${METRICS_HOST}]` : METRICS_HOST;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}:${port}/metrics`, close };
}
