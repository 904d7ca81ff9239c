/** A document as it was last written. */
export interface Written {
  readonly position: string;
  /** JSON. */
  readonly doc: string;
}

/**
 * Documents that were asked for while a collection is filled: what is changed once is changed again,
 * and the thread that has them is some batches behind. Most documents never change and are not kept,
 * which spares the garbage collector more than anything else here.
 */
export interface Recent {
  readonly get: (id: string) => Written | undefined;
  readonly add: (id: string, written: Written) => void;
  /** What is kept is kept as it is now. */
  readonly update: (id: string, written: Written) => void;
}

/** Characters of each of the two halves. */
const HALF = 2 ** 18;

/** Two maps, the older of which is forgotten whenever the younger is full. */
export function createRecent(half = HALF): Recent {
  let young = new Map<string, Written>();
  let old = new Map<string, Written>();
  let size = 0;
  const add = (id: string, written: Written): void => {
    young.set(id, written);
    size += id.length + written.doc.length;
    if (size < half) return;
    old = young;
    young = new Map();
    size = 0;
  };
  return {
    get: (id) => young.get(id) ?? old.get(id),
    add,
    update: (id, written) => {
      if (young.has(id) || old.has(id)) add(id, written);
    },
  };
}
