/** MiB of a file that is sent to be stamped: a hundred scanned pages, and some. */
export const LARGEST_SCAN_MIB = 32;
/** A signature, its certificates and timestamps take some tenths of one beside the scan. */
export const LARGEST_SIGNED_MIB = LARGEST_SCAN_MIB + 4;

/** What reading one file may take, whatever stands in it. */
export const most = {
  pages: 1000,
  objects: 200_000,
  /** Updates of one file, and parts of its table of objects. */
  sections: 500,
  /** Arrays and dictionaries within each other. */
  depth: 64,
  /** Levels of the tree of pages. */
  levels: 64,
  /** Values read, all objects together. */
  values: 2_000_000,
  /** Bytes looked at while reading values, for each byte of the file. */
  passes: 8,
  /** Bytes of all streams that have to be unpacked to find the last page. */
  unpacked: 64 * 1024 * 1024,
  signatures: 20,
} as const;
