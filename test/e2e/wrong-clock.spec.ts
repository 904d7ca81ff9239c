import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { backends, type Backend } from '../support/backends.ts';
import {
  after,
  guideBook,
  openOffice,
  paper,
  type Answer,
  type Office,
} from '../support/office.ts';
import { output, startProcess } from '../support/processes.ts';

const AHEAD = '2099-05-10T08:00:00+07:00';
/** The machine's own clock. */
const RIGHT = { CLOCK_NOW: '' };
const A_CENTURY = String(100 * 366 * 24 * 60);

describe('a clock that is behind what was recorded', () => {
  let office: Office;
  let book: string;

  beforeEach(async () => {
    office = await openOffice(backends[0] as Backend, { CLOCK_NOW: AHEAD });
    const officer = await office.as('receiving-officer');
    const json = { ...guideBook, name: '01/2099', openedOn: '2099-05-10', closesOn: '2099-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    book = opened.headers.get('location') ?? '';
    await officer.post(`${book}/entries`, { json: paper() });
  }, 60_000);
  afterEach(() => office.dispose());

  const discard = async (): Promise<Answer> =>
    (await office.as('receiving-officer')).post(`${book}/entries/1/void`, {
      json: { reason: 'Đồng hồ sai' },
    });
  const commands = async () => {
    const answer = await fetch(`${office.url}/health/ready/commands`);
    return { status: answer.status, body: (await answer.json()) as object };
  };

  it('refuses commands at the start, says so, and goes on with lists', async () => {
    await office.restart(RIGHT);
    expect(await discard()).toMatchObject({ status: 503, body: { code: 'CLOCK_JUMPED' } });
    expect(await commands()).toMatchObject({
      status: 503,
      body: { error: { clock: { status: 'down', reason: expect.stringContaining('behind') } } },
    });
    expect((await fetch(`${office.url}/health/ready/reads`)).status).toBe(200);
    const officer = await office.as('receiving-officer');
    expect((await officer.get(`${book}/entries/1`)).status).toBe(200);
  }, 60_000);

  it('is taken where an operator says that the log is the one that is wrong, and from then on', async () => {
    await office.restart({ ...RIGHT, CLOCK_JUMP_MINUTES: A_CENTURY });
    const voided = await discard();
    expect(voided.status).toBe(200);
    const auditor = await office.as('auditor');
    const history = await auditor.get<{ items: { type: string }[] }>(
      `${office.home}/history`,
      after(voided),
    );
    // As it was recorded, whatever the clocks said.
    expect(history.body.items.map(({ type }) => type)).toEqual([
      'BookOpened',
      'EntryNumberAssigned',
      'EntryNumberVoided',
    ]);
    await office.restart(RIGHT);
    expect((await commands()).status).toBe(200);
  }, 60_000);

  it('lets no operator record anything either', async () => {
    const args = ['--agency', office.agency, '--year', '2099', '--reason', 'đối chiếu'];
    const child = startProcess('apps/ops/main.ts', ['numbering', 'pause', ...args], {
      DATA_DIR: office.dataDir,
    });
    expect(await output(child)).toEqual({
      status: 2,
      text: expect.stringMatching(/^the clock is \d+ s behind what was recorded by: correct it/),
    });
  }, 60_000);
});
