const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/**
 * Besides the critical chunks (their names begin with a capital), what says how the picture is to
 * look. All others are kept from the decoder: it would unpack every compressed text, and three
 * megabytes of those unpack to gigabytes.
 */
const ABOUT_THE_PICTURE = new Set(['tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'eXIf']);

/** Programs write chunks of 8 KiB and more: 5 MiB are some 640 of them. */
const MOST_CHUNKS = 10_000;

export function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/**
 * Goes through the chunks (length, type, data, checksum) up to IEND. The decoder shows the first
 * picture of an animated PNG and does not mention the others, so they are counted here: as many as
 * are announced (acTL), or as many as there are (fcTL).
 */
export function readPng(bytes: Buffer) {
  const kept: Buffer[] = [SIGNATURE];
  let announced = 1;
  let found = 0;
  let end: number | undefined;
  let chunks = 0;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length && end === undefined;) {
    // As if it never ended: what is made of hundreds of thousands of empty chunks is made to cost time.
    if ((chunks += 1) > MOST_CHUNKS) break;
    const next = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'acTL' && next <= bytes.length) announced = bytes.readUInt32BE(at + 8);
    if (type === 'fcTL') found += 1;
    if (type === 'IEND' && next <= bytes.length) end = next;
    if (isCritical(type) || ABOUT_THE_PICTURE.has(type)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  return { frames: Math.max(1, announced, found), end, picture: Buffer.concat(kept) };
}

const isCritical = (type: string) => type >= 'A' && type < '[';
