import type { Answer, CommandOptions, SealRow, SignatureRow, SpecimenAnswer } from '#client';
import { asked, portal } from '../api/portal.ts';

/** Chữ ký and con dấu are the same screens over two nouns; what differs is here. */
export type Kind = 'signature' | 'seal';
export type Specimen = SealRow &
  Partial<Pick<SignatureRow, 'signerFullName' | 'signerTitle' | 'authority'>>;

/** What is typed into the form; a signature names its signer too. */
export type SpecimenDraft = Readonly<
  Record<
    'name' | 'signerFullName' | 'signerTitle' | 'authority' | 'isDefault' | 'crop' | 'reason',
    string
  >
>;

type Path = { readonly agency: string; readonly id: string };
type Variant = 'full' | 'thumbnail';

interface Calls {
  /** As it stands now. */
  readonly one: (path: Path) => Promise<Specimen>;
  readonly list: (agency: string, page: number, signal: AbortSignal) => Promise<List>;
  readonly image: (
    path: Path,
    variant: Variant,
    version: number,
    signal: AbortSignal,
  ) => Promise<Blob>;
  readonly register: (
    agency: string,
    body: Body,
    options: CommandOptions,
  ) => Promise<Answer<SpecimenAnswer>>;
  readonly edit: (
    path: Path,
    body: Body,
    options: CommandOptions,
  ) => Promise<Answer<SpecimenAnswer>>;
  readonly revoke: (
    path: Path,
    body: { readonly reason: string },
    options: CommandOptions,
  ) => Promise<Answer<SpecimenAnswer>>;
}

interface List {
  readonly items: readonly Specimen[];
  readonly total: number;
  readonly summary: string;
}

export interface Body {
  readonly draft: SpecimenDraft;
  /** What was seen, where something is edited: only what differs is sent. */
  readonly before?: SpecimenDraft | undefined;
  readonly image: File | undefined;
}

export const ROWS = 20;
const paging = (page: number) => ({ limit: ROWS, offset: (page - 1) * ROWS });

type Authority = NonNullable<SignatureRow['authority']>;

const named = ({ draft }: Body) => ({
  name: draft.name.trim(),
  isDefault: draft.isDefault === 'yes',
});
const file = ({ draft, image }: Body) => ({
  ...(draft.crop === 'yes' && { crop: 'auto' as const }),
  ...(image && { image }),
});
const signer = ({ draft }: Body) => ({
  signerFullName: draft.signerFullName.trim(),
  signerTitle: draft.signerTitle.trim(),
  authority: draft.authority === '' ? null : (draft.authority as Authority),
});
/** What differs from what was seen: another's change of another field is left as it is. */
function changed<T extends object>(values: T, { draft, before }: Body): Partial<T> {
  const differs = (name: string): boolean =>
    draft[name as keyof SpecimenDraft] !== before?.[name as keyof SpecimenDraft];
  return Object.fromEntries(Object.entries(values).filter(([name]) => differs(name))) as Partial<T>;
}
const why = ({ draft }: Body) =>
  draft.reason.trim() === '' ? {} : { reason: draft.reason.trim() };

/** A form without a file is sent all the same: what is missing the service tells. */
const withImage = <T extends object>(body: T): T & { image: Blob } => body as T & { image: Blob };

const signature: Calls = {
  list: async (agency, page, signal) =>
    (await portal.listSignatures({ agency }, paging(page), asked(signal))).data,
  image: async (path, variant, version, signal) =>
    (await portal.getSignatureImage(path, { variant, version }, asked(signal))).data,
  register: (agency, body, options) =>
    portal.registerSignature(
      { agency },
      withImage({ ...named(body), ...signer(body), ...file(body) }),
      options,
    ),
  edit: (path, body, options) =>
    portal.editSignature(
      path,
      { ...changed({ ...named(body), ...signer(body) }, body), ...file(body), ...why(body) },
      options,
    ),
  one: async (path) => (await portal.getSignature(path, asked())).data,
  revoke: (path, body, options) => portal.revokeSignature(path, body, options),
};

const seal: Calls = {
  list: async (agency, page, signal) =>
    (await portal.listSeals({ agency }, paging(page), asked(signal))).data,
  image: async (path, variant, version, signal) =>
    (await portal.getSealImage(path, { variant, version }, asked(signal))).data,
  register: (agency, body, options) =>
    portal.registerSeal({ agency }, withImage({ ...named(body), ...file(body) }), options),
  edit: (path, body, options) =>
    portal.editSeal(path, { ...changed(named(body), body), ...file(body), ...why(body) }, options),
  one: async (path) => (await portal.getSeal(path, asked())).data,
  revoke: (path, body, options) => portal.revokeSeal(path, body, options),
};

export const calls: Readonly<Record<Kind, Calls>> = { signature, seal };
