/**
 * Where read models live. Two adapters keep these promises: SQLite (embedded default) and MongoDB;
 * `test/contract/read-store.contract.ts` holds both to them.
 */

export type Scalar = string | number | boolean | null;
export type DocValue = Scalar | readonly DocValue[] | { readonly [key: string]: DocValue };
/**
 * A read model's document: plain JSON. Field names contain neither `.` nor a leading `$` or `_`;
 * an array holds no array directly, but objects of any depth.
 */
export type Doc = { readonly [field: string]: DocValue };

export interface CollectionSpec {
  /** Physical name, `^[a-z][a-z0-9_]*$`. A new version or rebuild of a read model is a new name. */
  readonly name: string;
  /** Each index: its top-level fields in order. Every filter and sort a query uses should have one. */
  readonly indexes: readonly (readonly string[])[];
  /** Top-level string fields that `search` looks in, case and Vietnamese diacritics ignored. */
  readonly searchable: readonly string[];
  /**
   * For a collection too large to be looked through: an index of its words, for searches in which
   * these fields, texts in every document, are all to be equal to something.
   */
  readonly searchedWithin?: readonly string[] | undefined;
  /**
   * Groups whose documents are kept counted while they are written, each by the fields that make it.
   * Each of these fields is a text in every document; one that is not counts as the empty text.
   */
  readonly counted?: readonly (readonly string[])[] | undefined;
}

/** One document as a projection leaves it. */
export interface StoredDoc {
  readonly id: string;
  /** Log position of the event that last changed it; ordered as strings. */
  readonly position: string;
  readonly doc: Doc;
}

export type Condition =
  | Scalar
  | {
      readonly gt?: Scalar;
      readonly gte?: Scalar;
      readonly lt?: Scalar;
      readonly lte?: Scalar;
      readonly ne?: Scalar;
      /** One of these texts; none: nothing fits. For values few documents have, which are then sorted. */
      readonly in?: readonly string[];
    };

export interface Query {
  /**
   * All must hold. Top-level fields only, which hold scalars. `null` is also a missing field; a
   * range holds only among values of its own type; what is no condition is refused with an Error.
   */
  readonly filter?: { readonly [field: string]: Condition };
  /**
   * Words, each of which one of the searchable fields must have a word that begins with. Words are
   * runs of letters and digits: `H03.24-0012` is three, and is found by `0012`, not by `012`. A blank search is none;
   * signs alone find nothing. Never a pattern.
   */
  readonly search?: string;
  /** Ties are broken by id, in the direction of the last key. Missing and null come first ascending. */
  readonly sort?: readonly { readonly field: string; readonly descending?: boolean }[];
  /** 1 … 1000. */
  readonly limit: number;
  /** Offset paging: skip so many. Not together with `after`. */
  readonly offset?: number;
  /** Keyset paging: the `next` of the page before, asked with the same filter, search and sort. */
  readonly after?: string;
}

export interface Page {
  readonly items: readonly StoredDoc[];
  /**
   * How many match in all, whatever the page. Exact where the query asks for fields of one counted
   * group only, each to be a text or not to be one; else up to `MOST_COUNTED`.
   */
  readonly total: number;
  /** There are more than that, and nobody has counted how many. */
  readonly totalIsAtLeast?: true;
  /** Cursor of the following page; absent on the last. Opaque. */
  readonly next?: string;
}

/** As far as a total is counted where it is not kept. */
export const MOST_COUNTED = 1000;

/** A collection in the making, `ReadStore.load`. One call at a time, each after the one before has settled. */
export interface Load {
  /**
   * Writes documents as they now are, over what was written of them before. A call names each id at
   * most once. May settle before it is done, but never runs further ahead than some megabytes; what
   * went wrong is then told by a later call.
   */
  write(docs: readonly StoredDoc[]): Promise<void>;
  /** Those written so far, in no order. */
  getMany(ids: readonly string[]): Promise<readonly StoredDoc[]>;
  /**
   * Settles when all is durable and the collection has its indexes and is one like any other.
   * @throws CollectionDropped another process took it away meanwhile.
   */
  finish(): Promise<void>;
  /**
   * Settles when what was written so far would outlive this process, together with the value, of
   * which only the latest is kept. Of what is written after it, all, some or nothing may be there
   * when it is resumed.
   */
  milestone(value: Doc): Promise<void>;
  /** Ends it without a collection. Never rejects. */
  abandon(): Promise<void>;
  /** Ends it for now: it may be resumed from its last milestone. Never rejects. */
  leave(): Promise<void>;
}

/** A load that goes on where an earlier one had come to. */
export interface Resumed {
  readonly load: Load;
  readonly milestone: Doc;
}

/** What is in collections: written, read, put right. */
export interface Documents {
  /**
   * Writes documents; one already stored with the same or a later position is left as it is, so a
   * repeated or overtaken write changes nothing. A batch names each id at most once; it is not atomic.
   * With a fence nothing is written once its record has moved on. SQLite looks in the transaction
   * that writes. MongoDB, without multi-document transactions, looks immediately before: what slips
   * in between still never replaces a document of the same or a later position.
   * @throws Error the collection was never ensured, or has been dropped.
   * @throws Fenced the fence's record is at another version.
   * @throws ReadStoreUnavailable some may have been written; write the same again.
   */
  put(spec: CollectionSpec, docs: readonly StoredDoc[], fence?: Fence): Promise<void>;

  /** This and the other readings find a collection that does not exist empty. */
  get(spec: CollectionSpec, id: string): Promise<StoredDoc | undefined>;
  /** Those that exist, in no order. */
  getMany(spec: CollectionSpec, ids: readonly string[]): Promise<readonly StoredDoc[]>;
  /**
   * Never longer than the store was opened to let a read take, and no longer than somebody waits: what
   * is under way is then ended in the store, too, and others are not held up by it.
   * @throws InvalidCursor when `after` was not made by this query's sort.
   * @throws ReadTooSlow its time was over.
   * @throws the signal's reason, when it fires first.
   */
  find(spec: CollectionSpec, query: Query, signal?: AbortSignal): Promise<Page>;
  /** Every document in order of id, streamed in bounded memory. */
  scan(spec: CollectionSpec): AsyncIterable<StoredDoc>;

  /**
   * Puts one document right, for an operator; projections never do. Compare and set by position:
   * false, and nothing is written, where what is stored has meanwhile another one.
   */
  mend(spec: CollectionSpec, mending: Mending): Promise<boolean>;
}

/** Collections as wholes: made, filled, gone on with, taken away. */
export interface Fillings {
  /**
   * Makes the collection and its indexes where they are missing. Safe to call again and from many
   * processes at once; indexes may be added later, which for a collection that is filled as a whole
   * is much faster than keeping them up meanwhile.
   */
  ensure(spec: CollectionSpec): Promise<void>;

  /**
   * Begins to fill a new collection as a whole, much faster than `put` and without keeping others
   * from writing. Until it is finished nobody can read it or write to it; `collections` names it, so
   * that no other takes the name, and what a killed process has left of one goes away by `drop`.
   * @throws CollectionExists there is such a collection, or one in the making.
   */
  load(spec: CollectionSpec): Promise<Load>;

  /**
   * Goes on with a load that was left, or whose process was killed, under another name, so that
   * whoever still fills the old one can change nothing. Undefined where nothing can be gone on with:
   * no milestone was reached, the machine was restarted since, or a living process has the file
   * open (SQLite). What there is then goes away by `drop`. Whether another still fills it is for
   * the caller to know: on MongoDB it is taken from under it, which is told `CollectionDropped`.
   * @throws CollectionExists the new name is taken.
   */
  resume(spec: CollectionSpec, from: string): Promise<Resumed | undefined>;

  /**
   * Takes away the collection, or what there is of one in the making, and every record that belongs
   * to it: whoever uses the name again finds nothing of it. Nothing happens where there is none.
   */
  drop(spec: Pick<CollectionSpec, 'name'>): Promise<void>;
  /** Physical names of the collections there are. */
  collections(): Promise<readonly string[]>;
}

/** What is kept beside the documents. */
export interface Records {
  /**
   * Small control records (checkpoints, live generations), each replaced as a whole. One whose key
   * ends in `:` and a collection's name is written in order with its documents: after a crash it is
   * never ahead of them, and it goes with the collection when that is dropped.
   */
  readRecord(key: string): Promise<VersionedRecord | undefined>;
  /**
   * Compare and set: writes when the stored version is `expected` (0: no record yet) and answers
   * true; answers false, and writes nothing, when another writer was first.
   * @param durable settles only when it, and what was written before it beside it, survive a power cut
   */
  writeRecord(key: string, value: Doc, expected: number, durable?: 'durable'): Promise<boolean>;
}

export interface ReadStore extends Documents, Fillings, Records {
  ping(): Promise<void>;
  /** Names of files that were found damaged, each until it is made anew; a server's are its own. */
  damaged(): readonly string[];
  close(): Promise<void>;
}

export interface Mending {
  readonly id: string;
  /** Position of the document that was found; undefined where none was. */
  readonly found: string | undefined;
  /** What it should be; undefined: nothing. */
  readonly doc: StoredDoc | undefined;
}

/** A control record of the collection that is written to, at the version its writer last left it. */
export interface Fence {
  /** Ends in `:` and the collection's name. */
  readonly key: string;
  readonly version: number;
}

export interface VersionedRecord {
  readonly value: Doc;
  /** 1 after the first write, one more with each. */
  readonly version: number;
}

/** Nothing was changed: the name is taken. */
export class CollectionExists extends Error {
  override readonly name = 'CollectionExists';
}

/** Another writer has taken over: nothing was written. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/** What was being filled is no longer there: another process has dropped it. */
export class CollectionDropped extends Error {
  override readonly name = 'CollectionDropped';
}

export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
}

/** The store works, but this read took longer than one may: ask for less, or again when fewer ask. */
export class ReadTooSlow extends Error {
  override readonly name = 'ReadTooSlow';
}

/** The store could not be reached or did not answer in time; what was asked may be asked again. */
export class ReadStoreUnavailable extends Error {
  override readonly name: string = 'ReadStoreUnavailable';
}

/**
 * A file of the store is not what was written to it: no waiting mends that, a rebuild does. What does
 * not lie in it goes on.
 */
export class ReadStoreDamaged extends ReadStoreUnavailable {
  override readonly name = 'ReadStoreDamaged';
  constructor(
    /** Its name. */
    readonly file: string,
    said: string,
    options?: ErrorOptions,
  ) {
    super(`read models: ${file} is damaged (${said}); ops rebuild makes it anew`, options);
  }
}
