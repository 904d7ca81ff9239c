import { readFileSync } from 'node:fs';
import {
  ABSENCE_HEAD,
  BrokenProof,
  onOneLine,
  parseAbsence,
  parseConsistency,
  parseInclusion,
  verifyAbsence,
  verifyConsistency,
  verifyInclusion,
  type Absence,
  type Consistency,
  type Inclusion,
  type Language,
  type SealedEvent,
  type Trust,
} from '#audit/proofs';

/** Longest proof, in bytes: a path of 64 hashes, an event, a checkpoint with its witnesses. */
const LONGEST = 8 * 2 ** 20;
const FIRST_LINES = ['c2sp.org/tlog-proof@v1\n', 'old ', ABSENCE_HEAD];

/** Whether a file is a single proof, not a bundle. */
export const isProof = (head: string): boolean => FIRST_LINES.some((one) => head.startsWith(one));

export interface ProofOptions {
  /** File of the checkpoint that was kept: of a proof of consistency. */
  readonly older?: string;
  /** File of the event as JSON, where the proof does not carry it. */
  readonly event?: string;
}

export type ProofVerdict =
  | ({ readonly isWhole: true } & (Inclusion | Consistency | Absence))
  | { readonly isWhole: false; readonly detail: string };

/** What was asked of a proof and stands in none of its kind is said, never passed over. @throws BrokenProof */
function requireAnswerable(trust: Trust, saysNothingGiven: boolean): void {
  if (trust.tsa !== undefined)
    throw new BrokenProof('--tsa: a single proof carries no timestamps; a bundle does');
  if (saysNothingGiven && trust.policy !== undefined)
    throw new BrokenProof(
      '--policy: what says that nothing was given carries no cosignatures; hold its checkpoint against one that was cosigned',
    );
}

/**
 * Holds one proof against the key. @throws BrokenProof it is none, or what it needs beside it was not named
 */
export function verifyProof(path: string, options: ProofOptions, trust: Trust): ProofVerdict {
  const text = read(path);
  const isInclusion = text.startsWith(FIRST_LINES[0] ?? '');
  const saysNothingGiven = text.startsWith(ABSENCE_HEAD);
  requireAnswerable(trust, saysNothingGiven);
  if (saysNothingGiven) {
    const proof = parseAbsence(text);
    return judged(() => verifyAbsence(proof, trust.keys));
  }
  if (isInclusion) {
    const proof = parseInclusion(text);
    const event = options.event === undefined ? undefined : eventIn(read(options.event));
    return judged(() => verifyInclusion(proof, trust, event));
  }
  const proof = parseConsistency(text);
  if (options.older === undefined)
    throw new BrokenProof('--older <file>: the checkpoint that was kept');
  const kept = read(options.older);
  return judged(() => verifyConsistency(proof, kept, trust));
}

function read(path: string): string {
  const text = readFileSync(path);
  if (text.length > LONGEST) throw new BrokenProof(`${path}: more than ${LONGEST} bytes`);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
}

/** An event as the service answers it, by itself or beside its proof. @throws BrokenProof */
function eventIn(text: string): SealedEvent {
  try {
    const parsed = JSON.parse(text) as SealedEvent & { readonly event?: SealedEvent };
    return parsed.event ?? parsed;
  } catch {
    throw new BrokenProof('--event: no JSON');
  }
}

function judged(work: () => Inclusion | Consistency | Absence): ProofVerdict {
  try {
    return { isWhole: true, ...work() };
  } catch (error) {
    if (!(error instanceof BrokenProof)) throw error;
    return { isWhole: false, detail: error.message };
  }
}

const words = {
  vi: {
    inclusion: (one: Inclusion) =>
      `ĐÚNG: sự kiện thứ ${one.index} trong ${one.size} sự kiện đã niêm phong.`,
    consistency: (one: Consistency) =>
      `ĐÚNG: điểm kiểm tra ${one.size} tiếp nối điểm kiểm tra ${one.older}, không sửa gì.`,
    absence: ({ kind, asked, given, stream, size, numbers }: Absence) => {
      const what = kind === 'number' ? `số ${asked}` : `giấy tờ ${asked}`;
      const as = numbers.length === 0 ? '' : ` (số ${numbers.join(', ')})`;
      const said = given ? `đã được cấp${as}` : 'CHƯA TỪNG được cấp số';
      return `ĐÚNG: đến sự kiện thứ ${size}, ${what} trong ${stream} ${said}.`;
    },
    broken: 'KHÔNG ĐÚNG',
    witnesses: 'Nhân chứng',
  },
  en: {
    inclusion: (one: Inclusion) => `HOLDS: event ${one.index} of ${one.size} that are sealed.`,
    consistency: (one: Consistency) =>
      `HOLDS: checkpoint ${one.size} continues checkpoint ${one.older}; nothing was changed.`,
    absence: ({ kind, asked, given, stream, size, numbers }: Absence) => {
      const what = kind === 'number' ? `number ${asked}` : `document ${asked}`;
      const as = numbers.length === 0 ? '' : ` (${numbers.join(', ')})`;
      const said = given ? `was given${as}` : 'was NEVER given';
      return `HOLDS: in the first ${size} events ${what} ${said} in ${stream}.`;
    },
    broken: 'DOES NOT HOLD',
    witnesses: 'Witnesses',
  },
} as const;

const isAbsence = (one: Inclusion | Consistency | Absence): one is Absence =>
  one.kind === 'number' || one.kind === 'document';

/** The verdict in words. */
export function proofReport(verdict: ProofVerdict, language: Language): string {
  const said = words[language];
  if (!verdict.isWhole) return `${said.broken}: ${onOneLine(verdict.detail)}`;
  if (isAbsence(verdict))
    return [verdict.origin, '', said.absence(verdict)].map(onOneLine).join('\n');
  const { origin, root, cosignedBy } = verdict;
  const by = cosignedBy.length === 0 ? '–' : cosignedBy.join(', ');
  const lines = [origin, root, `${said.witnesses}: ${by}`];
  const event = verdict.kind === 'inclusion' ? [JSON.stringify(verdict.event)] : [];
  const end = verdict.kind === 'inclusion' ? said.inclusion(verdict) : said.consistency(verdict);
  return [...lines, ...event].map(onOneLine).concat('', end).join('\n');
}
