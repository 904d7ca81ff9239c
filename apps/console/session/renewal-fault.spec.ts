import { describe, expect, it } from '@jest/globals';
import { ErrorResponse, ErrorTimeout } from 'oidc-client-ts';
import { renewalFault } from './renewal-fault.ts';

const said = (error: string) => new ErrorResponse({ error });

describe('a renewal that gave no token', () => {
  it.each(['invalid_grant', 'invalid_client', 'access_denied'])(
    'is the end where the provider says %s',
    (error) => expect(renewalFault(said(error))).toBe('refused'),
  );

  it.each([
    ['there was no way to the provider', new TypeError('Failed to fetch')],
    ['no answer came in time', new ErrorTimeout('Network timed out')],
    ['the provider cannot answer now', said('temporarily_unavailable')],
  ])('is tried again for as long as it takes where %s', (_what, error) =>
    expect(renewalFault(error)).toBe('lost'),
  );

  it.each([
    ['something in between answered', new Error('Invalid response Content-Type: text/html')],
    ['the answer is of somebody else', new Error('sub in id_token does not match current sub')],
    ['something else was thrown', 'x'],
  ])('is tried again some times only where %s', (_what, error) =>
    expect(renewalFault(error)).toBe('odd'),
  );
});
