import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { OrNull } from './fields/if-given.ts';
import { contextOf, type ApiRequest } from './request.ts';

class Form {
  @OrNull()
  authority?: string | null;
}

/** What is kept of a request with a key. */
function keptOf(body: Form & { note?: string | null }) {
  const request = { method: 'POST', path: '/numbers', body, actor: {}, header: () => 'k' };
  const { requestHash, requestNulls } = contextOf(request as unknown as ApiRequest);
  return { requestHash, requestNulls };
}

describe('what is kept of a request under a key', () => {
  it('is hashed as earlier versions did, who left out every null', () => {
    const earlier = createHash('sha256').update('POST /numbers\n{"note":"a"}\n').digest();
    const requestHash = earlier.subarray(0, 16).toString('base64url');
    expect(keptOf({ note: 'a' })).toEqual({ requestHash, requestNulls: '' });
    expect(keptOf({ note: 'a', authority: null })).toMatchObject({ requestHash });
  });

  it('tells apart where something is said by a null, and nothing by any other', () => {
    const said = keptOf({ note: null, authority: null });
    expect(said.requestNulls).toMatch(/^.{22}$/);
    expect(keptOf({ authority: null })).toEqual(said);
    expect(keptOf({ note: null })).toEqual(keptOf({}));
  });
});
