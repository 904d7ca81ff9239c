import { isIP } from 'node:net';
import type { Request } from 'express';

/** An IPv4 address as it is written, also where it came over an IPv6 socket. */
const plain = (address: string): string =>
  address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? '';

/**
 * The address a request came from: as the nearest proxy that is trusted tells it, else the
 * connection's own. What is no address, whoever sent it, never is one here.
 */
export function addressOf(request: Request): string {
  // From the farthest one believed to the connection itself.
  const believed = [...request.ips, request.socket.remoteAddress];
  const addresses = believed.map((address) => plain(address ?? ''));
  return addresses.find((address) => isIP(address) !== 0) ?? '0.0.0.0';
}
