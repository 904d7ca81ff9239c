import type { Socket } from 'node:net';
import type { RequestHandler, Response } from 'express';
import type { Verifier } from '#access';
import { addressOf } from '../address.ts';
import type { ApiRequest } from '../request.ts';
import { bearerIn } from './bearer.ts';
import { networkOf } from './refused.ts';
import type { AnswerProblem } from './slow-handlers.ts';
import { WATCHED } from './watched.ts';

interface Door {
  readonly underWay: UnderWay;
  readonly remembers: Verifier['remembers'];
  readonly answer: AnswerProblem;
}

/** In all, so many times what one caller alone may have: room for those who come while one floods. */
const ROOM = 2;

/** At least the answer's Retry-After, in milliseconds; not all at once, or they all come back at once. */
const REST_MS = { least: 1000, more: 2000 };

/** Requests that were taken in and not answered yet, by whose they are. */
export class UnderWay {
  private readonly responses = new Map<Response, string>();
  private readonly byCaller = new Map<string, number>();

  /** @param most at once, from where on it matters whose they are; 0: no limit */
  constructor(private readonly most: number) {}

  /** Whether it matters whose a request is. */
  isFull(): boolean {
    if (this.most === 0 || this.responses.size < this.most) return false;
    this.letGoOfStreams();
    return this.responses.size >= this.most;
  }

  isTooMuchFor(caller: string): boolean {
    if (!this.isFull()) return false;
    const all = this.responses.size;
    const own = this.byCaller.get(caller) ?? 0;
    const callers = this.byCaller.size + (own === 0 ? 1 : 0);
    return all >= this.most * ROOM || own >= Math.ceil(this.most / callers);
  }

  take(caller: string, response: Response): void {
    this.responses.set(response, caller);
    this.byCaller.set(caller, (this.byCaller.get(caller) ?? 0) + 1);
    response.once('close', () => this.letGo(response));
  }

  /** It is answered, or there is nothing left to do for it; saying so again changes nothing. */
  letGo(response: Response): void {
    const caller = this.responses.get(response);
    if (caller === undefined) return;
    this.responses.delete(response);
    const left = (this.byCaller.get(caller) ?? 1) - 1;
    if (left === 0) this.byCaller.delete(caller);
    else this.byCaller.set(caller, left);
  }

  /** What is being answered, be it for hours, waits for nothing here any more. */
  private letGoOfStreams(): void {
    for (const response of [...this.responses.keys()]) {
      if (response.headersSent) this.letGo(response);
    }
  }
}

/** There is as much under way as may be. Nothing was begun. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/**
 * Refuses at once (503, Retry-After) what would only stand in line: from `most` requests under way
 * on, of a caller that has its share of them or more; and whoever it is at twice as many. So nobody
 * waits behind a flood, memory is bounded, and what was taken in is answered soon. Whose a request is
 * has to be told before anything is done for it: by the account where its token is known to hold,
 * else by the address. The connection of a request that was refused is not read for some seconds, as its answer
 * asks to wait: refusing a caller that does not wait would be all there is time for.
 */
export function limitOverload({ underWay, remembers, answer }: Door): RequestHandler {
  return (asked, response, next) => {
    const request = asked as ApiRequest;
    if (WATCHED.test(request.path)) {
      next();
      return;
    }
    const caller = whoseIs(request, remembers);
    if (underWay.isTooMuchFor(caller)) {
      response.once('finish', () => restUnread(request.socket));
      answer(new Overloaded('as much is under way as may be'), request, response);
      return;
    }
    underWay.take(caller, response);
    next();
  };
}

/** Accounts and addresses are told apart: an account may be named as an address is. */
function whoseIs(request: ApiRequest, remembers: Verifier['remembers']): string {
  const token = bearerIn(request);
  const account = token === undefined ? undefined : remembers(token);
  return account === undefined ? `at ${networkOf(addressOf(request))}` : `account ${account}`;
}

function restUnread(socket: Socket): void {
  socket.pause();
  const restMs = REST_MS.least + Math.random() * REST_MS.more;
  setTimeout(() => socket.resume(), restMs).unref();
}
