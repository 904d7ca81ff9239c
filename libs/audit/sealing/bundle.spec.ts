import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import fc from 'fast-check';
import { olderSignatureStream, registerStream, streamPrefixes } from '#domain';
import { picture, playStory, SEAL } from '../../../test/support/story.ts';
import { register } from '../../../test/support/register-samples.ts';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import {
  findingText,
  leafHashOf,
  toBase64,
  UnreadableBundle,
  verifyBundle,
  type BundleLine,
  type BundleScope,
  type SealedEvent,
  type Verdict,
} from '../proofs/index.ts';
import { bundle } from './bundle.ts';
import { ensureKeys, lastSignedBeside } from './keys.ts';
import { LogProofs } from './log-proofs.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';

let stores: TestStores;
let whole: readonly string[];
let other: readonly string[];
const now = () => new Date('2026-05-10T01:00:00.000Z');

async function sealed(one: TestStores) {
  const sources = {
    eventStore: one.eventStore,
    sealed: new SealedLog(one.readStore),
    prefixes: streamPrefixes,
  };
  const path = join(stores.folder, 'keys.json');
  const keys = () => ensureKeys(path, now(), 'example.vn/so');
  const lastSigned = lastSignedBeside(join(one.folder, 'signed'));
  await new Sealer({ ...sources, keys, lastSigned, now, log: () => undefined }).seal();
  return { ...sources, proofs: new LogProofs(sources) };
}

const images = (sha256: string) => Promise.resolve(sha256 === SEAL.sha256 ? SEAL.bytes : undefined);

async function made(one: TestStores, scope: BundleScope): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of bundle({ ...(await sealed(one)), scope, images }))
    lines.push(line.trimEnd());
  return lines;
}

async function verdictOn(lines: readonly string[]): Promise<Verdict> {
  const { all } = await ensureKeys(join(stores.folder, 'keys.json'), now());
  // eslint-disable-next-line @typescript-eslint/require-await -- lines as a file gives them
  const open = async function* () {
    yield lines.map((line) => Buffer.from(line));
  };
  return verifyBundle(open, { keys: all.map(({ key }) => key) });
}

beforeAll(async () => {
  stores = await embeddedStores();
  await playStory(stores.eventStore, ['BK-001', 'BK-002']);
  whole = await made(stores, { kind: 'everything' });
  const second = await embeddedStores();
  await playStory(second.eventStore, ['BK-003', 'BK-001']);
  other = await made(second, { kind: 'everything' });
  await second.dispose();
});
afterAll(() => stores.dispose());

test('a bundle of the whole log is whole, and says what is in it', async () => {
  const verdict = await verdictOn(whole);
  expect(verdict.findings).toEqual([]);
  expect(verdict).toMatchObject({ isWhole: true, numbers: 10, events: 26, images: 1 });
  expect(verdict.checkpoint.origin).toBe('example.vn/so');
});

test.each<[string, BundleScope, number]>([
  ['an agency', { kind: 'agency', agency: 'BK-001' }, 13],
  ['a register', { kind: 'register', register: registerStream(register) }, 13],
  ['a year', { kind: 'year', year: 2024 }, 26],
])('a bundle of %s is whole, and holds that alone', async (_, scope, events) => {
  const verdict = await verdictOn(await made(stores, scope));
  expect(verdict.findings).toEqual([]);
  expect(verdict).toMatchObject({ isWhole: true, events });
  if (scope.kind !== 'year') expect(verdict.streams.join()).not.toContain('BK-002');
});

test('an older stream of signatures is in the bundle of the agency that wrote it, and of no other', async () => {
  const one = await embeddedStores();
  await playStory(one.eventStore, ['BK', 'BK-001']);
  const actor = { account: 'nguyen.an', name: 'An', role: 'certifier', agency: 'BK-001' };
  const occurredAt = '2024-05-10T02:00:00.000Z';
  const fields = { name: 'Chữ ký', isDefault: true, signerFullName: 'An', signerTitle: 'Chủ tịch' };
  const image = { sha256: SEAL.sha256, mediaType: 'image/png', width: 9, height: 9, bytes: 6 };
  const event = {
    id: '0b9b0a3c-1111-4222-8333-444455556666',
    type: 'SignatureRegistered',
    data: {
      id: 'signature-1',
      version: 1,
      fields: { ...fields, authority: null },
      image: { ...image, warnings: [] },
    },
    metadata: { actor, occurredAt, correlationId: 'c', causationId: 'd', schemaVersion: 1 },
  };
  const stream = olderSignatureStream('BK-001', 'nguyen.an');
  await one.eventStore.append(stream, 'no-stream', [event]);
  const of = async (agency: string) => verdictOn(await made(one, { kind: 'agency', agency }));
  const [its, others] = [await of('BK-001'), await of('BK')];
  expect([its.isWhole, its.streams.includes(stream)]).toEqual([true, true]);
  expect([others.isWhole, others.streams.includes(stream)]).toEqual([true, false]);
  await one.dispose();
});

const parsed = (text: string) => JSON.parse(text) as BundleLine;
const eventOf = (text: string) => (parsed(text) as { readonly event?: SealedEvent }).event;
const at = (type: string) => whole.findIndex((line) => eventOf(line)?.type === type);

/** The line with another event, sealed as it would be. */
function forged(text: string, change: (event: SealedEvent) => SealedEvent): string {
  const line = parsed(text) as Extract<BundleLine, { event: unknown }>;
  const event = change(line.event);
  return JSON.stringify({ event, index: line.index, leaf: toBase64(leafHashOf(event)) });
}

const withLine = (index: number, text: string) =>
  whole.map((line, i) => (i === index ? text : line));
const codes = ({ findings }: Verdict) => findings.map(({ code }) => code);

test('one edited byte is named to the event', async () => {
  const index = at('EntryCorrected');
  const line = whole[index] ?? '';
  const { findings } = await verdictOn(withLine(index, line.replace('Cúc Hoa', 'Cúc Hòa')));
  const named = findings.find(({ code }) => code === 'LEAF');
  expect(named).toMatchObject({ stream: registerStream(register), revision: 5 });
  expect(findingText(named ?? { code: 'ROOT', details: {} }, 'vi')).toContain(
    'không phải là sự kiện đã niêm phong',
  );
});

test('an event that is taken out, put in, swapped or cut off is found', async () => {
  const index = at('EntryCorrected');
  const out = whole.filter((_, i) => i !== index);
  const end = (lines: readonly string[]) => [
    ...lines.slice(0, -1),
    JSON.stringify({ end: lines.length - 1 }),
  ];
  expect(codes(await verdictOn(end(out)))).toEqual(expect.arrayContaining(['REVISION', 'ROOT']));
  const twice = [...whole.slice(0, index), whole[index] ?? '', ...whole.slice(index)];
  expect(codes(await verdictOn(end(twice)))).toEqual(expect.arrayContaining(['PLACE', 'ROOT']));
  const swapped = withLine(index, whole[index + 1] ?? '').map((line, i) =>
    i === index + 1 ? (whole[index] ?? '') : line,
  );
  expect(codes(await verdictOn(swapped))).toEqual(expect.arrayContaining(['PLACE', 'ROOT']));
  await expect(verdictOn(whole.slice(0, -3))).rejects.toThrow(UnreadableBundle);
  await expect(verdictOn([])).rejects.toThrow('empty');
});

test('a checkpoint of another log, or of this one’s other half, is found', async () => {
  const mixed = [...whole.slice(0, 1), ...other.slice(1, 3), ...whole.slice(3)];
  expect((await verdictOn(mixed)).isWhole).toBe(false);
  const halves = [...whole.slice(0, 10), ...other.slice(10)];
  expect((await verdictOn(halves)).isWhole).toBe(false);
});

test.each<[string, string, (event: SealedEvent) => SealedEvent, string]>([
  ['a number is passed over', 'EntryNumberAssigned', with_({ number: 7 }), 'NUMBER'],
  ['a document has two numbers', 'EntryNumberAssigned', with_({ document: 9 }), 'ROOT'],
  [
    'a value before a correction is another',
    'EntryCorrected',
    with_({ changes: { requester: { from: 'X', to: 'Y' } } }),
    'BEFORE',
  ],
  [
    'a number carries a picture that was not there',
    'EntryNumberAssigned',
    with_({ seal: { id: 'seal-1', version: 2, sha256: SEAL.sha256 } }),
    'IMAGE_USE',
  ],
  ['an actor had another role', 'BookClosed', acting({ role: 'clerk' }), 'ROLE'],
  ['an event is in another’s stream', 'SealRegistered', acting({ agency: 'BK-002' }), 'FOREIGN'],
  ['an event has lost a field', 'BookOpened', with_({ name: null }), 'UNREADABLE_EVENT'],
])('where %s it is found', async (_, type, change, code) => {
  const index = at(type);
  const found = codes(await verdictOn(withLine(index, forged(whole[index] ?? '', change))));
  expect(found).toEqual(expect.arrayContaining([code, 'ROOT']));
});

describe('where two accounts have to agree', () => {
  let lines: readonly string[];
  beforeAll(async () => {
    const one = await embeddedStores();
    await playStory(one.eventStore, ['BK-001'], true);
    lines = await made(one, { kind: 'everything' });
    await one.dispose();
  });

  test('what they did is whole', async () => {
    const { findings, isWhole } = await verdictOn(lines);
    expect([findings, isWhole]).toEqual([[], true]);
  });

  const OFFICER = 'receiving-officer.BK-001';
  const confirmed = { proposalId: '1-2', account: OFFICER, name: 'Trần Thị Bình' };
  test.each<[string, [type: string, nth?: number], (event: SealedEvent) => SealedEvent, string]>([
    ['one confirms their own closing', ['BookClosed'], acting({ account: OFFICER }), 'FOUR_EYES'],
    [
      'one confirms their own correction',
      ['EntryCorrected', 2],
      acting({ account: OFFICER }),
      'FOUR_EYES',
    ],
    ['one refuses their own', ['ProposalRefused'], acting({ account: OFFICER }), 'FOUR_EYES'],
    ['another takes it back', ['ProposalWithdrawn'], acting({ account: 'x' }), 'PROPOSER'],
    [
      'it is asked for in another’s name',
      ['ClosingProposed'],
      acting({ account: 'x' }),
      'PROPOSER',
    ],
    ['one closes alone', ['BookClosed'], with_({ proposed: null }), 'UNCONFIRMED'],
    ['a certifier corrects alone', ['EntryCorrected', 2], with_({ proposed: null }), 'ROLE'],
    [
      'what is confirmed was not what was asked for',
      ['EntryCorrected', 2],
      with_({ changes: { note: { from: '', to: 'Ba trang' } } }),
      'PROPOSAL',
    ],
    [
      'what is confirmed never waited',
      ['EntryCorrected', 2],
      with_({ proposed: { ...confirmed, proposalId: '1-9' } }),
      'PROPOSAL',
    ],
    [
      'whose proposal it was is another',
      ['EntryCorrected', 2],
      with_({ proposed: { ...confirmed, account: 'x' } }),
      'PROPOSAL',
    ],
    ['a closing has other words', ['BookClosed'], with_({ confirmedByTitle: 'X' }), 'PROPOSAL'],
    ['one lapses that never waited', ['ProposalLapsed'], with_({ proposalId: '4-9' }), 'PROPOSAL'],
    [
      'a value was another when asked',
      ['CorrectionProposed'],
      with_({ changes: { note: { from: 'X', to: 'Y' } } }),
      'BEFORE',
    ],
  ])('%s, and it is found', async (_, at, change, code) => {
    const [type, nth = 0] = at;
    const places = lines.flatMap((line, i) => (eventOf(line)?.type === type ? [i] : []));
    // Late enough that the setting counts, whatever two clocks differ by.
    const later = (event: SealedEvent): SealedEvent => ({
      ...change(event),
      metadata: { ...change(event).metadata, occurredAt: '2024-05-10T03:00:00.000Z' },
    });
    const forgery = lines.map((line, i) => (i === places[nth] ? forged(line, later) : line));
    expect(codes(await verdictOn(forgery))).toContain(code);
  });
});

test('totals at closing that are not the entries’ are found', async () => {
  const index = at('BookClosed');
  const change = (event: SealedEvent) => {
    const totals = { ...(event.data['totals'] as object), fees: 1 };
    return { ...event, data: { ...event.data, totals } };
  };
  const found = codes(await verdictOn(withLine(index, forged(whole[index] ?? '', change))));
  expect(found).toContain('TOTALS');
});

test('a picture that was changed or is missing is found', async () => {
  const index = whole.findIndex((line) => 'image' in parsed(line));
  const base64 = toBase64(picture('another seal').bytes);
  const changed = JSON.stringify({ image: { sha256: SEAL.sha256, base64 } });
  expect(codes(await verdictOn(withLine(index, changed)))).toEqual(['IMAGE_HASH', 'IMAGE_MISSING']);
});

test('a part from which a stream, or the end of one, was left out is found', async () => {
  const part = await made(stores, { kind: 'agency', agency: 'BK-001' });
  const last = part.findIndex((line) => eventOf(line)?.type === 'BookClosed');
  const { leaf } = parsed(part[last] ?? '') as Extract<BundleLine, { event: unknown }>;
  const cut = part.map((line, i) =>
    i === last ? JSON.stringify({ skip: { leaves: 1, hash: leaf } }) : line,
  );
  // The tree is as it was signed; only how far the stream had come tells it.
  expect(codes(await verdictOn(cut))).toEqual(['INCOMPLETE']);
  const seals = part.findIndex((line) => eventOf(line)?.stream === 'seal-BK-001');
  const seal = parsed(part[seals] ?? '') as Extract<BundleLine, { event: unknown }>;
  const without = part.map((line, i) =>
    i === seals ? JSON.stringify({ skip: { leaves: 1, hash: seal.leaf } }) : line,
  );
  expect(codes(await verdictOn(without))).toContain('INCOMPLETE');
});

function with_(data: object) {
  return (event: SealedEvent): SealedEvent => ({ ...event, data: { ...event.data, ...data } });
}

function acting(actor: object) {
  return (event: SealedEvent): SealedEvent => {
    const said = { ...(event.metadata['actor'] as object), ...actor };
    return { ...event, metadata: { ...event.metadata, actor: said } };
  };
}

const renumbered = (lines: readonly string[]): readonly string[] => [
  ...lines.slice(0, -1),
  JSON.stringify({ end: lines.length - 1 }),
];

/** What somebody may do to a bundle. */
const mutation = fc.oneof(
  fc.record({
    kind: fc.constant('character'),
    line: fc.nat(),
    place: fc.nat(),
    by: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  }),
  fc.record({ kind: fc.constant('remove'), line: fc.nat(), honest: fc.boolean() }),
  fc.record({ kind: fc.constant('repeat'), line: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('swap'), line: fc.nat(), with: fc.nat() }),
  fc.record({ kind: fc.constant('from another'), line: fc.nat(), place: fc.nat() }),
  fc.record({ kind: fc.constant('cut'), line: fc.nat() }),
  fc.record({
    kind: fc.constant('forge'),
    line: fc.nat(),
    field: fc.constantFrom('id', 'type', 'number', 'actor'),
    value: fc.string(),
  }),
);

type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutated(lines: readonly string[], given: Mutation): readonly string[] {
  const index = given.line % lines.length;
  const line = lines[index] ?? '';
  switch (given.kind) {
    case 'character': {
      const { place, by } = given as { place: number; by: string };
      const cut = place % line.length;
      const changed = `${line.slice(0, cut)}${by}${line.slice(cut + 1)}`;
      return lines.map((one, i) => (i === index ? changed : one));
    }
    case 'remove': {
      const left = lines.filter((_, i) => i !== index);
      return (given as { honest: boolean }).honest ? renumbered(left) : left;
    }
    case 'repeat': {
      const to = (given as { to: number }).to % lines.length;
      return renumbered([...lines.slice(0, to), line, ...lines.slice(to)]);
    }
    case 'swap': {
      const to = (given as { with: number }).with % lines.length;
      return lines.map((one, i) => (i === index ? (lines[to] ?? '') : i === to ? line : one));
    }
    case 'from another': {
      const place = (given as { place: number }).place % other.length;
      return lines.map((one, i) => (i === index ? (other[place] ?? '') : one));
    }
    case 'cut':
      return lines.slice(0, index);
    default:
      return forgedLine(lines, index, given);
  }
}

function forgedLine(
  lines: readonly string[],
  index: number,
  { field, value }: { field: string; value: string },
) {
  const line = lines[index] ?? '';
  if (!eventOf(line)) return lines;
  const change = (event: SealedEvent): SealedEvent => {
    if (field === 'number') return { ...event, data: { ...event.data, number: value } };
    if (field === 'actor') return acting({ account: value })(event);
    return { ...event, [field]: value };
  };
  return lines.map((one, i) => (i === index ? forged(line, change) : one));
}

/** What the lines say, however it is written; undefined where one says nothing. */
function said(lines: readonly string[]): string | undefined {
  try {
    return lines.map((line) => JSON.stringify(parsed(line))).join('\n');
  } catch {
    return undefined;
  }
}

test('whatever is done to a bundle, it does not pass', async () => {
  const part = await made(stores, { kind: 'agency', agency: 'BK-001' });
  const runs = Number(process.env['MUTATIONS'] ?? 10_000);
  await fc.assert(
    fc.asyncProperty(fc.boolean(), mutation, async (isPart, given) => {
      const lines = isPart ? part : whole;
      const changed = mutated(lines, given);
      if (said(changed) === said(lines)) return;
      const isWhole = await verdictOn(changed).then(
        (verdict) => verdict.isWhole,
        (error: unknown) => {
          if (error instanceof UnreadableBundle) return false;
          throw error;
        },
      );
      expect(isWhole).toBe(false);
    }),
    { numRuns: runs },
  );
}, 300_000);
