import { ContentInfo, SignedData, type Certificate } from 'pkijs';
import { beginning, tidy } from '#domain';
import type { PdfFile } from './file.ts';
import { most } from './limits.ts';
import { refusePdf } from './problem.ts';
import { Dict, isArray, Literal, nameIn, numberIn, Stream, type Value } from './values.ts';

/** A signature as it stands in a file: what it is over, and itself. */
interface Signature {
  readonly ranges: readonly [number, number, number, number];
  readonly contents: Literal;
}

/** Line ends that some writers put behind all. */
const MOST_BEHIND = 8;

/**
 * The names in the certificates of a file's signatures, in the order they were made. Each has to be
 * over the whole file up to its own end, and to hold: made with the key of the certificate it brings,
 * of these very bytes; and nothing stands behind the last one. Whose certificate that is, and whether it was good on that day, is not looked
 * into: that takes the issuer's lists, and is asked of the services made for it.
 * @param stamped bytes of the stamped file, all of which each has to be over
 */
export async function signersOf(file: PdfFile, stamped: number): Promise<readonly string[]> {
  const found = [...signaturesIn(file)].sort((a, b) => endOf(a) - endOf(b));
  if (found.length === 0) refusePdf('PDF_UNSIGNED', {});
  if (found.length > most.signatures) refusePdf('PDF_TOO_COMPLEX', {});
  const names: string[] = [];
  for (const [index, signature] of found.entries()) {
    const name = await signerOf(file.bytes, signature, stamped);
    names.push(name ?? refusePdf('PDF_SIGNATURE', { at: index + 1 }));
  }
  const end = endOf(found.at(-1) as Signature);
  if (file.bytes.length - end > MOST_BEHIND) refusePdf('PDF_SIGNATURE', { at: found.length });
  return names;
}

const endOf = ({ ranges }: Signature): number => ranges[2] + ranges[3];

function* signaturesIn(file: PdfFile): Iterable<Signature> {
  for (const value of file.objects()) yield* signaturesOf(value);
}

function* signaturesOf(value: Value): Iterable<Signature> {
  if (isArray(value)) for (const one of value) yield* signaturesOf(one);
  const dict = value instanceof Stream ? value.dict : value;
  if (!(dict instanceof Dict)) return;
  const signature = signatureIn(dict);
  if (signature) yield signature;
  else for (const one of dict.values()) yield* signaturesOf(one);
}

/** A timestamp of the document is nobody's signature. */
function signatureIn(dict: Dict): Signature | undefined {
  if (nameIn(dict.get('Type')) === 'DocTimeStamp') return undefined;
  const [range, contents] = [dict.get('ByteRange'), dict.get('Contents')];
  if (!isArray(range) || !(contents instanceof Literal)) return undefined;
  const [a, b, c, d] = range.map(numberIn);
  const isWhole = range.length === 4 && [a, b, c, d].every((one) => Number.isInteger(one));
  return isWhole ? { ranges: [a ?? 0, b ?? 0, c ?? 0, d ?? 0], contents } : undefined;
}

/** The name in the certificate of a signature that holds; undefined where it does not. */
async function signerOf(
  bytes: Buffer,
  { ranges: [from, length, behind, rest], contents }: Signature,
  stamped: number,
): Promise<string | undefined> {
  const isOverAll = from === 0 && length >= stamped && behind > length && rest >= 0;
  const left = bytes.toString('latin1', length, behind);
  // Nothing is left out but the signature itself.
  if (!isOverAll || behind + rest > bytes.length || left !== contents.written) return undefined;
  const signed = Buffer.concat([bytes.subarray(0, length), bytes.subarray(behind, behind + rest)]);
  const der = Buffer.from(contents.written.replace(/[^0-9A-Fa-f]/g, ''), 'hex');
  try {
    return await holding(der, signed);
  } catch {
    return undefined;
  }
}

/** @throws Error where it is no signature, or does not hold */
async function holding(der: Buffer, signed: Buffer): Promise<string | undefined> {
  const signedData = new SignedData({ schema: ContentInfo.fromBER(bytesOf(der)).content });
  if (signedData.signerInfos.length !== 1) return undefined;
  // The library holds a signature against what it encloses, where it does, instead of the file.
  if (signedData.encapContentInfo.eContent) return undefined;
  const { signatureVerified, signerCertificate } = await signedData.verify({
    signer: 0,
    data: bytesOf(signed),
    checkChain: false,
    extendedMode: true,
  });
  // The certificate it was held against, and no other that came with it.
  return signatureVerified === true && signerCertificate ? nameOf(signerCertificate) : undefined;
}

const COMMON_NAME = '2.5.4.3';
const LONGEST = 200;

function nameOf(certificate: Certificate): string {
  const named = certificate.subject.typesAndValues.find(({ type }) => type === COMMON_NAME);
  const text = (named?.value.valueBlock as { readonly value?: unknown } | undefined)?.value;
  return typeof text === 'string' ? beginning(tidy(text), LONGEST) : '–';
}

/** Bytes of their own, as the library takes them. */
const bytesOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
