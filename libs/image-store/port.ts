/** Original image files, kept by the SHA-256 of their bytes. Adapters: disk (embedded default) and GridFS. */

export interface ImageStore {
  /**
   * Keeps the bytes under their hash, durable before the promise settles; storing the same bytes
   * again changes nothing. The caller has computed `sha256` (64 hex digits) and the adapter checks it.
   * @throws ImageStoreUnavailable ask again.
   */
  put(sha256: string, bytes: Buffer): Promise<void>;
  /** The bytes exactly as stored, checked against the hash; undefined where there are none. @throws ImageCorrupt */
  get(sha256: string): Promise<Buffer | undefined>;
  has(sha256: string): Promise<boolean>;
  /** Every hash kept, in no order. */
  list(): AsyncIterable<string>;
  close(): Promise<void>;
}

/** What is stored no longer has the hash it is stored under. */
export class ImageCorrupt extends Error {
  override readonly name = 'ImageCorrupt';
  constructor(readonly sha256: string) {
    super(`image ${sha256} does not match its hash`);
  }
}

export class ImageStoreUnavailable extends Error {
  override readonly name = 'ImageStoreUnavailable';
}
