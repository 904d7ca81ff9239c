import { requireText } from '../checks.ts';
import { decideSpecimens, type SpecimenCommand } from '../specimen/decide.ts';
import type { SpecimenChange } from '../specimen/specimen.ts';
import type { SignatureCommand } from './commands.ts';
import type { SignatureEvent, SignatureFields } from './events.ts';
import type { SignatureState } from './signature.ts';

const codes = {
  notFound: 'SIGNATURE_NOT_FOUND',
  revoked: 'SIGNATURE_REVOKED',
  nameTaken: 'SIGNATURE_NAME_DUPLICATE',
} as const;

/** The given fields tidied; those not given stay absent. */
function tidied(fields: Partial<SignatureFields>): Partial<SignatureFields> {
  const { name, signerFullName, signerTitle } = fields;
  return {
    ...fields,
    ...(name !== undefined && { name: requireText('signatureName', name) }),
    ...(signerFullName !== undefined && {
      signerFullName: requireText('signerFullName', signerFullName),
    }),
    ...(signerTitle !== undefined && { signerTitle: requireText('signerTitle', signerTitle) }),
  };
}

function specimenCommand(command: SignatureCommand): SpecimenCommand<SignatureFields> {
  switch (command.type) {
    case 'RegisterSignature':
      return {
        ...command,
        kind: 'register',
        fields: { ...command.fields, ...tidied(command.fields) },
      };
    case 'EditSignature':
      return { ...command, kind: 'edit', fields: tidied(command.fields) };
    case 'RevokeSignature':
      return { ...command, kind: 'revoke' };
    default:
      return command satisfies never;
  }
}

function eventOf({ kind, ...data }: SpecimenChange<SignatureFields>): SignatureEvent {
  const types = {
    registered: 'SignatureRegistered',
    edited: 'SignatureEdited',
    revoked: 'SignatureRevoked',
  } as const;
  return { type: types[kind], data } as SignatureEvent;
}

/** What a command on an account's signatures leads to. @throws Refusal */
export function decideSignatures(
  state: SignatureState,
  command: SignatureCommand,
): readonly SignatureEvent[] {
  return decideSpecimens(state, specimenCommand(command), codes).map(eventOf);
}
