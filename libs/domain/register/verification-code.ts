/**
 * Crockford's Base32 (crockford.com/base32): no letter in it looks like a digit. A code is read off
 * paper and typed by people.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
const GROUP = 4;

/** 80 bits: nobody meets a code by trying, however many there are. */
export const VERIFICATION_BYTES = 10;
const SYMBOLS = (VERIFICATION_BYTES * 8) / BITS;

/** What people make of the letters, to the symbol that is meant; U is in no code, and is taken for V. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' };
/** What is typed or pasted between groups: blanks, dots, and every kind of hyphen. */
const BETWEEN = /[\s._\p{Pd}\p{Cf}]/gu;

const isSymbol = (one: string): boolean => ALPHABET.includes(one);

const grouped = (symbols: string): string =>
  Array.from({ length: SYMBOLS / GROUP }, (_, index) =>
    symbols.slice(index * GROUP, (index + 1) * GROUP),
  ).join('-');

/**
 * The code of so many random bytes, as it is recorded, printed and shown: `7K3M-9QXT-2B4C-WZ5H`.
 * @param random `VERIFICATION_BYTES` of them, from a source nobody can foretell
 */
export function verificationCodeOf(random: Uint8Array): string {
  if (random.length !== VERIFICATION_BYTES) throw new Error(`${random.length} random bytes`);
  const value = random.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const symbolAt = (index: number): string =>
    ALPHABET.charAt(Number((value >> BigInt(BITS * (SYMBOLS - 1 - index))) & 31n));
  return grouped(Array.from({ length: SYMBOLS }, (_, index) => symbolAt(index)).join(''));
}

/**
 * A code as it was recorded, from what a person typed: case, blanks and hyphens do not count, and
 * letters stand for the digits they look like. Undefined where it can be no code.
 */
export function readVerificationCode(typed: string): string | undefined {
  // Whatever is that long is no code, and is not looked through.
  if (typed.length > SYMBOLS * GROUP) return undefined;
  const plain = typed.normalize('NFKC').replace(BETWEEN, '').toUpperCase();
  // What is no symbol of a code stays what it is.
  const symbols = plain.replace(/[OILU]/g, (one) => LOOKALIKES[one] ?? one);
  const isCode = symbols.length === SYMBOLS && Array.from(symbols, isSymbol).every(Boolean);
  return isCode ? grouped(symbols) : undefined;
}
