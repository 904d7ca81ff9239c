import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { beginning } from '#domain';
import { guardedLookup, urlFault, type AddressRules } from './address.ts';

/** Of an answer, so many bytes are looked at: enough to say what a receiver had to say. */
const LOOKED_AT = 1024;
/** How long the rest of an answer is waited for once its status is there, in milliseconds. */
const BODY_MS = 1000;
/** Characters of an answer that are kept. */
const SAID = 200;
/** Connections that are kept open for the next event, at each receiver. */
const KEPT_OPEN = 2;

/** What became of one try. */
export type Sent =
  | { readonly kind: 'taken' }
  /** The receiver wants no more of them. */
  | { readonly kind: 'gone'; readonly said: string }
  | {
      readonly kind: 'failed';
      readonly said: string;
      /** When the receiver asks to be asked again, in milliseconds. */
      readonly afterMs?: number;
    };

export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SenderOptions {
  readonly rules: AddressRules;
  /** For one try as a whole, in milliseconds. */
  readonly deadlineMs: number;
  /** Stands in for the names' addresses in tests. */
  readonly lookup?: ReturnType<typeof guardedLookup>;
  /** Certificates that are trusted beside those of Node. */
  readonly ca?: string;
}

/** Sends to receivers, over connections that go nowhere but where they may. */
export class Sender {
  private readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent };

  constructor(private readonly options: SenderOptions) {
    const { lookup = guardedLookup(options.rules), ca } = options;
    const kept = { keepAlive: true, maxFreeSockets: KEPT_OPEN, lookup };
    const trusted = ca === undefined ? {} : { ca };
    this.agents = { http: new HttpAgent(kept), https: new HttpsAgent({ ...kept, ...trusted }) };
  }

  /** Never rejects but for the signal. @throws the signal's reason */
  async send(letter: Letter, signal: AbortSignal): Promise<Sent> {
    const fault = urlFault(letter.url, this.options.rules);
    if (fault !== undefined) return { kind: 'failed', said: `not sent to: ${fault}` };
    const deadline = AbortSignal.timeout(this.options.deadlineMs);
    try {
      return await this.tried(letter, AbortSignal.any([deadline, signal]));
    } catch (error) {
      signal.throwIfAborted();
      const late = `no answer within ${this.options.deadlineMs / 1000} s`;
      return { kind: 'failed', said: deadline.aborted ? late : saidOf(String(error)) };
    }
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  /** A connection that was kept open may be closed by the other side in this very moment: that is no failure of theirs. */
  private async tried(letter: Letter, signal: AbortSignal): Promise<Sent> {
    try {
      return await this.asked(letter, signal);
    } catch (error) {
      if (!(error instanceof ClosedMeanwhile)) throw error;
      return this.asked(letter, signal);
    }
  }

  private asked({ url, headers, body }: Letter, signal: AbortSignal): Promise<Sent> {
    const to = new URL(url);
    const [ask, agent] =
      to.protocol === 'https:'
        ? ([httpsRequest, this.agents.https] as const)
        : ([httpRequest, this.agents.http] as const);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const request = ask(to, {
        ...{ method: 'POST', agent, signal },
        headers: { 'user-agent': 'so-chung-thuc', ...headers, ...length },
      });
      let isAnswered = false;
      request.on('response', (response) => {
        isAnswered = true;
        beginningOf(response).then((text) => resolve(sentOf(response, text)), reject);
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        const isClosed = request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
        // Once its status is there, how an answer ends says nothing more.
        if (!isAnswered) reject(isClosed ? new ClosedMeanwhile(String(error)) : error);
      });
      // A receiver that turns to another protocol (101) closes without either.
      request.on('close', () => {
        if (!isAnswered) reject(new Error('closed without an answer'));
      });
      request.end(body);
    });
  }
}

class ClosedMeanwhile extends Error {
  override readonly name = 'ClosedMeanwhile';
}

/** How an answer begins; whatever comes behind it, or does not come, is cut off. */
async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const cut = setTimeout(() => response.destroy(), BODY_MS);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > LOOKED_AT) break;
    }
  } catch {
    // The status says what there is to know.
  } finally {
    clearTimeout(cut);
  }
  return Buffer.concat(chunks).subarray(0, LOOKED_AT).toString('utf8');
}

const GONE = 410;

function sentOf({ statusCode = 0, headers }: IncomingMessage, text: string): Sent {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'taken' };
  const said = saidOf(`${statusCode} ${text}`);
  if (statusCode === GONE) return { kind: 'gone', said };
  if (statusCode >= 300 && statusCode < 400)
    return { kind: 'failed', said: `${statusCode}: redirects are not followed` };
  const seconds = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0];
  return {
    kind: 'failed',
    said,
    ...(seconds !== undefined && { afterMs: Number(seconds) * 1000 }),
  };
}

/** What stands in an answer is the receiver's: of one line, and of bounded length, and no terminal obeys it. */
const saidOf = (text: string): string =>
  beginning(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim(), SAID);
