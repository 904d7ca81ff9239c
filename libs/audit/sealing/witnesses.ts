import {
  consistencyText,
  parseSignature,
  signatureLine,
  signersOf,
  parseNote,
  type NoteSignature,
  type Policy,
  type Witness,
} from '../proofs/index.ts';
import { bodyOf } from './body-of.ts';
import type { LogProofs } from './log-proofs.ts';
import type { Sealed, SealedLog } from './sealed-log.ts';

/** How long a witness may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Longest answer that is read: C2SP tlog-witness has some lines. */
const LONGEST_ANSWER = 64 * 1024;

export interface Cosigning {
  readonly proofs: LogProofs;
  readonly sealed: SealedLog;
  readonly policy: Policy;
  /** Told of each witness whether it has cosigned. */
  readonly tell: (witness: string, error: Error | undefined) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Has the witnesses that the policy gives an address of cosign a checkpoint (C2SP tlog-witness), and
 * keeps what they sign. A witness that is away, or refuses, is told of; the others are asked.
 */
export async function cosign(cosigning: Cosigning, checkpoint: Sealed): Promise<void> {
  const { policy, tell, signal } = cosigning;
  const asked = policy.witnesses.filter(({ url }) => url !== undefined);
  await Promise.all(
    asked.map((witness) =>
      cosignBy(cosigning, witness, checkpoint).then(
        () => tell(witness.name, undefined),
        (error: unknown) => {
          if (!signal?.aborted) tell(witness.name, error as Error);
        },
      ),
    ),
  );
}

async function cosignBy(cosigning: Cosigning, witness: Witness, checkpoint: Sealed): Promise<void> {
  const { sealed } = cosigning;
  const older = await sealed.attestations.lastCosigned(witness.name);
  if (older === checkpoint.size) return;
  const lines = await askedTwice(cosigning, witness, checkpoint, older);
  for (const signature of lines)
    await sealed.attestations.putCosignature(
      checkpoint.size,
      witness.name,
      signatureLine(signature),
    );
}

/** A witness says how far it is where that is not what was thought: it is asked once more, from there. */
async function askedTwice(
  cosigning: Cosigning,
  witness: Witness,
  checkpoint: Sealed,
  older: number,
): Promise<readonly NoteSignature[]> {
  const first = await ask(cosigning, witness, checkpoint, older);
  if (typeof first !== 'number') return first;
  if (first > checkpoint.size)
    throw new Error(`it has seen ${first} events, and this log has ${checkpoint.size}`);
  const second = await ask(cosigning, witness, checkpoint, first);
  if (typeof second === 'number') throw new Error(`it is at ${second} now`);
  return second;
}

/** The witness's signatures; a number: the size it is at. */
async function ask(
  { proofs, signal }: Cosigning,
  { key, url = '' }: Witness,
  { size, note }: Sealed,
  older: number,
): Promise<readonly NoteSignature[] | number> {
  const path = await proofs.consistency(older, size);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const answer = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body: consistencyText({ older, path, checkpoint: note }),
    signal: signal ? AbortSignal.any([patience, signal]) : patience,
    redirect: 'error',
  });
  const text = (await bodyOf(answer, LONGEST_ANSWER)).toString('utf8');
  if (answer.status === 409 && /^\d+\n?$/.test(text)) return Number(text);
  if (!answer.ok) throw new Error(`it answers ${answer.status}: ${text.slice(0, 200)}`);
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseSignature);
  const own = lines.filter(
    ({ name, bytes }) => name === key.name && bytes.subarray(0, 4).equals(key.id),
  );
  // Throws where one of them is not its own.
  const signers = signersOf({ text: parseNote(note).text, signatures: own }, [key]);
  if (signers.length === 0) throw new Error('it signs with another key than the policy says');
  return own;
}
