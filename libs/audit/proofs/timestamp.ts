import { hash, X509Certificate } from 'node:crypto';
import { fromBER, Integer, ObjectIdentifier, OctetString, type BaseBlock } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ContentInfo,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  id_ExtKeyUsage,
  MessageImprint,
  PKIStatus,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
  type ExtKeyUsage,
} from 'pkijs';
import { BrokenProof, sha256 } from './hash.ts';

/** What a time-stamping authority says of a text: RFC 3161. */
export interface Timestamp {
  /** Subject of the authority's certificate: `C=VN, O=…, CN=…`. */
  readonly tsa: string;
  /** When it saw the text, ISO 8601 UTC. */
  readonly at: string;
  /** Whether its certificate leads to a trusted one; false where none is named. */
  readonly isTrusted: boolean;
}

/** Certificates that an authority's has to lead to, or be one of. */
export type TrustedCertificates = readonly Certificate[];

const SHA256 = '2.16.840.1.101.3.4.2.1';
/** SHA-256, SHA-384, SHA-512: RFC 5754. An imprint by another says little today. */
const IMPRINTS: ReadonlySet<string> = new Set([
  SHA256,
  '2.16.840.1.101.3.4.2.2',
  '2.16.840.1.101.3.4.2.3',
]);
/** Those that come with a token: RFC 3161 section 2.4.2. */
const GRANTED: readonly PKIStatus[] = [PKIStatus.granted, PKIStatus.grantedWithMods];
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** Attributes by which the signer names its certificate: RFC 2634 (by SHA-1), RFC 5035. */
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const HASHES: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * A request for a timestamp of a text, by its SHA-256: RFC 3161 section 2.4.1, DER.
 * @param nonce by which the answer is known to be to this request; its first byte is 1 to 127
 */
export function timestampRequest(text: string, nonce: Uint8Array): Buffer {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256 }),
      hashedMessage: new OctetString({ valueHex: bytesOf(sha256(text)) }),
    }),
    nonce: new Integer({ valueHex: bytesOf(nonce) }),
    certReq: true,
  });
  return Buffer.from(request.toSchema().toBER());
}

/**
 * The token of an answer to a request: RFC 3161 section 2.4.2, DER.
 * @throws BrokenProof it is none, was refused, or answers another request
 */
export function timestampTokenIn(answer: Uint8Array, nonce: Uint8Array): Buffer {
  return understood('no answer of a time-stamping authority', () => {
    const { status, timeStampToken } = TimeStampResp.fromBER(bytesOf(answer));
    const isGranted = GRANTED.includes(status.status);
    if (!isGranted || !timeStampToken)
      throw new BrokenProof(`the authority refuses: status ${status.status}`);
    const { told } = readToken(timeStampToken);
    if (!told.nonce || !Buffer.from(told.nonce.valueBlock.valueHexView).equals(nonce))
      throw new BrokenProof('the answer is to another request: its nonce is another');
    const [, token] = partsOf(fromBER(bytesOf(answer)).result);
    return rawOf(token);
  });
}

/**
 * Holds a timestamp token against the text it is of: its imprint, its signature, and that the key is
 * one for time-stamping.
 * @throws BrokenProof
 */
export async function openTimestamp(
  token: Uint8Array,
  text: string,
  trusted: TrustedCertificates,
): Promise<Timestamp> {
  const { signedData, told, signer } = understood('no timestamp', () => {
    const info = ContentInfo.fromBER(bytesOf(token));
    return { ...readToken(info), signer: signerOf(token, info) };
  });
  if (!IMPRINTS.has(told.messageImprint.hashAlgorithm.algorithmId))
    throw new BrokenProof('the timestamp’s hash is none of SHA-2');
  const data = bytesOf(Buffer.from(text, 'utf8'));
  const isSigned = async (trustedCerts: Certificate[]): Promise<boolean> => {
    const chain = { checkChain: trustedCerts.length > 0, passedWhenNotRevValues: true };
    // What fails is thrown, and what is no signature answered.
    return signedData.verify({ signer: 0, data, trustedCerts, ...chain }).catch(() => false);
  };
  if (!(await isSigned([])))
    throw new BrokenProof(
      'the timestamp is not of this checkpoint, or not signed by its authority',
    );
  const isTrusted = trusted.length > 0 && (await isSigned([...trusted]));
  const tsa = signer.subject.split('\n').join(', ');
  return { tsa, at: told.genTime.toISOString(), isTrusted };
}

/** The certificates in a file of PEM. @throws BrokenProof there is none, or one can't be read */
export function parseCertificates(pem: string): TrustedCertificates {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new BrokenProof('no certificate: a file of PEM is needed');
  return understood('no certificate', () =>
    blocks.map((block) => Certificate.fromBER(bytesOf(new X509Certificate(block).raw))),
  );
}

function readToken(info: ContentInfo) {
  if (info.contentType !== id_ContentType_SignedData) throw new BrokenProof('no signed timestamp');
  const signedData = new SignedData({ schema: info.content });
  const { eContentType, eContent } = signedData.encapContentInfo;
  if (eContentType !== id_eContentType_TSTInfo || !eContent || signedData.signerInfos.length !== 1)
    throw new BrokenProof('what is signed is no timestamp, or not by one');
  return { signedData, told: TSTInfo.fromBER(eContent.getValue()) };
}

/**
 * The certificate of who signed. It is the one the signature names (RFC 3161 section 2.4.2), and for
 * time-stamping alone (section 2.3).
 */
function signerOf(token: Uint8Array, info: ContentInfo): X509Certificate {
  const { signerInfos } = new SignedData({ schema: info.content });
  const attributes = signerInfos[0]?.signedAttrs?.attributes ?? [];
  const named = [SIGNING_CERTIFICATE_V2, SIGNING_CERTIFICATE].flatMap((type) => {
    const found = attributes.find((one) => one.type === type)?.values[0] as BaseBlock | undefined;
    return found ? [namedIn(found, type)] : [];
  })[0];
  if (!named) throw new BrokenProof('the timestamp does not name the certificate of its signer');
  const raw = certificatesIn(token).find((one) =>
    hash(named.algorithm, one, 'buffer').equals(named.digest),
  );
  const usage = raw && Certificate.fromBER(bytesOf(raw)).extensions?.find(isUsage);
  const purposes = (usage?.parsedValue as ExtKeyUsage | undefined)?.keyPurposes ?? [];
  if (!raw || !usage?.critical || purposes.join() !== TIME_STAMPING)
    throw new BrokenProof('the timestamp’s certificate is not one for time-stamping');
  return new X509Certificate(raw);
}

const isUsage = ({ extnID }: { readonly extnID: string }): boolean => extnID === id_ExtKeyUsage;

/** Hash of the first certificate that the attribute names: the signer's. */
function namedIn(attribute: BaseBlock, type: string) {
  const [first] = partsOf(partsOf(attribute)[0]);
  const fields = partsOf(first);
  const digest = fields.find((one): one is OctetString => one instanceof OctetString);
  const [algorithm] = fields[0] === digest ? [] : partsOf(fields[0]);
  const oid = algorithm instanceof ObjectIdentifier ? algorithm.getValue() : SHA256;
  const name = type === SIGNING_CERTIFICATE ? 'sha1' : HASHES[oid];
  if (!digest || name === undefined) throw new BrokenProof('a certificate named by no known hash');
  return { algorithm: name, digest: Buffer.from(digest.getValue()) };
}

/** As they stand in the token: CMS SignedData, field `certificates` (RFC 5652 section 5.1). */
function certificatesIn(token: Uint8Array): readonly Buffer[] {
  const [, content] = partsOf(fromBER(bytesOf(token)).result);
  const fields = partsOf(partsOf(content)[0]);
  const own = fields.find(({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === 0);
  return partsOf(own).map(rawOf);
}

function partsOf(block: BaseBlock | undefined): readonly BaseBlock[] {
  const value = (block?.valueBlock as { readonly value?: unknown } | undefined)?.value;
  return Array.isArray(value) ? (value as BaseBlock[]) : [];
}

const rawOf = (block: BaseBlock | undefined): Buffer =>
  Buffer.from(block?.valueBeforeDecodeView ?? new Uint8Array());

/** Bytes of their own, as the library takes them. */
const bytesOf = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

/** What is no ASN.1 of the wanted kind is told as what it is. */
function understood<T>(told: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BrokenProof) throw error;
    throw new BrokenProof(`${told}: ${(error as Error).message}`);
  }
}
