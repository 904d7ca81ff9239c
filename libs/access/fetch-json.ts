import { IssuerUnavailable } from './unauthenticated.ts';

const PATIENCE_MS = 5000;
/** A discovery document has some 5 kB, a key set with certificates some 10. */
const MOST_BYTES = 256 * 1024;

/** What an address of the issuer answers: JSON, soon, of a bounded size, and from nowhere else. @throws IssuerUnavailable */
export async function fetchJson(url: string): Promise<unknown> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const headers = { accept: 'application/json' };
    const answer = await fetch(url, { signal, headers, redirect: 'error' });
    if (!answer.ok) throw new IssuerUnavailable(`${url} answered ${answer.status}`);
    return JSON.parse(await bounded(answer, url)) as unknown;
  } catch (error) {
    if (error instanceof IssuerUnavailable) throw error;
    throw new IssuerUnavailable(`${url}: ${String(error)}`);
  }
}

async function bounded({ body }: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new IssuerUnavailable(`${url} answered more than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
