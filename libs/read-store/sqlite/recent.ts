/** A document as it was last written. */
export interface Written {
  readonly position: string;
  /** JSON. */
  readonly doc: string;
}

/** Characters of each of the two halves. */
const HALF = 4 * 2 ** 20;

/**
 * The documents written last, some megabytes of them: they are the ones most likely to be changed
 * next, and the thread that has them may not have come to them yet. Two maps, the older of which
 * is forgotten whenever the younger is full.
 */
export interface Recent {
  readonly get: (id: string) => Written | undefined;
  readonly set: (id: string, written: Written) => void;
}

export function createRecent(half = HALF): Recent {
  let young = new Map<string, Written>();
  let old = new Map<string, Written>();
  let size = 0;
  return {
    get: (id) => young.get(id) ?? old.get(id),
    set: (id, written) => {
      young.set(id, written);
      size += id.length + written.doc.length;
      if (size < half) return;
      old = young;
      young = new Map();
      size = 0;
    },
  };
}
