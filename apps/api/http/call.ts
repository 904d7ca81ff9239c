import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import type { ApiRequest } from './request.ts';

/** A request and the answer to it, whose headers a handler sets; its body is what the handler returns. */
export interface Call {
  readonly request: ApiRequest;
  readonly response: Response;
}

/** Hands a route its call as one parameter. */
export const TheCall = createParamDecorator((_data: unknown, context: ExecutionContext): Call => {
  const http = context.switchToHttp();
  return { request: http.getRequest<ApiRequest>(), response: http.getResponse<Response>() };
});
