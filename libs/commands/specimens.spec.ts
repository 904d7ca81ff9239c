import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  imagesStream,
  Refusal,
  sealStream,
  type SealCommand,
  type SealEvent,
  type SealState,
} from '#domain';
import type { EventStore } from '#event-store';
import { ImageStoreUnavailable, type ImageStore } from '#image-store';
import { seal as sealPicture } from '../../test/support/draw/index.ts';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import { imagesAggregate, sealAggregate } from './aggregate.ts';
import { StaleRevision } from './batch.ts';
import { createRunner, type CommandRunner } from './runner.ts';
import { runWithImage } from './specimens.ts';

type Runner = CommandRunner<SealState, SealCommand, SealEvent>;

let log: OneLog;
let store: EventStore;
let runner: Runner;
/** Names of the files kept, in order. */
let kept: string[];
let decided: string[];

const stream = sealStream('BK-001');
const now = () => new Date('2024-05-10T01:00:00.000Z');
/** Decides as it is, and tells of it. */
const counting = {
  ...sealAggregate,
  decide: (state: SealState, command: SealCommand) => {
    decided.push(command.id);
    return sealAggregate.decide(state, command);
  },
};
const runnerOn = (one: EventStore): Runner => createRunner(one, counting, { now });

/** Counts the agency's files, as each process does by itself. */
const countedIn = (one: EventStore) => createRunner(one, imagesAggregate, { now });

/** Files are put as `put` says. */
const imagesWith = (put: ImageStore['put'] = () => Promise.resolve()) =>
  ({
    put: async (sha256: string, bytes: Buffer) => {
      await put(sha256, bytes);
      kept.push(sha256);
    },
  }) as unknown as ImageStore;

const actor = { account: 'a', name: 'A', role: 'clerk', agency: 'BK-001' };

function run(
  command: object,
  { images = imagesWith(), bytes, by = runner, ...rest }: Running = {},
): ReturnType<typeof runWithImage<SealState, SealCommand, SealEvent>> {
  const { ifRevision, key } = rest;
  const named = key === undefined ? {} : { idempotencyKey: key, requestHash: key };
  const context = { actor, correlationId: 'c', causationId: 'd', ...named };
  const asked = { context, ifRevision };
  const upload = { stream, asked, bytes, crop: undefined, kind: 'seal' } as const;
  return runWithImage({ runner: by, kept: countedIn(log.anotherStore()), images }, command, upload);
}

interface Running {
  readonly images?: ImageStore;
  readonly bytes?: Buffer;
  readonly by?: Runner;
  readonly ifRevision?: number;
  readonly key?: string;
}

const seal = (id: string) => ({
  type: 'RegisterSeal',
  id,
  fields: { name: `Con dấu ${id}`, isDefault: false },
});

/** As the runner is asked once the picture has been found good. */
const asked = (command: object, keep = nextTurn as () => Promise<void>) => {
  const { id } = command as { id: string };
  return {
    command: { image: { sha256: id, bytes: 1 }, ...command } as SealCommand,
    context: { actor, correlationId: 'c', causationId: 'd' },
    keep: async () => {
      await keep();
      kept.push(id);
    },
  };
};

async function namedInLog(): Promise<string[]> {
  const found: string[] = [];
  for await (const { data } of store.readStream(stream)) {
    const { id, image } = data as unknown as Extract<SealEvent, { type: 'SealRegistered' }>['data'];
    found.push(`${id} ${image.sha256}`);
  }
  return found;
}

const idsInLog = async (): Promise<(string | undefined)[]> =>
  (await namedInLog()).map((text) => text.split(' ')[0]);

let picture: Buffer;
let other: Buffer;

beforeEach(async () => {
  log = await oneLog();
  store = log.anotherStore();
  runner = runnerOn(store);
  [kept, decided] = [[], []];
  [picture, other] = [await sealPicture(), await sealPicture({ width: 700 })];
});
afterEach(() => log.dispose());

describe('a command with a picture', () => {
  it('is decided once, and its file is kept before the event that names it', async () => {
    let before = -1;
    const images = imagesWith(async () => void (before = (await namedInLog()).length));
    await run(seal('s-1'), { bytes: picture, images });
    expect(decided).toEqual(['s-1']);
    expect(before).toBe(0);
    expect(await namedInLog()).toEqual([`s-1 ${String(kept[0])}`]);
  });

  it('leaves no file when it is refused, whatever for', async () => {
    const { revision } = await run(seal('s-1'), { bytes: picture, key: 'k' });
    kept = [];
    const nameless = { ...seal('s-2'), fields: { name: '', isDefault: false } };
    const absent = { type: 'EditSeal', id: 'none', fields: {}, reason: '' };
    await expect(run(absent, { bytes: picture })).rejects.toBeInstanceOf(Refusal);
    await expect(run(nameless, { bytes: picture })).rejects.toBeInstanceOf(Refusal);
    const stale = { bytes: picture, ifRevision: revision + 1 };
    await expect(run(seal('s-2'), stale)).rejects.toBeInstanceOf(StaleRevision);
    expect((await run(seal('s-1'), { bytes: picture, key: 'k' })).repeated).toBe(true);
    expect(kept).toEqual([]);
  });

  it('leaves no file when it is refused for what another process has done', async () => {
    await run(seal('s-1'), { bytes: picture });
    kept = [];
    const revoke = { type: 'RevokeSeal', id: 's-1', reason: 'Hỏng' };
    await run(revoke, { by: runnerOn(log.anotherStore()) });
    const edit = { type: 'EditSeal', id: 's-1', fields: {}, reason: 'Rõ hơn' };
    await expect(run(edit, { bytes: other })).rejects.toBeInstanceOf(Refusal);
    expect(kept).toEqual([]);
  });

  it('has room for its file or is refused, also where two processes have the last one', async () => {
    const size = Math.max(picture.length, other.length);
    const context = { actor, correlationId: 'c', causationId: 'd' };
    const command = {
      type: 'KeepImage',
      sha256: 'f'.repeat(64),
      bytes: 200 * 1024 * 1024 - size,
    } as const;
    await countedIn(store).execute(imagesStream('BK-001'), { command, context });
    const [one, another] = [runner, runnerOn(log.anotherStore())];
    const both = await Promise.allSettled([
      run(seal('s-1'), { bytes: picture, by: one }),
      run(seal('s-2'), { bytes: other, by: another }),
    ]);
    const refused = both.filter((each) => each.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'IMAGES_EXHAUSTED' } }]);
    expect([kept.length, (await namedInLog()).length]).toEqual([1, 1]);
    // The file that is there takes no more room.
    const again = kept[0] === undefined || both[0].status === 'fulfilled' ? picture : other;
    await run(seal('s-3'), { bytes: again });
    expect((await namedInLog()).length).toBe(2);
  });

  it('whose file cannot be kept is not recorded, and the others of its batch are', async () => {
    const away = () => Promise.reject(new ImageStoreUnavailable('away'));
    const edit = { type: 'EditSeal', id: 's-2', fields: { name: 'Khác' }, reason: '', image: null };
    const { keep: _none, ...rename } = asked(edit);
    const all = await Promise.allSettled(
      [asked(seal('s-1')), asked(seal('s-2'), away), rename, asked(seal('s-3'))].map((request) =>
        runner.execute(stream, request),
      ),
    );
    expect(all.map((one) => (one.status === 'rejected' ? (one.reason as Error).name : ''))).toEqual(
      ['', 'ImageStoreUnavailable', 'Refusal', ''],
    );
    expect(await idsInLog()).toEqual(['s-1', 's-3']);
    expect(kept).toEqual(['s-1', 's-3']);
  });

  it('has its file kept at the same time as others of its batch, and once for all conflicts', async () => {
    let [underWay, most] = [0, 0];
    const elsewhere = runnerOn(log.anotherStore());
    const slow = async (): Promise<void> => {
      most = Math.max(most, (underWay += 1));
      // Another process is quicker.
      if (underWay === 1) await elsewhere.execute(stream, asked(seal('s-0')));
      for (let turns = 0; turns < 20; turns += 1) await nextTurn();
      underWay -= 1;
    };
    const batch = ['s-1', 's-2', 's-3'].map((id) => asked(seal(id), slow));
    await Promise.all(batch.map((request) => runner.execute(stream, request)));
    expect(most).toBe(3);
    expect(kept.sort()).toEqual(['s-0', 's-1', 's-2', 's-3']);
    expect(await idsInLog()).toEqual(['s-0', 's-1', 's-2', 's-3']);
  });
});
