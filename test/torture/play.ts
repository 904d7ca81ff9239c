import { setTimeout as delay } from 'node:timers/promises';
import { createSamples, type Samples } from '../../bench/samples.ts';
import { signature } from '../support/draw/index.ts';
import { guideBook } from '../support/office.ts';
import { ask } from './ask.ts';
import { brokenPromises, type Scene } from './checks.ts';
import { Desk, type OpenedOffice } from './desk.ts';
import { emptyDiary } from './diary.ts';
import { LogReader } from './log-reader.ts';
import { openPlace, victims, type Mode, type Place, type Victim } from './place.ts';

/** What is played on one place. */
export interface Plan {
  readonly mode: Mode;
  readonly kills: number;
  readonly seed: number;
  readonly desks: number;
  readonly offices: number;
}

export interface Found {
  readonly faults: readonly string[];
  readonly folder: string;
  readonly kills: number;
  readonly acknowledged: number;
  readonly repeated: number;
  readonly events: number;
}

/** Kill after kill, until all were played or a promise was broken; the data then stays. */
export async function play(plan: Plan): Promise<Found> {
  const place = await openPlace(plan.mode);
  const chance = createSamples(plan.seed);
  let faults: readonly string[] = [];
  let kills = 0;
  try {
    const scene = await openOffices(place, plan);
    const desks = await openDesks(scene, plan);
    for (; kills < plan.kills && faults.length === 0; kills += 1) {
      const told = await harmUnderLoad(place, desks, victimsOf(plan.mode, chance), chance);
      faults = await brokenPromises(scene);
      const { acknowledged, repeated } = scene.diary;
      console.log(
        `${plan.mode} ${kills + 1}/${plan.kills}: ${told}; ${acknowledged} acknowledged, ${repeated} sent again, ${scene.reader.events} events`,
      );
    }
    const { acknowledged, repeated } = scene.diary;
    const { events } = scene.reader;
    return { faults, folder: place.folder, kills, acknowledged, repeated, events };
  } catch (error) {
    faults = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { faults, folder: place.folder, kills, acknowledged: 0, repeated: 0, events: 0 };
  } finally {
    await place.dispose(faults.length > 0);
  }
}

/** Mostly one; sometimes two at once. */
function victimsOf(mode: Mode, chance: Samples): readonly Victim[] {
  const all: readonly Victim[] = victims[mode];
  const one = all[chance.below(all.length)] as Victim;
  const other = all[chance.below(all.length)] as Victim;
  return chance.below(4) === 0 && other !== one ? [one, other] : [one];
}

/** Desks work while somebody is harmed; what was begun is brought to its end. Answers what was done. */
async function harmUnderLoad(
  place: Place,
  desks: readonly Desk[],
  harmed: readonly Victim[],
  chance: Samples,
): Promise<string> {
  const stopping = new AbortController();
  const working = Promise.all(desks.map((desk) => desk.work(stopping.signal)));
  const before = 50 + chance.below(1000);
  if (harmed.includes('rebuild')) await place.start('rebuild');
  await delay(before);
  const [first] = harmed as readonly [Victim];
  const isStalled = chance.below(6) === 0 && first !== 'log';
  const told = isStalled
    ? await stall(place, first, chance)
    : await killAndRestart(place, harmed, chance);
  stopping.abort();
  await working;
  if (harmed.includes('rebuild')) await place.ended('rebuild');
  return `${told} after ${before} ms`;
}

/** Shorter and longer than a lease holds. */
const LONGEST_STALL_MS = 15_000;

async function stall(place: Place, name: Victim, chance: Samples): Promise<string> {
  const forMs = chance.below(LONGEST_STALL_MS);
  await place.stall(name, forMs);
  return `${name} stood still for ${forMs} ms`;
}

/** Sometimes once more in the middle of the start. */
async function killAndRestart(
  place: Place,
  killed: readonly Victim[],
  chance: Samples,
): Promise<string> {
  const [down, inStart] = [chance.below(300), chance.below(1500)];
  const again = chance.below(4) === 0;
  await Promise.all(killed.map((name) => place.kill(name)));
  await delay(down);
  // All at once: a process whose log is away waits for it.
  await Promise.all(
    killed.map(async (name) => {
      if (again && name !== 'log') await place.killInStart(name, inStart);
      await place.start(name);
    }),
  );
  return `${killed.join(' and ')} killed${again ? `, again ${inStart} ms into its start,` : ''}`;
}

async function openOffices(place: Place, { offices }: Plan): Promise<Scene> {
  const diary = emptyDiary();
  const opened: OpenedOffice[] = [];
  const auditor = await place.token('auditor', 'kiem-toan', '*');
  const agencies = Array.from({ length: offices }, (_, index) => `BK-00${index + 1}`);
  const officer = await place.token('receiving-officer', 'can-bo', ...agencies);
  for (const agency of agencies) {
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const path = `/v1/agencies/${agency}/books`;
    const { status, headers } = await ask(
      place.urls,
      { method: 'POST', path, token: officer, json },
      diary,
    );
    if (status !== 201) throw new Error(`${path}: ${status}`);
    opened.push({ agency, book: headers.get('location') ?? '' });
  }
  const reader = new LogReader(place.log);
  return { place, offices: opened, diary, reader, officer, auditor, sealed: 0, seen: 0 };
}

async function openDesks(scene: Scene, { desks, seed }: Plan): Promise<readonly Desk[]> {
  const { place, offices, diary, officer } = scene;
  let drawn = 0;
  const pictures = (): Promise<Buffer> => signature({ width: 300 + (drawn += 1) });
  return Promise.all(
    Array.from({ length: desks }, async (_, index) => {
      const office = offices[index % offices.length] as OpenedOffice;
      const certifier = await place.token('certifier', `ky-${index}`, office.agency);
      const samples = createSamples(seed * 1000 + index);
      const tokens = { officer, certifier };
      return new Desk(`ban-${index}`, place, office, { samples, diary, pictures, tokens });
    }),
  );
}
