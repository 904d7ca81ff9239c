/** A share of all documents, the same ones for the same seed. */
export interface Sample {
  /** Above 0, up to 1. */
  readonly share: number;
  readonly seed: number;
}

/** Whether a document is in the sample: by its id alone, so that one that is lost or surplus is found too. */
export function isIn({ share, seed }: Sample): (id: string) => boolean {
  const limit = share * 2 ** 32;
  return (id) => hash(id, seed) < limit;
}

/** 32 bits: FNV-1a over UTF-16 units, then the finishing steps of MurmurHash3, which spread them. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
