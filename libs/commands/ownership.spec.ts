import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  olderSignatureStream,
  registerStream,
  sealStream,
  signatureStream,
  type SignatureEvent,
} from '#domain';
import type { EventStore, NewEvent } from '#event-store';
import { oneLog, type OneLog } from '../../test/support/one-log.ts';
import { assign, openBook, register } from '../../test/support/register-samples.ts';
import { Runners } from './runners.ts';

let log: OneLog;
let store: EventStore;
let runners: Runners;

beforeEach(async () => {
  log = await oneLog();
  store = log.anotherStore();
  runners = new Runners(store, { now: () => new Date('2024-05-10T01:00:00.000Z') });
});
afterEach(() => log.dispose());

const actorOf = (agency: string, account: string, role = 'certifier') => ({
  account,
  name: account,
  role,
  agency,
});

const image = {
  sha256: 'a'.repeat(64),
  mediaType: 'image/png',
  width: 900,
  height: 500,
  bytes: 20480,
  warnings: [],
};

/** A signature's registration, as any version recorded it. */
function registered(name: string, actor: object): NewEvent {
  const signer = { signerFullName: name, signerTitle: 'Phó Chủ tịch UBND', authority: 'KT.' };
  const event: SignatureEvent = {
    type: 'SignatureRegistered',
    data: {
      id: `s-${name}`,
      version: 1,
      fields: { name, isDefault: true, ...signer } as never,
      image,
    },
  };
  const ids = { occurredAt: '2024-05-10T01:00:00.000Z', correlationId: 'c', causationId: 'd' };
  return {
    id: randomUUID(),
    type: event.type,
    data: event.data as never,
    metadata: { actor, ...ids, schemaVersion: 1 } as never,
  };
}

describe('streams of signatures', () => {
  it('written under the older name are gone on with by the account that began them, and by no other', async () => {
    // Under the older name the two were one.
    const [mine, theirs] = [
      ['BK-001', 'nguyen.an'],
      ['BK', '001-nguyen.an'],
    ] as const;
    const older = olderSignatureStream(...mine);
    expect(olderSignatureStream(...theirs)).toBe(older);
    await store.append(older, 'no-stream', [registered('An', actorOf(...mine))]);
    expect(await runners.signatureStream(...mine)).toBe(older);
    expect(await runners.signatureStream(...theirs)).toBe(signatureStream(...theirs));
    const { state } = await runners.signatures.load(await runners.signatureStream(...mine));
    expect(state.map(({ fields }) => fields.name)).toEqual(['An']);
    const other = await runners.signatures.load(await runners.signatureStream(...theirs));
    expect(other.state).toEqual([]);
  });

  it('are named anew for whoever has none', async () => {
    expect(await runners.signatureStream('BK-001', 'nguyen.an')).toBe(
      'signatures-BK-001/nguyen.an',
    );
  });
});

describe('an event of another’s in a stream', () => {
  it('stops the fold of a signature, as a damaged log does', async () => {
    const stream = signatureStream('BK-001', 'an');
    await store.append(stream, 'no-stream', [registered('Kẻ khác', actorOf('BK-001', 'binh'))]);
    await expect(runners.signatures.load(stream)).rejects.toMatchObject({ name: 'ForeignEvent' });
  });

  it('stops a register whose numbers another agency’s officer would have given', async () => {
    const stream = registerStream(register);
    const ids = { correlationId: 'c', causationId: 'd' };
    const context = { actor: actorOf(register.agency, 'a', 'receiving-officer'), ...ids };
    await runners.registers.execute(stream, { command: openBook(), context });
    const foreign = { ...context, actor: actorOf('BK-009', 'a', 'receiving-officer') };
    await runners.registers.execute(stream, { command: assign(), context: foreign });
    const fresh = new Runners(log.anotherStore());
    await expect(fresh.registers.load(stream)).rejects.toMatchObject({ name: 'ForeignEvent' });
  });

  it('stops a seal’s', async () => {
    const event = { ...registered('x', actorOf('BK-002', 'a')), type: 'SealRegistered' };
    await store.append(sealStream('BK-001'), 'no-stream', [event]);
    await expect(runners.seals.load(sealStream('BK-001'))).rejects.toMatchObject({
      name: 'ForeignEvent',
    });
  });
});
