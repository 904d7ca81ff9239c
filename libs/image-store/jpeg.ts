/**
 * JPEG (ITU-T T.81, annex B): segments of marker, length and data; behind a "start of scan" coded
 * data up to the next marker. A decoder is given only what belongs to the picture, and as the
 * standard writes it: files of common programs have bytes between segments or scan parameters that
 * every viewer passes over, and a decoder that is to find damage would refuse them.
 */

const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** Baseline, extended sequential, progressive: what every viewer shows. */
const SHOWN_EVERYWHERE = [0xc0, 0xc1, 0xc2];
const SEQUENTIAL = [0xc0, 0xc1];
/** JFIF, Exif (how it is turned), ICC profile, Adobe (how colours are coded). */
const ABOUT_THE_PICTURE = [0xe0, 0xe1, 0xe2, 0xee];
const FRAME = { from: 0xc0, to: 0xcf, tables: [0xc4, 0xc8, 0xcc] } as const;
/** Each scan is a pass over the whole picture; programs make about ten. */
const MOST_SCANS = 50;
const MOST_SEGMENTS = 2000;

/** Kinds of JPEG that hardly any viewer shows, by what is different about them. */
export type RareJpeg = 'lossless' | 'arithmetic' | 'hierarchical' | 'deep';

interface Jpeg {
  /** Byte behind the picture's last one; undefined where the file ends before the picture does. */
  readonly end: number | undefined;
  readonly picture: Buffer;
  /** Undefined for one that every viewer shows. */
  readonly rare: RareJpeg | undefined;
}

interface Segment {
  readonly marker: number;
  /** Marker, length and data. */
  readonly bytes: Buffer;
  readonly behind: number;
}

/** Goes through the segments up to the end of the image. */
export function readJpeg(bytes: Buffer): Jpeg {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let frame: Segment | undefined;
  let scans = 0;
  let at = 2;
  for (let segments = 0; segments < MOST_SEGMENTS && scans <= MOST_SCANS; segments += 1) {
    const found = nextMarker(bytes, at);
    if (found?.marker === END_OF_IMAGE) {
      return { ...ended(kept, found.behind), rare: rareKind(frame) };
    }
    const segment = found && readSegment(bytes, found);
    if (segment === undefined) break;
    at = segment.behind;
    if (isFrame(segment.marker)) frame ??= segment;
    if (!isKept(segment.marker)) continue;
    if (segment.marker !== START_OF_SCAN) {
      kept.push(segment.bytes);
      continue;
    }
    const data = nextMarker(bytes, at);
    const dataEnds = data === undefined ? bytes.length : data.behind - 2;
    kept.push(scanHeader(segment, frame), bytes.subarray(at, dataEnds));
    if (data === undefined) return { ...ended(kept, bytes.length), rare: rareKind(frame) };
    at = dataEnds;
    scans += 1;
  }
  return { end: undefined, picture: bytes, rare: rareKind(frame) };
}

/**
 * The picture with the end it has, or should have: a file that stops right behind its last scan's
 * data lacks nothing to be seen, and whether the data is whole the decoder says.
 */
const ended = (kept: readonly Buffer[], end: number) => ({
  end,
  picture: Buffer.concat([...kept, Buffer.from([0xff, END_OF_IMAGE])]),
});

function readSegment(
  bytes: Buffer,
  { marker, behind: from }: { readonly marker: number; readonly behind: number },
): Segment | undefined {
  if (from + 2 > bytes.length) return undefined;
  const behind = from + bytes.readUInt16BE(from);
  if (behind > bytes.length || behind < from + 2) return undefined;
  return { marker, bytes: bytes.subarray(from - 2, behind), behind };
}

/** The next marker that has data or ends the image: not a stuffed zero, a restart or a filler. */
function nextMarker(bytes: Buffer, from: number) {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    const standsAlone = marker <= 1 || (marker >= 0xd0 && marker <= 0xd7);
    if (!standsAlone && marker !== 0xff) return { marker, behind: at + 2 };
  }
  return undefined;
}

const isFrame = (marker: number): boolean =>
  marker >= FRAME.from && marker <= FRAME.to && !FRAME.tables.some((table) => table === marker);

/** All but what applications and people have written beside the picture. */
const isKept = (marker: number): boolean =>
  marker < 0xe0 || (marker <= 0xef && ABOUT_THE_PICTURE.includes(marker));

/** A sequential picture's scan covers all coefficients in full precision, whatever its header says. */
function scanHeader({ bytes }: Segment, frame: Segment | undefined): Buffer {
  if (frame === undefined || !SEQUENTIAL.includes(frame.marker)) return bytes;
  return Buffer.concat([bytes.subarray(0, -3), Buffer.from([0, 63, 0])]);
}

function rareKind(frame: Segment | undefined): RareJpeg | undefined {
  if (frame === undefined) return undefined;
  if (SHOWN_EVERYWHERE.includes(frame.marker)) return frame.bytes[4] === 8 ? undefined : 'deep';
  const kind = frame.marker - FRAME.from;
  if (kind % 4 === 3) return 'lossless';
  return kind > 8 ? 'arithmetic' : 'hierarchical';
}
