import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Audit } from '#audit';
import { Runners } from '#commands';
import { knownLayouts } from '#domain';
import type { ImageStore } from '#image-store';
import type { Format } from '#paper';
import {
  bookDetails,
  exportList,
  follow,
  ReadModels,
  registerEntries,
  type Projection,
} from '#projections';
import { assign, openBook, register } from '../../test/support/register-samples.ts';
import { embeddedStores, play, sampleActor, type TestStores } from '../../test/support/stores.ts';
import { exportRegister } from './export.ts';
import { prepareExport, type ExportAsked, type Prepared } from './prepare.ts';

/** A checkpoint of so many events, signed by nobody who is asked. */
const noteOf = (size: number): string =>
  `example.vn/so\n${size}\n${Buffer.alloc(32, size).toString('base64')}\n\n— example.vn/so AAAAAAAA\n`;

describe('prints of one moment', () => {
  let stores: TestStores;
  let stopping: AbortController;
  let followers: Promise<void>[];
  /** Events under the latest checkpoint. */
  let sealed: number;
  let made: number;

  const following = (...projections: readonly Projection[]): void => {
    const { signal } = stopping;
    followers.push(follow({ ...stores, projections, signal, log: () => undefined }));
  };
  const sources = () => ({
    ...{ eventStore: stores.eventStore, runners: new Runners(stores.eventStore) },
    models: new ReadModels(stores.readStore),
    audit: {
      proofs: { latest: () => Promise.resolve({ note: noteOf(sealed) }) },
    } as unknown as Pick<Audit, 'proofs'>,
    layouts: knownLayouts,
    images: {} as ImageStore,
  });
  const prepared = (format: Format, given: Partial<ExportAsked> = {}): Promise<Prepared> =>
    prepareExport(sources(), { register, scope: { kind: 'year' }, format, ...given });
  const recorded = ({ order }: Prepared, format: Format) => {
    made += 1;
    return exportRegister(sources(), {
      ...{ exportId: `export-${made}`, order, format, onProgress: () => undefined },
      path: join(stores.folder, `${made}.${format}`),
      context: { actor: sampleActor, correlationId: 'c', causationId: 'd' },
      signal: stopping.signal,
    });
  };
  const print = async (format: Format, given?: Partial<ExportAsked>) =>
    recorded(await prepared(format, given), format);

  beforeEach(async () => {
    [stopping, followers, sealed, made] = [new AbortController(), [], 10, 0];
    stores = await embeddedStores();
    await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
    following(registerEntries, bookDetails);
  });
  afterEach(async () => {
    stopping.abort();
    await Promise.all(followers);
    await stores.dispose();
  });

  it('are the same bytes where both were asked for before either was made', async () => {
    const first = await prepared('pdf');
    sealed = 20;
    const second = await prepared('pdf');
    const [one, other] = [await recorded(first, 'pdf'), await recorded(second, 'pdf')];
    expect([other.sha256, other.checkpoint?.size]).toEqual([one.sha256, 10]);
  });

  it('say what the first of their format said, whatever another format said', async () => {
    following(exportList);
    const pdf = await prepared('pdf');
    sealed = 20;
    const xlsx = await prepared('xlsx');
    const [first] = [await recorded(pdf, 'pdf'), await recorded(xlsx, 'xlsx')];
    sealed = 30;
    expect((await print('pdf')).sha256).toBe(first.sha256);
    expect((await print('xlsx')).checkpoint?.size).toBe(20);
    expect((await print('csv')).checkpoint?.size).toBe(20);
  });

  it('say what was said under their key, whatever was said later', async () => {
    following(exportList);
    const said = { agencyName: 'UBND xã Ba Bể', checkpoint: null, since: null };
    await print('pdf');
    const { order } = await prepared('pdf', { said });
    expect([order.agency.name, order.checkpoint]).toEqual(['UBND xã Ba Bể', null]);
  });

  it('list what came behind the print before, however late that is listed', async () => {
    const before = await print('csv', { revision: 0 });
    const models = new ReadModels(stores.readStore);
    const waitFor = models.waitFor.bind(models);
    // Nobody lists prints until that is waited for.
    models.waitFor = (model, ...more) => {
      if (model === exportList) following(exportList);
      return waitFor(model, ...more);
    };
    const asked = { register, scope: { kind: 'year' }, format: 'csv' } as const;
    const { order } = await prepareExport({ ...sources(), models }, asked);
    expect(order.since).toMatchObject({ revision: before.registerRevision });
  });
});
