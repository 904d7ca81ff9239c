import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { addressOf } from './address.ts';

const from = (remoteAddress: string | undefined, ...ips: string[]): string =>
  addressOf({ ips, socket: { remoteAddress } } as unknown as Request);

describe('the address of a request', () => {
  it('is the farthest that trusted proxies tell', () => {
    expect(from('10.0.0.1', '203.0.113.7', '10.0.0.2')).toBe('203.0.113.7');
  });

  it('is the connection’s own without any', () => {
    expect([from('203.0.113.7'), from('2001:db8::1')]).toEqual(['203.0.113.7', '2001:db8::1']);
  });

  it('is written plainly where it came over an IPv6 socket', () => {
    expect([from('::ffff:10.0.0.1'), from('fe80::1%eth0')]).toEqual(['10.0.0.1', 'fe80::1']);
  });

  it.each(['unknown', '', '10.0.0.1; drop', '1.2.3', 'giám đốc', '10.0.0.1\n10.0.0.2'])(
    'is never what is no address: %j',
    (sent) => expect(from('10.0.0.9', sent)).toBe('10.0.0.9'),
  );

  it('is an address even of a connection that is gone', () => {
    expect(from(undefined)).toBe('0.0.0.0');
  });
});
