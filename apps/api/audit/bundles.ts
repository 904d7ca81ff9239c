import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { bundle, type Audit } from '#audit';
import type { BundleScope } from '#audit/proofs';
import { wholeImage, type ImageStore } from '#image-store';
import { Turns } from '#threads';
import { askerOf } from '../http/asker.ts';
import type { ApiRequest } from '../http/request.ts';

/** Bundles made at once, each for another account: each reads the whole log. */
const TURNS = { atOnce: 3, each: 1, mostWaiting: 4 };

/** Bundles of the log, sent while they are made. */
export class Bundles {
  private readonly turns = new Turns(TURNS);

  constructor(
    private readonly audit: Audit,
    private readonly stores: { readonly images: ImageStore },
  ) {}

  /** @throws TooManyWaiting @throws NotSealed before anything is sent */
  async send(request: ApiRequest, response: Response, scope: BundleScope): Promise<void> {
    const { account, signal } = askerOf(request);
    await this.turns.take(account, signal, async () => {
      const lines = bundle({
        ...this.audit.sources,
        proofs: this.audit.proofs,
        scope,
        signal,
        images: (sha256) => wholeImage(this.stores.images, sha256),
      });
      // What keeps the bundle from being made is an answer of its own.
      const first = await lines.next();
      response.setHeader('Content-Type', 'application/octet-stream');
      response.setHeader('Content-Disposition', `attachment; filename="${nameOf(scope)}"`);
      await pipeline(Readable.from(withFirst(String(first.value), lines)), response);
    });
  }
}

async function* withFirst(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function nameOf(scope: BundleScope): string {
  const part = {
    everything: () => 'all',
    agency: () => ('agency' in scope ? scope.agency : ''),
    register: () => ('register' in scope ? scope.register : ''),
    year: () => ('year' in scope ? String(scope.year) : ''),
  }[scope.kind]();
  return `bundle-${part.replaceAll(/[^\w.-]/g, '_')}.jsonl`;
}
