import { describe, expect, it } from '@jest/globals';
import { TooManyWaiting, Turns, type TurnsOptions } from './turns.ts';

const { signal } = new AbortController();

/** Work that is begun by its turn and ends when it is told to. */
function parties(options: Partial<TurnsOptions> = {}) {
  const turns = new Turns({ atOnce: 2, each: 1, mostWaiting: 100, ...options });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (party: string, what: string, stop: AbortSignal = signal): Promise<string> =>
    turns.take(party, stop, () => {
      begun.push(what);
      return new Promise((resolve) => ends.set(what, () => resolve(what)));
    });
  /** Ends what was begun, whatever it is, until nothing is. */
  const endAll = async (): Promise<void> => {
    for (let at = 0; at < begun.length; at += 1) {
      ends.get(begun[at] ?? '')?.();
      await new Promise(setImmediate);
    }
  };
  return { turns, begun, ask, end: (what: string) => ends.get(what)?.(), endAll };
}

const settled = () => new Promise(setImmediate);

describe('turns', () => {
  it('go round: many of one party stand before nobody else’s one', async () => {
    const { ask, begun, endAll } = parties({ atOnce: 1 });
    const all = [1, 2, 3, 4].map((n) => ask('flood', `flood ${n}`));
    all.push(ask('b', 'b 1'), ask('b', 'b 2'), ask('c', 'c 1'));
    await settled();
    await endAll();
    await Promise.all(all);
    expect(begun).toEqual(['flood 1', 'b 1', 'c 1', 'flood 2', 'b 2', 'flood 3', 'flood 4']);
  });

  it('leave one for others, however many a party asks for', async () => {
    const { ask, begun, end, endAll } = parties();
    const all = [1, 2, 3].map((n) => ask('flood', `flood ${n}`));
    await settled();
    expect(begun).toEqual(['flood 1']);
    all.push(ask('b', 'b 1'));
    await settled();
    expect(begun).toEqual(['flood 1', 'b 1']);
    end('b 1');
    await settled();
    expect(begun).toHaveLength(2);
    await endAll();
    await Promise.all(all);
    expect(begun).toHaveLength(4);
  });

  it('are refused to a party that has too many waiting, and to no other', async () => {
    const { ask, endAll } = parties({ mostWaiting: 2 });
    const all = [1, 2, 3].map((n) => ask('flood', `flood ${n}`));
    await expect(ask('flood', 'flood 4')).rejects.toBeInstanceOf(TooManyWaiting);
    all.push(ask('b', 'b 1'));
    await settled();
    await endAll();
    await Promise.all(all);
    const again = ask('flood', 'flood 5');
    await settled();
    await endAll();
    expect(await again).toBe('flood 5');
  });

  it('are not begun for those who have left, whose place is free', async () => {
    const { ask, begun, endAll } = parties({ mostWaiting: 1 });
    const leaving = new AbortController();
    const first = ask('a', 'a 1');
    const left = ask('a', 'a 2', leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    await expect(ask('a', 'a 3', leaving.signal)).rejects.toThrow('gone');
    const stays = ask('a', 'a 4');
    await settled();
    await endAll();
    expect([await first, await stays]).toEqual(['a 1', 'a 4']);
    expect(begun).toEqual(['a 1', 'a 4']);
  });

  it('end with the work, also where it fails', async () => {
    const { turns } = parties({ atOnce: 1 });
    const failing = turns.take('a', signal, () => Promise.reject(new Error('failed')));
    const next = turns.take('b', signal, () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
  });
});
