import { changesBetween, isEmpty, type Changes } from '../changes.ts';
import { optionalText, requireText } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { sameName } from '../text.ts';
import type {
  Specimen,
  SpecimenChange,
  SpecimenFields,
  SpecimenImage,
  Specimens,
} from './specimen.ts';

/**
 * An owner's specimens are kept at hand as a whole, with every version, and written down at every
 * command: both have an end, far above what any office has. Those out of use count.
 */
const MOST_SPECIMENS = 200;
const MOST_VERSIONS = 100;

export type SpecimenCommand<F> =
  | {
      readonly kind: 'register';
      readonly id: string;
      readonly fields: F;
      readonly image: SpecimenImage;
    }
  | {
      readonly kind: 'edit';
      readonly id: string;
      readonly fields: Partial<F>;
      readonly image: SpecimenImage | null;
      readonly reason: string;
    }
  | { readonly kind: 'revoke'; readonly id: string; readonly reason: string };

/** The codes a kind of specimen refuses with. */
export interface SpecimenRefusals {
  readonly notFound: 'SIGNATURE_NOT_FOUND' | 'SEAL_NOT_FOUND';
  readonly revoked: 'SIGNATURE_REVOKED' | 'SEAL_REVOKED';
  readonly nameTaken: 'SIGNATURE_NAME_DUPLICATE' | 'SEAL_NAME_DUPLICATE';
}

function requireInUse<F extends SpecimenFields>(
  state: Specimens<F>,
  id: string,
  codes: SpecimenRefusals,
): Specimen<F> {
  const specimen = state.find((candidate) => candidate.id === id) ?? refuse(codes.notFound, {});
  return specimen.state === 'in-use'
    ? specimen
    : refuse(codes.revoked, { name: specimen.fields.name });
}

const inUse = <F extends SpecimenFields>(state: Specimens<F>): Specimens<F> =>
  state.filter((specimen) => specimen.state === 'in-use');

/** One default each: the others in use give it up. */
function takeDefault<F extends SpecimenFields>(
  state: Specimens<F>,
  id: string,
): readonly SpecimenChange<F>[] {
  const others = inUse(state).filter((other) => other.id !== id && other.fields.isDefault);
  return others.map((other) => ({
    kind: 'edited',
    id: other.id,
    changes: { isDefault: { from: true, to: false } } as Changes<F>,
    image: null,
    version: other.images.length,
    reason: '',
  }));
}

function checkName<F extends SpecimenFields>(
  state: Specimens<F>,
  id: string,
  name: string,
  codes: SpecimenRefusals,
): void {
  const taken = inUse(state).some((other) => other.id !== id && sameName(other.fields.name, name));
  if (taken) refuse(codes.nameTaken, { name });
}

/** For another version. */
function requireRoom<F extends SpecimenFields>({ fields: { name }, images }: Specimen<F>): void {
  if (images.length >= MOST_VERSIONS) refuse('VERSIONS_EXHAUSTED', { name, most: MOST_VERSIONS });
}

/** What a command on an owner's specimens leads to; the fields arrive tidied. @throws Refusal */
export function decideSpecimens<F extends SpecimenFields>(
  state: Specimens<F>,
  command: SpecimenCommand<F>,
  codes: SpecimenRefusals,
): readonly SpecimenChange<F>[] {
  switch (command.kind) {
    case 'register':
      return register(state, command, codes);
    case 'edit':
      return edit(state, command, codes);
    case 'revoke':
      return revoke(state, command, codes);
    default:
      return command satisfies never;
  }
}

function register<F extends SpecimenFields>(
  state: Specimens<F>,
  command: Extract<SpecimenCommand<F>, { kind: 'register' }>,
  codes: SpecimenRefusals,
): readonly SpecimenChange<F>[] {
  const { id, image } = command;
  if (state.some((specimen) => specimen.id === id)) return [];
  checkName(state, id, command.fields.name, codes);
  if (state.length >= MOST_SPECIMENS) refuse('SPECIMENS_EXHAUSTED', { most: MOST_SPECIMENS });
  const isDefault = command.fields.isDefault || inUse(state).length === 0;
  const fields = { ...command.fields, isDefault };
  const yielded = isDefault ? takeDefault(state, id) : [];
  return [...yielded, { kind: 'registered', id, version: 1, fields, image }];
}

function edit<F extends SpecimenFields>(
  state: Specimens<F>,
  command: Extract<SpecimenCommand<F>, { kind: 'edit' }>,
  codes: SpecimenRefusals,
): readonly SpecimenChange<F>[] {
  const specimen = requireInUse(state, command.id, codes);
  const changes = changesBetween(specimen.fields, command.fields);
  const replaced = command.image?.sha256 !== specimen.images.at(-1)?.sha256;
  const image = replaced ? command.image : null;
  if (isEmpty(changes) && image === null) return [];
  if (command.fields.name !== undefined) checkName(state, command.id, command.fields.name, codes);
  if (image) requireRoom(specimen);
  const yielded = command.fields.isDefault === true ? takeDefault(state, command.id) : [];
  const version = specimen.images.length + (image ? 1 : 0);
  const reason = optionalText('reason', command.reason);
  return [...yielded, { kind: 'edited', id: command.id, changes, image, version, reason }];
}

function revoke<F extends SpecimenFields>(
  state: Specimens<F>,
  command: Extract<SpecimenCommand<F>, { kind: 'revoke' }>,
  codes: SpecimenRefusals,
): readonly SpecimenChange<F>[] {
  const { id } = command;
  if (state.some((specimen) => specimen.id === id && specimen.state === 'revoked')) return [];
  requireInUse(state, id, codes);
  return [{ kind: 'revoked', id, reason: requireText('reason', command.reason) }];
}
