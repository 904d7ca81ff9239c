import { createHash } from 'node:crypto';
import { Runners } from '../../libs/commands/runners.ts';
import {
  agencyStream,
  registerStream,
  sealStream,
  type RegisterCommand,
  type SpecimenImage,
} from '#domain';
import type { EventStore } from '#event-store';
import {
  assign,
  closeBook,
  confirm,
  correct,
  endProposal,
  openBook,
  proposeClosing,
  proposeCorrection,
  register,
  revoke,
  voidNumber,
} from './register-samples.ts';

/** Bytes that stand for a picture: what is said of them here is their hash. */
export const picture = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
};

export const SEAL = picture('a seal');

const image = (sha256: string): SpecimenImage => ({
  sha256,
  mediaType: 'image/png',
  width: 360,
  height: 360,
  bytes: 6,
  warnings: [],
});

const roleFor: Readonly<Record<string, string>> = {
  RevokeCertification: 'certifier',
  ConfirmProposal: 'certifier',
  RefuseProposal: 'certifier',
};

/** A correction that is refused, asked for anew and confirmed, one that lapses, and the closing. */
function two(agency: string): readonly RegisterCommand[] {
  const officer = { account: `receiving-officer.${agency}`, name: 'Trần Thị Bình' };
  const certifier = { account: `certifier.${agency}`, name: 'Trần Thị Bình' };
  const correction = { by: officer, note: 'Bản chính có hai trang' };
  const closing = { proposalId: 'closing-1', number: null };
  return [
    proposeCorrection({ ...correction, proposalId: '1-1', requester: undefined }),
    endProposal({ by: certifier }),
    proposeCorrection({ ...correction, proposalId: '1-2' }),
    confirm({ by: certifier, proposalId: '1-2' }),
    proposeCorrection({ by: officer, number: 4, proposalId: '4-1', copies: 9 }),
    voidNumber({ number: 4 }),
    proposeClosing({ by: officer }),
    endProposal({ ...closing, type: 'WithdrawProposal', by: officer }),
    proposeClosing({ by: officer, proposalId: 'closing-2' }),
    confirm({ by: certifier, proposalId: 'closing-2', number: null }),
  ];
}

/**
 * An office's year as it may be: a directory, a seal, a book with numbers of which some are
 * corrected, voided and revoked, and its closing; all by those who may do it.
 * @param agencies each of them lives it, one after another
 * @param isTwo in the end two accounts have to agree
 */
export async function playStory(
  eventStore: EventStore,
  agencies: readonly string[] = ['BK-001'],
  isTwo = false,
): Promise<void> {
  let second = 0;
  const now = (): Date => new Date(Date.parse('2024-05-10T01:00:00.000Z') + (second += 1) * 1000);
  const runners = new Runners(eventStore, { now });
  const by = (role: string, agency: string) => ({
    actor: { account: `${role}.${agency}`, name: 'Trần Thị Bình', role, agency },
    correlationId: `correlation-${second}`,
    causationId: `causation-${second}`,
  });
  for (const agency of agencies) {
    await runners.agencies.execute(agencyStream(agency), {
      command: {
        type: 'RegisterAgency',
        code: agency,
        name: `UBND phường ${agency}`,
        level: 'commune',
      },
      context: by('operator', agency),
    });
    await runners.seals.execute(sealStream(agency), {
      command: {
        type: 'RegisterSeal',
        id: 'seal-1',
        fields: { name: 'Dấu', isDefault: true },
        image: image(SEAL.sha256),
      },
      context: by('clerk', agency),
    });
    const key = { ...register, agency };
    const seal = { id: 'seal-1', version: 1, sha256: SEAL.sha256 };
    const commands: RegisterCommand[] = [
      openBook({ register: key }),
      ...[1, 2, 3, 4].map((document) => assign({ register: key, document, seal })),
      correct({ number: 1, requester: 'Lê Thị Cúc Hoa' }),
      voidNumber({ number: 2 }),
      assign({ register: key, document: 2, seal }),
      revoke({ number: 3 }),
      correct({ number: 1, copies: 3 }),
      ...(isTwo ? [] : [closeBook()]),
    ];
    const run = async (command: RegisterCommand): Promise<void> => {
      const role = roleFor[command.type] ?? 'receiving-officer';
      await runners.registers.execute(registerStream(key), { command, context: by(role, agency) });
    };
    for (const command of commands) await run(command);
    if (!isTwo) continue;
    await runners.agencies.execute(agencyStream(agency), {
      command: { type: 'EditAgency', code: agency, fourEyes: true, reason: 'Quy chế' },
      context: by('operator', agency),
    });
    for (const command of two(agency)) await run(command);
  }
}
