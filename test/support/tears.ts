import type { Samples } from '../../bench/samples.ts';

/** A file as a power cut or a disk that lies leaves it: torn somewhere in its last pages. */
export type Tear = (bytes: Buffer, samples: Samples) => Buffer;

const PAGE = 4096;
/** Of the end of a file that is torn somewhere. */
const TAIL = 6 * PAGE;

const somewhere = ({ length }: Buffer, samples: Samples): number =>
  length - 1 - samples.below(Math.min(length - 1, TAIL));
const noise = (length: number, samples: Samples): Buffer =>
  Buffer.from(Array.from({ length }, () => samples.below(256)));

/** The bytes with others laid over them from a place on; it gets no longer. */
function over(bytes: Buffer, laid: Buffer, at: number): Buffer {
  laid.copy(bytes, at);
  return bytes;
}

const lastPage = ({ length }: Buffer): number => Math.max(0, length - PAGE);

export const tears: Readonly<Record<string, Tear>> = {
  'cut short': (bytes, samples) => bytes.subarray(0, somewhere(bytes, samples)),
  'noise in its last page': (bytes, samples) => over(bytes, noise(PAGE, samples), lastPage(bytes)),
  'nothing in its last page': (bytes) => over(bytes, Buffer.alloc(PAGE), lastPage(bytes)),
  'some noise near its end': (bytes, samples) =>
    over(bytes, noise(1 + samples.below(512), samples), somewhere(bytes, samples)),
  'noise behind its end': (bytes, samples) =>
    Buffer.concat([bytes, noise(1 + samples.below(2 * PAGE), samples)]),
};
