import type { DomainEvent } from '#domain';
import { EventStoreUnavailable } from '#event-store';
import type { Request } from './batch.ts';
import type { Folds } from './folds.ts';

/** Each time an index was found wrong and made anew. */
const MOST_TIMES = 10;

/** The state a command would be decided on now, with what it asks for. */
export async function lookedUp<S, C, E extends DomainEvent>(
  folds: Folds<S, C, E>,
  stream: string,
  request: Request<C>,
): Promise<S> {
  let head = await folds.current(stream);
  for (let times = 0; times < MOST_TIMES; times += 1) {
    const basis = await folds.basis(stream, head, [request]);
    if (basis) return basis.state;
    head = await folds.again(stream);
  }
  throw new EventStoreUnavailable(`the index of ${stream} was wrong again and again`);
}
