import { numberingFaults } from '../histories/numbering.ts';
import { paper } from '../support/office.ts';
import { ask, type Answered } from './ask.ts';
import type { OpenedOffice } from './desk.ts';
import type { Diary } from './diary.ts';
import type { LogReader } from './log-reader.ts';
import { hashOfPixels } from './pixels.ts';
import type { Place } from './place.ts';

/** What is looked at after a kill, when everything that was asked has been answered. */
export interface Scene {
  readonly place: Place;
  readonly offices: readonly OpenedOffice[];
  readonly diary: Diary;
  readonly reader: LogReader;
  /** Of somebody who may read and number in every office; of an auditor of them all. */
  readonly officer: string;
  readonly auditor: string;
  /** How far the log was sealed when it was last looked at. */
  sealed: number;
  /** Pictures looked at so far. */
  seen: number;
}

/** The promises, one after the other. @returns which of them is not kept, and where */
export async function brokenPromises(scene: Scene): Promise<string[]> {
  const { diary, reader } = scene;
  const position = await lastWord(scene);
  await reader.readOn();
  return [
    ...diary.faults.splice(0),
    ...reader.faults.splice(0),
    ...numbers(scene),
    ...(await lists(scene, position)),
    ...(await dossiers(scene, position)),
    ...(await pictures(scene)),
    ...(await root(scene)),
    ...(await verified(scene)),
  ];
}

/** A last number in the first office; whoever reads after it has read everything. Answers its position. */
async function lastWord({ place, offices, diary, officer }: Scene): Promise<string> {
  const [{ agency, book }] = offices as readonly [OpenedOffice];
  const history = diary.asked.get(agency) ?? [];
  diary.asked.set(agency, history);
  const dossier = `H-look-${history.length}`;
  const json = paper({ dossier });
  const call = { method: 'POST', path: `${book}/entries`, token: officer, json } as const;
  const answer = await ask(place.urls, call, diary);
  const { entry } = answer.body as { entry: { number: number } };
  const { askedAt, answeredAt: at } = answer;
  history.push({ document: `${dossier}/1`, askedAt, answered: { at, number: entry.number } });
  return answer.headers.get('position') ?? '';
}

const numbers = ({ offices, diary, reader }: Scene): string[] =>
  offices.flatMap(({ agency }) =>
    numberingFaults(diary.asked.get(agency) ?? [], reader.numbersOf(agency)).map(
      (fault) => `${agency}: ${fault}`,
    ),
  );

interface Row {
  readonly number: number;
  readonly requester: string;
  readonly state: string;
}

/** Each register as its list shows it: as many entries as the log has, each as it was acknowledged. */
async function lists(scene: Scene, position: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { agency, book } of scene.offices) {
    const rows = await wholeList<Row>(scene, `${book}/entries`, position);
    const inLog = scene.reader.numbersOf(agency);
    if (rows.length !== inLog.length) {
      faults.push(`${agency}: ${rows.length} entries are listed, the log has ${inLog.length}`);
    }
    for (const { number, requester, state } of rows) {
      const known = scene.diary.entries.get(`${book}/entries/${number}`);
      if (known && (known.requester !== requester || known.state !== state)) {
        faults.push(
          `${agency} ${number}: ${requester} (${state}) is listed, ${known.requester} (${known.state}) was acknowledged`,
        );
      }
    }
  }
  return faults;
}

/** Each office's dossiers: those whose receiving was acknowledged, each once and with as many documents. */
async function dossiers(scene: Scene, position: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { agency } of scene.offices) {
    const list = `/v1/agencies/${agency}/dossiers`;
    const rows = await wholeList<{ dossier: string; documents: number }>(scene, list, position);
    const listed = new Map(rows.map((row) => [`${list}/${row.dossier}`, row.documents]));
    if (listed.size < rows.length) faults.push(`${list}: a dossier is listed twice`);
    const received = [...scene.diary.dossiers].filter(([at]) => at.startsWith(`${list}/`));
    for (const at of listed.keys()) {
      if (!scene.diary.dossiers.has(at)) faults.push(`${at} is listed, and nobody received it`);
    }
    for (const [at, documents] of received) {
      if (documents === undefined) faults.push(`${at} was refused to everyone`);
      if (listed.get(at) !== documents) {
        faults.push(
          `${at}: ${listed.get(at)} documents are listed, ${documents} were acknowledged`,
        );
      }
    }
  }
  return faults;
}

async function wholeList<R>(
  { place, diary, officer }: Scene,
  list: string,
  position: string,
): Promise<readonly R[]> {
  const rows: R[] = [];
  const headers = { 'read-after': position };
  for (let after: string | undefined = ''; after !== undefined;) {
    const path: string = `${list}?limit=100${after && `&after=${encodeURIComponent(after)}`}`;
    const { status, body }: Answered = await ask(
      place.urls,
      { method: 'GET', path, token: officer, headers },
      diary,
    );
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${String(body['detail'])}`);
    const page = body as unknown as { items: readonly R[]; next?: string };
    rows.push(...page.items);
    after = page.next;
  }
  return rows;
}

/** Pictures acknowledged since the last look, pixel for pixel. */
async function pictures(scene: Scene): Promise<string[]> {
  const { place, diary } = scene;
  const faults: string[] = [];
  for (const { path, token, seen } of diary.pictures.slice(scene.seen)) {
    const { status, body } = await ask(place.urls, { method: 'GET', path, token }, diary);
    const { bytes } = body;
    const found = status === 200 && Buffer.isBuffer(bytes) && (await hashOfPixels(bytes));
    if (found !== seen) faults.push(`${path}: ${status}, not the picture that was acknowledged`);
  }
  scene.seen = diary.pictures.length;
  return faults;
}

/** The newest signed checkpoint: never behind the one before, its root that of the log as read here. */
async function root(scene: Scene): Promise<string[]> {
  const { place, diary, reader, auditor } = scene;
  const path = '/v1/audit/checkpoints';
  const { status, body } = await ask(place.urls, { method: 'POST', path, token: auditor }, diary);
  if (status !== 200) return [`${path}: ${status} ${String(body['code'])}`];
  const { size, root: signed } = body as unknown as { size: number; root: string };
  const faults: string[] = [];
  if (size < scene.sealed) faults.push(`${size} events are sealed, ${scene.sealed} were before`);
  if (size < reader.events) faults.push(`${size} events are sealed, of ${reader.events}`);
  const own = reader.roots.get(size);
  if (own !== signed) faults.push(`the root of ${size} events is ${own}, ${signed} was signed`);
  scene.sealed = size;
  return faults;
}

/** Read models against a fresh fold of the log, and every file of a picture against its hash, as operators ask it. */
async function verified({ place }: Scene): Promise<string[]> {
  const { status, text } = await place.ops('verify');
  return status === 0 ? [] : [`ops verify ended with ${status}:\n${text}`];
}
