import type { Doc } from '#read-store';
import { askedFor, type AskedFor } from './asked.ts';

/**
 * What personal data was shown as; `file`: an answer nobody can look into. `operation`: nothing was
 * shown, an operator had something done to the read models.
 */
export const accessKinds = [
  'entries',
  'entry',
  'image',
  'history',
  'as-of',
  'file',
  'operation',
] as const;
export type AccessKind = (typeof accessKinds)[number];

/** That someone was shown register entries, images or history: who, what, when, from where. */
export interface AccessRecord extends AskedFor {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly account: string;
  readonly actor: string;
  readonly role: string;
  /** The service account that called on the person's behalf. */
  readonly via: string | null;
  /** Whose data it was. */
  readonly agency: string;
  readonly kind: AccessKind;
  readonly method: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** How many rows came back; null in records of a time when that was not kept. */
  readonly shown: number | null;
  /** The numbers of the entries that were shown, at most a page of them. */
  readonly numbers: readonly number[];
  readonly address: string;
  readonly userAgent: string;
  readonly correlationId: string;
}

/** A record as it is stored: `target`, path and query in one, is of the first shape. */
export function readAccessRecord(doc: Doc): AccessRecord {
  const { target, ...kept } = doc;
  if (typeof target !== 'string') return doc as unknown as AccessRecord;
  const unknown = { method: 'GET', status: 200, shown: null, numbers: [] };
  return { ...kept, ...askedFor(target), ...unknown } as unknown as AccessRecord;
}
