import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '#config';
import { addressOf } from '../http/address.ts';
import { MinuteCounts } from '../http/doors/minute-counts.ts';
import { networkOf } from '../http/doors/refused.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import type { ApiRequest } from '../http/request.ts';
import { CONFIG } from '../injected.ts';

/**
 * So many codes and files a minute of each address, whatever is answered; counted in this process.
 * It stands before a file is read.
 */
@Injectable()
export class PublicDoor implements CanActivate {
  private readonly asked = new MinuteCounts();

  private readonly limit: number;

  /** Nest makes it, once for all the routes that name it. */
  constructor(@Inject(CONFIG) { VERIFY_LIMIT }: Config) {
    this.limit = VERIFY_LIMIT;
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.limit === 0) return true;
    const http = context.switchToHttp();
    const network = networkOf(addressOf(http.getRequest<ApiRequest>()));
    if (this.asked.of(network) >= this.limit) {
      const seconds = this.asked.secondsLeft(network);
      http.getResponse<Response>().setHeader('Retry-After', String(seconds));
      throw new ApiProblem('TOO_MANY_REQUESTS', {});
    }
    this.asked.add(network);
    return true;
  }
}
