import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile as readText, rename, rm } from 'node:fs/promises';
import { z } from 'zod';
import { writeFirst, writeSynced } from '#config';
import {
  parseVerifierKey,
  verifierKeyText,
  type NoteSignature,
  type VerifierKey,
} from '../proofs/index.ts';

/** A key that the log signs its checkpoints with. */
export interface SigningKey {
  readonly key: VerifierKey;
  /** `name+id+base64`: what those who verify are given. */
  readonly text: string;
  readonly createdAt: string;
  /** Since when it signs no more; what it signed before stays valid. */
  readonly retiredAt: string | null;
  sign(text: string): NoteSignature;
}

/** The keys of a log, oldest first; all have its origin for a name. */
export interface SigningKeys {
  readonly origin: string;
  readonly all: readonly SigningKey[];
}

const shape = z.object({
  origin: z.string().regex(/^[^\s+]+$/u),
  keys: z
    .array(
      z.object({
        createdAt: z.iso.datetime(),
        retiredAt: z.iso.datetime().nullable(),
        privateKey: z.string(),
      }),
    )
    .min(1),
});
type KeyFile = z.infer<typeof shape>;

/** The file of the keys says what it should not, or nothing. */
export class BadKeyFile extends Error {
  override readonly name = 'BadKeyFile';
}

/** Undefined where there is no such file. @throws BadKeyFile; Error it can't be read now */
export function readKeys(path: string): SigningKeys | undefined {
  const file = readFile(path);
  return file && { origin: file.origin, all: file.keys.map((key) => signingKey(file.origin, key)) };
}

function readFile(path: string): KeyFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // That it can't be read now, as for want of file handles, says nothing of what stands in it.
    throw error;
  }
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    // Never with what stands in it.
    throw new BadKeyFile(`${path} is no file of audit keys; put it back from a copy`);
  }
}

function signingKey(origin: string, { createdAt, retiredAt, privateKey }: KeyFile['keys'][number]) {
  const secret = createPrivateKey(privateKey);
  const text = verifierKeyText(origin, createPublicKey(secret));
  const key = parseVerifierKey(text);
  return {
    key,
    text,
    createdAt,
    retiredAt,
    sign: (signed: string) => signature(key, secret, signed),
  };
}

const signature = ({ name, id }: VerifierKey, secret: KeyObject, text: string): NoteSignature => ({
  name,
  bytes: Buffer.concat([id, sign(null, Buffer.from(text, 'utf8'), secret)]),
});

/** Those that sign now. */
export const active = ({ all }: SigningKeys): readonly SigningKey[] =>
  all.filter(({ retiredAt }) => retiredAt === null);

const freshKey = (now: Date): KeyFile['keys'][number] => ({
  createdAt: now.toISOString(),
  retiredAt: null,
  privateKey: generateKeyPairSync('ed25519')
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

/** A name no other log has. */
const freshOrigin = (): string => `so-chung-thuc/${randomBytes(8).toString('hex')}`;

/**
 * Makes the first key of a log, unless there is a file already; two at once make one.
 * @param origin of the log: `example.vn/so`; one that no other has where none is given
 */
export async function ensureKeys(
  path: string,
  now: Date,
  origin = freshOrigin(),
): Promise<SigningKeys> {
  const there = readKeys(path);
  if (there) return there;
  await writeFirst(path, textOf({ origin, keys: [freshKey(now)] }));
  const made = readKeys(path);
  if (!made) throw new BadKeyFile(`${path} was made and is gone`);
  return made;
}

/**
 * Adds a key that signs from now on beside those there are, or retires all but the newest.
 * @throws BadKeyFile
 */
export async function rotateKeys(
  path: string,
  now: Date,
  step: 'add' | 'retire-older',
): Promise<SigningKeys> {
  const file = readFile(path);
  if (!file) throw new BadKeyFile(`${path} is not there: there is no key to rotate`);
  const last = file.keys.length - 1;
  const retiredAt = now.toISOString();
  const keys =
    step === 'add'
      ? [...file.keys, freshKey(now)]
      : file.keys.map((key, i) =>
          i === last ? key : { ...key, retiredAt: key.retiredAt ?? retiredAt },
        );
  await writeSynced(`${path}.new`, textOf({ ...file, keys }), 'w');
  await rename(`${path}.new`, path);
  return readKeys(path) as SigningKeys;
}

/** A signed note in a file of its own. */
export interface KeptNote {
  /** Undefined before the first. */
  read(): Promise<string | undefined>;
  write(note: string): Promise<void>;
  remove(): Promise<void>;
}
export type LastSigned = Pick<KeptNote, 'read' | 'write'>;

/** The last checkpoint that was signed, beside the keys. */
export const lastSignedBeside = (path: string): LastSigned => noteIn(`${path}.last`);

/** How far an `ops audit fsck` that was ended had come, beside the keys. */
export const fsckBeside = (path: string): KeptNote => noteIn(`${path}.fsck`);

function noteIn(file: string): KeptNote {
  return {
    remove: () => rm(file, { force: true }),
    read: () =>
      readText(file, 'utf8').catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }),
    write: async (note) => {
      const fresh = `${file}.${randomBytes(4).toString('hex')}`;
      await writeSynced(fresh, note, 'w');
      await rename(fresh, file);
    },
  };
}

const textOf = (file: KeyFile): string => `${JSON.stringify(shape.parse(file), undefined, 2)}\n`;
