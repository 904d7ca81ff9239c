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
  readonly image: File | undefined;
}

export const ROWS = 20;
const paging = (page: number) => ({ limit: ROWS, offset: (page - 1) * ROWS });

type Authority = NonNullable<SignatureRow['authority']>;

const common = ({ draft, image }: Body) => ({
  name: draft.name.trim(),
  isDefault: draft.isDefault === 'yes',
  ...(draft.crop === 'yes' && { crop: 'auto' as const }),
  ...(image && { image }),
});
const signer = ({ draft }: Body) => ({
  signerFullName: draft.signerFullName.trim(),
  signerTitle: draft.signerTitle.trim(),
  authority: draft.authority === '' ? null : (draft.authority as Authority),
});
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
    portal.registerSignature({ agency }, withImage({ ...common(body), ...signer(body) }), options),
  edit: (path, body, options) =>
    portal.editSignature(path, { ...common(body), ...signer(body), ...why(body) }, options),
  revoke: (path, body, options) => portal.revokeSignature(path, body, options),
};

const seal: Calls = {
  list: async (agency, page, signal) =>
    (await portal.listSeals({ agency }, paging(page), asked(signal))).data,
  image: async (path, variant, version, signal) =>
    (await portal.getSealImage(path, { variant, version }, asked(signal))).data,
  register: (agency, body, options) =>
    portal.registerSeal({ agency }, withImage(common(body)), options),
  edit: (path, body, options) => portal.editSeal(path, { ...common(body), ...why(body) }, options),
  revoke: (path, body, options) => portal.revokeSeal(path, body, options),
};

export const calls: Readonly<Record<Kind, Calls>> = { signature, seal };
