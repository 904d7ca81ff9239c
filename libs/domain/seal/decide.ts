import { requireText } from '../checks.ts';
import { decideSpecimens, type SpecimenCommand } from '../specimen/decide.ts';
import type { SpecimenChange } from '../specimen/specimen.ts';
import type { SealCommand } from './commands.ts';
import type { SealEvent, SealFields } from './events.ts';
import type { SealState } from './seal.ts';

const codes = {
  notFound: 'SEAL_NOT_FOUND',
  revoked: 'SEAL_REVOKED',
  nameTaken: 'SEAL_NAME_DUPLICATE',
} as const;

const sealName = (name: string): string => requireText('sealName', name);

function specimenCommand(command: SealCommand): SpecimenCommand<SealFields> {
  switch (command.type) {
    case 'RegisterSeal': {
      const fields = { ...command.fields, name: sealName(command.fields.name) };
      return { ...command, kind: 'register', fields };
    }
    case 'EditSeal': {
      const { name } = command.fields;
      const renamed = name === undefined ? {} : { name: sealName(name) };
      return { ...command, kind: 'edit', fields: { ...command.fields, ...renamed } };
    }
    case 'RevokeSeal':
      return { ...command, kind: 'revoke' };
    default:
      return command satisfies never;
  }
}

function eventOf({ kind, ...data }: SpecimenChange<SealFields>): SealEvent {
  const types = {
    registered: 'SealRegistered',
    edited: 'SealEdited',
    revoked: 'SealRevoked',
  } as const;
  return { type: types[kind], data } as SealEvent;
}

/** What a command on an agency's seals leads to. @throws Refusal */
export function decideSeals(state: SealState, command: SealCommand): readonly SealEvent[] {
  return decideSpecimens(state, specimenCommand(command), codes).map(eventOf);
}
