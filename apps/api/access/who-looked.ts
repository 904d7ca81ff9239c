import type { RequestHandler, Response } from 'express';
import { EVERY_AGENCY } from '#access';
import { askedFor, type AccessLog } from '#audit';
import type { Clock } from '#config';
import { addressOf } from '../http/address.ts';
import type { ApiRequest } from '../http/request.ts';
import { shownIn, type Shown } from './shown.ts';

const LONGEST_AGENT = 256;

export interface Recording {
  readonly log: AccessLog;
  readonly clock: Clock;
}

/** Notes who is shown what, in the answer of this status. */
export function noteShown(
  { log, clock }: Recording,
  request: ApiRequest,
  status: number,
  shown: Shown,
): void {
  const { actor, correlationId, originalUrl, method } = request;
  if (!actor) return;
  const { account, name, role, agency, via = null } = actor;
  log.record({
    at: clock.now().toISOString(),
    account,
    actor: name,
    role,
    via,
    // What is done to read models concerns every agency.
    agency: request.isOperation ? EVERY_AGENCY : String(request.params['agency'] ?? agency),
    kind: shown.kind,
    method,
    ...askedFor(originalUrl),
    status,
    shown: shown.count,
    numbers: shown.numbers,
    address: addressOf(request),
    userAgent: (request.header('User-Agent') ?? '').slice(0, LONGEST_AGENT),
    correlationId,
  });
}

const nothing = (kind: Shown['kind']): Shown => ({ kind, count: 0, numbers: [] });

/** What an answer shows that is no JSON, or shows nothing, which may be what was asked for. */
function shownBeside(request: ApiRequest, response: Response, status: number): Shown | undefined {
  if (!request.actor || status >= 400) return undefined;
  if (request.isOperation) return nothing('operation');
  const { path } = request;
  // What the caller has, and looks at again.
  if (status === 304) return /\/image\/?$/i.test(path) ? nothing('image') : undefined;
  const type = String(response.getHeader('Content-Type') ?? '');
  if (/^image\//.test(type)) return { kind: 'image', count: 1, numbers: [] };
  // What it shows is told where it is sent, as it goes by.
  if (/event-stream/.test(type)) return undefined;
  // That there is nobody of a name is an answer too.
  if (/json/.test(type))
    return /\/(entries|dossiers)\/?$/i.test(path) ? nothing('entries') : undefined;
  return type === '' ? undefined : { kind: 'file', count: 1, numbers: [] };
}

/**
 * Records who is shown entries, images or history, where the answer is sent: whatever route,
 * command or refusal it comes from, nobody has to remember to. What shows entries to a caller
 * nobody knows is a fault of the program and is not sent.
 */
export function whoLooked(recording: Recording): RequestHandler {
  return (asked, response, next) => {
    const request = asked as ApiRequest;
    const json = response.json.bind(response);
    const writeHead = response.writeHead.bind(response);
    let shown: Shown | undefined;
    response.json = (body: unknown) => {
      shown = shownIn(body);
      if (shown && !request.actor) throw new Error(`${request.path} shows entries to nobody known`);
      return json(body);
    };
    response.writeHead = ((status: number, ...given: never[]) => {
      const seen = shown ?? shownBeside(request, response, status);
      if (seen) noteShown(recording, request, status, seen);
      return writeHead(status, ...given);
    }) as typeof writeHead;
    next();
  };
}
