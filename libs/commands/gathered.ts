import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop that those who came first wait at most for others. */
const MOST_TURNS = 8;

/**
 * Settles when a turn of the event loop has brought the queue nothing more, or enough wait. Each
 * caller who joins spares a wait for the disk; one alone waits a single turn. Answers go out in the
 * turn in which their batch is written, and callers who ask again at once would else come back in
 * small groups for ever.
 */
export async function gathered(queue: { readonly length: number }, enough: number): Promise<void> {
  let before = 0;
  for (let turn = 0; turn < MOST_TURNS && queue.length > before; turn += 1) {
    if (queue.length >= enough) return;
    before = queue.length;
    await nextTurn();
  }
}
