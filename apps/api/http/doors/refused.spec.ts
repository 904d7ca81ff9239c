import { describe, expect, it } from '@jest/globals';
import { networkOf } from './refused.ts';

describe('what an address is counted as', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1:2:3:4:5', 'fe80:0:0:1'],
  ])('%s is %s: of IPv6 the network, whose addresses are one caller’s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
