import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { EventStoreRefuses } from '../port.ts';
import { untrusted } from './refusals.ts';

const PATIENCE_MS = 2000;

/** Host and port of each node that a connection string of a cluster names. */
function seedsOf(url: string): readonly { readonly host: string; readonly port: number }[] {
  const [, hosts = ''] = /^[^/]*\/\/(?:[^/?]*@)?([^/?]*)/.exec(url) ?? [];
  return hosts.split(',').map((one) => {
    const [host = '', port = '2113'] = one.trim().split(':');
    return { host, port: Number(port) };
  });
}

const optionOf = (url: string, name: string): string | undefined =>
  new URLSearchParams(url.split('?')[1] ?? '').get(name) ?? undefined;

/**
 * What TLS says where no node of a cluster could be asked: the client keeps it to itself, and says only
 * that it looked. Undefined where the certificates are not why.
 */
export async function whyUndiscovered(
  url: string,
  cause: unknown,
): Promise<EventStoreRefuses | undefined> {
  if (optionOf(url, 'tls') === 'false') return undefined;
  const file = optionOf(url, 'tlsCAFile');
  const ca = file === undefined ? {} : { ca: readFileSync(file) };
  const said = await Promise.all(seedsOf(url).map((seed) => handshake({ ...seed, ...ca })));
  // One that shakes hands is there: then the cluster has another trouble.
  if (said.includes('')) return undefined;
  return said.map((words) => untrusted(words, cause)).find((refused) => refused !== undefined);
}

interface Seed {
  readonly host: string;
  readonly port: number;
  readonly ca?: Buffer;
}

/** What goes wrong, in TLS's own words; nothing where it goes well. */
function handshake({ host, port, ca }: Seed): Promise<string> {
  return new Promise((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const trust = ca === undefined ? {} : { ca };
    const socket = connect({ host, port, ...name, ...trust, ALPNProtocols: ['h2'] });
    const settle = (said: string) => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(PATIENCE_MS, () => settle('no answer in time'));
    socket.once('secureConnect', () => settle(''));
    socket.on('error', (error: Error) => settle(error.message));
  });
}
