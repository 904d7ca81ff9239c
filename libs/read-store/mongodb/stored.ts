import type { Collection, Db } from 'mongodb';
import { checkCollection, checkDoc } from '../checks.ts';
import type { CollectionSpec, Doc, StoredDoc } from '../port.ts';
import { searchText } from '../text.ts';

/** The document's own fields, beside three of the adapter's, whose names no document may use. */
export type Stored = {
  readonly _id: string;
  readonly _position: string;
  readonly _words: readonly string[];
} & { readonly [field: string]: unknown };

export function collectionOf(db: Db, spec: Pick<CollectionSpec, 'name'>): Collection<Stored> {
  checkCollection(spec);
  return db.collection<Stored>(spec.name);
}

export function fromStored({ _id, _position, _words, ...doc }: Stored): StoredDoc {
  return { id: _id, position: _position, doc: doc as Doc };
}

export function toStored(spec: CollectionSpec, { id, position, doc }: StoredDoc): Stored {
  checkDoc(id, doc);
  return { _id: id, _position: position, _words: wordsIn(spec, doc), ...doc };
}

/** Each once: an index has an entry for every one. */
const wordsIn = (spec: CollectionSpec, doc: Doc): readonly string[] =>
  [...new Set(searchText(spec, doc).split(' '))].filter((word) => word !== '');
