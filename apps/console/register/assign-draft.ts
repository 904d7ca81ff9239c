import type { AssignEntryDto, BatchItem } from '#client';
import { shownDay, typedDay, typedWhole } from '../parts/days.ts';
import type { Faults } from '../api/command.ts';
import type { Words } from '../words/vi.ts';
import { authorityOf } from './authorities.ts';

/** One document of the dossier, as typed, and what became of it. */
export interface Line {
  /** Its place in the dossier; stays with it when others are removed. */
  readonly document: number;
  readonly documentTitle: string;
  readonly copies: string;
  readonly pages: string;
  /** Empty until somebody types one: the tariff's then. */
  readonly fee: string;
  readonly answer?: BatchItem;
}

/** What all documents of the dossier have in common. */
export type Common = Readonly<
  Record<
    | 'dossier'
    | 'requester'
    | 'certifiedOn'
    | 'signer'
    | 'certifierFullName'
    | 'certifierTitle'
    | 'authority'
    | 'seal',
    string
  >
>;

export const newLine = (document: number): Line => ({
  document,
  documentTitle: '',
  copies: '1',
  pages: '',
  fee: '',
});

/** The lines with one back in its place, unless another has taken its number meanwhile. */
export const withLine = (lines: readonly Line[], line: Line): readonly Line[] =>
  lines.some(({ document }) => document === line.document)
    ? lines
    : [...lines, line].sort((one, other) => one.document - other.document);

export const emptyCommon = (today: string, signer: string, seal: string): Common => ({
  dossier: '',
  requester: '',
  certifiedOn: shownDay(today),
  signer,
  certifierFullName: '',
  certifierTitle: '',
  authority: '',
  seal,
});

export const isNumbered = ({ answer }: Line): boolean => answer?.entry != null;

/** Whose signature: its account and id, as the list of choices has them in one text. */
export const signerKey = (account: string, id: string): string => `${account} ${id}`;

function signing({ signer, certifierFullName, certifierTitle, authority }: Common) {
  const [account, id] = signer.split(' ');
  if (account !== undefined && id !== undefined) return { signature: { account, id } };
  return {
    certifierFullName: certifierFullName.trim(),
    certifierTitle: certifierTitle.trim(),
    authority: authorityOf(authority),
  };
}

/** A document as the service takes it; `proposed` is the tariff's fee where none was typed. */
export function documentOf(common: Common, line: Line, proposed: number | null): AssignEntryDto {
  const { dossier, requester, certifiedOn, seal } = common;
  return {
    dossier: dossier.trim(),
    document: line.document,
    requester: requester.trim(),
    documentTitle: line.documentTitle.trim(),
    certifiedOn: typedDay(certifiedOn) ?? certifiedOn,
    copies: typedWhole(line.copies) ?? 0,
    ...(line.pages.trim() !== '' && { pages: typedWhole(line.pages) ?? 0 }),
    fee: line.fee.trim() === '' ? (proposed ?? 0) : (typedWhole(line.fee) ?? 0),
    ...signing(common),
    ...(seal !== '' && { seal: { id: seal } }),
  };
}

/** Faults of a line are told by its document and field: `2/copies`. */
export const faultKey = (document: number, field: string): string => `${document}/${field}`;

const isWhole = (text: string): boolean => typedWhole(text) !== undefined;

interface Rules {
  readonly words: Words;
  /** The tariff's fee of each document, where there is one. */
  readonly fees: ReadonlyMap<number, number | null>;
}

/** What can be told before anything is sent. */
export function faultsIn(common: Common, lines: readonly Line[], { words, fees }: Rules): Faults {
  const labels = words.entries.fields;
  const must = ['dossier', 'requester'] as const;
  const isSigned = common.signer !== '' || common.certifierFullName.trim() !== '';
  const ofLines = lines
    .filter((line) => !isNumbered(line))
    .flatMap((line) => {
      const found: [string, string][] = [];
      const say = (field: keyof Line, text: string) =>
        found.push([faultKey(line.document, field), text]);
      if (line.documentTitle.trim() === '')
        say('documentTitle', words.required(labels.documentTitle));
      if (!isWhole(line.copies)) say('copies', words.badNumber(labels.copies));
      if (line.pages.trim() !== '' && !isWhole(line.pages))
        say('pages', words.badNumber(labels.pages));
      const hasTariff = fees.get(line.document) != null;
      if (line.fee.trim() === '' && !hasTariff) say('fee', words.required(labels.fee));
      if (line.fee.trim() !== '' && !isWhole(line.fee)) say('fee', words.badNumber(labels.fee));
      return found;
    });
  return Object.fromEntries([
    ...must
      .filter((name) => common[name].trim() === '')
      .map((name) => [name, words.required(labels[name])]),
    ...(typedDay(common.certifiedOn) === undefined ? [['certifiedOn', words.badDay]] : []),
    ...(isSigned ? [] : [['certifierFullName', words.entries.missingSigner]]),
    ...ofLines,
  ]) as Faults;
}
