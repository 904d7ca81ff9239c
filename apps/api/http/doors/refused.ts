import { isIPv6 } from 'node:net';
import type { RequestHandler, Response } from 'express';
import type { Verifier } from '#access';
import { addressOf } from '../address.ts';
import { ApiProblem } from '../problems/api-problems.ts';
import type { ApiRequest } from '../request.ts';
import { bearerIn } from './bearer.ts';
import { MinuteCounts } from './minute-counts.ts';
import type { AnswerProblem } from './slow-handlers.ts';
import { WATCHED } from './watched.ts';

interface Door {
  /** Refused requests of an address in a minute; 0: no limit. */
  readonly limit: number;
  readonly remembers: Verifier['remembers'];
  readonly answer: AnswerProblem;
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = '', right] = address.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const [head, tail] = [groups(left), groups(right ?? '')];
  const zeros =
    right === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}

/** What a caller nobody knows was refused, but for being refused too often. */
const counts = ({ statusCode }: Response, { caller }: ApiRequest): boolean =>
  caller === undefined && statusCode >= 400 && statusCode < 500 && statusCode !== 429;

/**
 * Refused requests of callers without an account count against their address: 401, 404 and whatever
 * else is refused before anybody is known. Beyond the limit the address is answered 429 before a
 * token is verified or a body read, but for tokens known to hold. What an account is refused counts
 * against the account, as everything it asks does.
 */
export function limitRefused({ limit, remembers, answer }: Door): RequestHandler {
  const refused = new MinuteCounts();
  return (asked, response, next) => {
    const request = asked as ApiRequest;
    if (limit === 0 || WATCHED.test(request.path)) {
      next();
      return;
    }
    const network = networkOf(addressOf(request));
    const token = bearerIn(request);
    if (refused.of(network) >= limit && (token === undefined || remembers(token) === undefined)) {
      response.setHeader('Retry-After', String(refused.secondsLeft(network)));
      answer(new ApiProblem('TOO_MANY_REQUESTS', {}), request, response);
      return;
    }
    response.once('finish', () => {
      if (counts(response, request)) refused.add(network);
    });
    next();
  };
}
