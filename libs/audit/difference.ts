import { isDeepStrictEqual } from 'node:util';
import {
  agencyLevelLabels,
  agencyStateLabels,
  bookStatusLabels,
  copyStateLabels,
  displayNumber,
  displayTime,
  dossierStateLabels,
  entryStateLabels,
  labelOfField,
  mandateKindLabels,
  mandateStatusLabels,
  numberingLabels,
  shownScope,
  shownValue,
  versionStateLabels,
  type Changes,
  type CopyStateName,
  type Field,
  type NumberRange,
  type Proposer,
  type ThingKind,
} from '#domain';

/** One field of a thing at two moments; null where there is nothing. Plain data. */
export interface FieldDifference {
  readonly field: Field;
  readonly label: string;
  readonly from: unknown;
  readonly to: unknown;
  /** As people read it. */
  readonly fromText: string;
  readonly toText: string;
  readonly changed: boolean;
}

type Values = Readonly<Record<string, unknown>>;

const columns = [
  ...(['number', 'dossier', 'document', 'certifiedOn', 'requester', 'documentTitle'] as const),
  ...(['certifierFullName', 'certifierTitle', 'authority', 'copies', 'fee', 'note'] as const),
] satisfies Field[];

/** What people know each thing by, in the order they read it. */
const fieldsOf: Readonly<Record<ThingKind, readonly Field[]>> = {
  register: ['state', 'lastNumber', 'reason', 'knownLast', 'lost'],
  book: [
    ...(['name', 'firstNumber', 'openedOn', 'closesOn', 'form', 'state'] as const),
    ...(['firstAssigned', 'lastAssigned', 'lastEntryOn', 'entries', 'voided', 'revoked'] as const),
    ...(['lost', 'copies', 'fees', 'closedOn', 'confirmedByFullName'] as const),
    ...(['confirmedByTitle', 'confirmedByAuthority', 'seal'] as const),
    ...(['discardReason', 'proposal'] as const),
  ],
  entry: [
    ...columns,
    ...(['mandate', 'signature', 'seal', 'state', 'corrections', 'voidReason'] as const),
    ...(['decisionNumber', 'decisionDate', 'decisionIssuer', 'revokeReason'] as const),
    ...(['publishedAt', 'publishedOn', 'copy', 'proposal'] as const),
  ],
  signature: [
    ...(['name', 'signerFullName', 'signerTitle', 'authority'] as const),
    ...(['isDefault', 'image', 'state', 'reason'] as const),
  ],
  seal: ['name', 'isDefault', 'image', 'state', 'reason'],
  mandate: [
    ...(['mandateKind', 'holderFullName', 'holderTitle', 'holderAccount'] as const),
    ...(['mandateIssuer', 'mandateNumber', 'issuedOn', 'scope', 'validFrom', 'validTo'] as const),
    ...(['state', 'endedOn', 'endReason'] as const),
  ],
  dossier: [
    ...(['dossier', 'requester', 'documents', 'receivedAt', 'firstDueAt'] as const),
    ...(['calendarKnown', 'dueAt', 'appointmentReason', 'agreedInWriting'] as const),
    ...(['state', 'returnReason'] as const),
  ],
  agency: [
    ...([
      'agencyCode',
      'name',
      'level',
      'identifier',
      'statisticalCode',
      'fourEyes',
      'accepted',
      'state',
    ] as const),
    ...(['successor', 'retiredOn', 'retireReason'] as const),
  ],
};

/** What a state is called, which of each kind of thing is another thing. */
const stateLabels: Readonly<Record<ThingKind, Readonly<Record<string, string>>>> = {
  register: numberingLabels,
  book: bookStatusLabels,
  entry: entryStateLabels,
  signature: versionStateLabels,
  seal: versionStateLabels,
  mandate: mandateStatusLabels,
  dossier: dossierStateLabels,
  agency: agencyStateLabels,
};

/**
 * Every field people know a thing by, null where there is nothing; folding differences of these
 * (`applyChanges`) gives the later ones.
 * @param state as `AsOf` has it
 */
export function toldFields(kind: ThingKind, state: object | null): Values {
  const values = state === null ? {} : spread(kind, state as Values);
  return Object.fromEntries(fieldsOf[kind].map((field) => [field, said(values[field])]));
}

/** Nothing, an empty text and none of several say the same. */
const said = (value: unknown): unknown =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    ? null
    : value;

/** A state's values under the names of the fields people know. */
function spread(kind: ThingKind, state: Values): Values {
  switch (kind) {
    case 'register': {
      const { paused } = state as { readonly paused: Values | null };
      return { ...state, ...paused, state: paused ? 'paused' : 'running' };
    }
    case 'book':
      return { ...state, state: state['status'] };
    case 'entry':
      return { ...state, number: state['numberText'] };
    case 'signature':
    case 'seal': {
      const { fields, images } = state as { fields: Values; images: readonly Values[] };
      return { ...fields, ...state, image: { version: images.length, ...images.at(-1) } };
    }
    case 'mandate':
      return { ...state, state: state['status'] };
    case 'dossier':
      return state;
    case 'agency':
      return { ...state, agencyCode: state['code'] };
    default:
      return kind satisfies never;
  }
}

/** Every field that is something at one of two moments, and whether it is another thing at the other. */
export function differenceOf(
  kind: ThingKind,
  before: object | null,
  after: object | null,
): readonly FieldDifference[] {
  const [earlier, later] = [toldFields(kind, before), toldFields(kind, after)];
  return fieldsOf[kind].flatMap((field) => {
    const [from, to] = [earlier[field] ?? null, later[field] ?? null];
    if (from === null && to === null) return [];
    const [fromText, toText] = [textOf(kind, field, from), textOf(kind, field, to)];
    const changed = !isDeepStrictEqual(from, to);
    return [{ field, label: labelOfField(field, kind), from, to, fromText, toText, changed }];
  });
}

/** Fields that are instants, which people read with their hour in Việt Nam. */
const instants: readonly Field[] = ['receivedAt', 'firstDueAt', 'dueAt'];

function textOf(kind: ThingKind, field: Field, value: unknown): string {
  if (field === 'proposal' && value !== null) return shownProposal(value as ProposedOne);
  if (field === 'scope' && Array.isArray(value)) return shownScope(value as string[]);
  if (field === 'copy' && value !== null) return shownCopyText(value as CopyThen);
  if (Array.isArray(value)) return value.map(textOfOne).join(', ');
  if (typeof value !== 'string') return shownValue(value);
  if (field === 'state') return stateLabels[kind][value] ?? value;
  if (field === 'mandateKind') return (mandateKindLabels as Values)[value] as string;
  if (instants.includes(field)) return displayTime(value);
  if (field === 'level') return (agencyLevelLabels as Values)[value] as string;
  return shownValue(value);
}

/** One of several: an agency's code, or a range of numbers. */
const textOfOne = (one: string | NumberRange): string =>
  typeof one === 'string' ? one : [one.from, one.to].map(displayNumber).join(' – ');

interface CopyThen {
  readonly state: CopyStateName;
  readonly sha256: string;
  readonly signedSha256: string | null;
  readonly signers: readonly string[];
}

/** Where an electronic copy was on its way, which file it was, and who had signed it. */
const shownCopyText = ({ state, sha256, signedSha256, signers }: CopyThen): string =>
  [copyStateLabels[state], ...signers, `SHA-256 ${signedSha256 ?? sha256}`].join('; ');

interface ProposedOne {
  readonly proposer: Proposer;
  readonly changes?: Changes<Values>;
}

/** Who has asked for it, and for what. */
function shownProposal({ proposer, changes = {} }: ProposedOne): string {
  const asked = Object.entries(changes).map(([field, change]) => {
    const [from, to] = [change?.from, change?.to].map(shownValue);
    return `${labelOfField(field, 'entry')}: ${from} → ${to}`;
  });
  return [proposer.name, ...asked].join('; ');
}
