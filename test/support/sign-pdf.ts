import { createHash, webcrypto } from 'node:crypto';
import { Integer, ObjectIdentifier, OctetString, Primitive, Utf8String } from 'asn1js';
import {
  Attribute,
  AttributeTypeAndValue,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs';
import { PdfFile } from '../../libs/paper/copy/file.ts';
import { Dict, Ref } from '../../libs/paper/copy/values.ts';
import { written } from '../../libs/paper/copy/write.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
/** Hexadecimal digits that are kept free for the signature. */
const ROOM = 8192;

const own = (bytes: Uint8Array): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

async function certified(name: string) {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = new Certificate({ version: 2 });
  certificate.serialNumber = new Integer({ value: 7 });
  const value = new Utf8String({ value: name });
  const named = new AttributeTypeAndValue({ type: '2.5.4.3', value });
  certificate.subject.typesAndValues.push(named);
  certificate.issuer.typesAndValues.push(named);
  certificate.notBefore.value = new Date('2020-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2040-01-01T00:00:00Z');
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(keys.privateKey, 'SHA-256');
  return { certificate, privateKey: keys.privateKey };
}

/** How a signature is made otherwise than signing tools make it. */
interface Otherwise {
  /** What it is over, enclosed in it, in place of the file's bytes. */
  readonly attached?: Buffer;
  /** Whose certificate stands before the signer's, which then is named by its key. */
  readonly behind?: string;
}

/** The key's hash, by which a certificate is named (RFC 5652, 5.3; RFC 5280, 4.2.1.2). */
function keyIdOf({ subjectPublicKeyInfo }: Certificate): Primitive {
  const key = subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView;
  const hash = createHash('sha1').update(key).digest();
  return new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: own(hash) });
}

/** A signature over bytes (RFC 5652), detached unless it is otherwise, by a key made for it. */
async function signature(
  bytes: Buffer,
  name: string,
  { attached, behind }: Otherwise,
): Promise<Buffer> {
  const { certificate, privateKey } = await certified(name);
  const digest = createHash('sha256')
    .update(attached ?? bytes)
    .digest();
  const attributes = [
    new Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new ObjectIdentifier({ value: DATA })],
    }),
    new Attribute({
      type: '1.2.840.113549.1.9.4',
      values: [new OctetString({ valueHex: own(digest) })],
    }),
  ];
  const { issuer, serialNumber } = certificate;
  const signed = new SignedData({
    version: 1,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: DATA,
      ...(attached && { eContent: new OctetString({ valueHex: own(attached) }) }),
    }),
    signerInfos: [
      new SignerInfo({
        version: behind === undefined ? 1 : 3,
        sid:
          behind === undefined
            ? new IssuerAndSerialNumber({ issuer, serialNumber })
            : keyIdOf(certificate),
        signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
      }),
    ],
    certificates: [
      ...(behind === undefined ? [] : [(await certified(behind)).certificate]),
      certificate,
    ],
  });
  await signed.sign(privateKey, 0, 'SHA-256', own(bytes));
  const info = new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema(true) });
  return Buffer.from(info.toSchema().toBER());
}

/** What signing tools append: the signature, its field, the catalog that names it, and their table. */
function appended(bytes: Buffer): string {
  const file = new PdfFile(bytes);
  const { trailer, size, start } = file.xref;
  const root = trailer.get('Root') as Ref;
  const catalog = new Dict(file.dict(root) ?? []);
  const fields = file.array(file.dict(catalog.get('AcroForm'))?.get('Fields')) ?? [];
  const form = new Dict([
    ['Fields', [...fields, new Ref(size + 1, 0)]],
    ['SigFlags', 3],
  ]);
  catalog.set('AcroForm', form);
  const ranges = '/ByteRange [0 1111111111 2222222222 3333333333]';
  const objects: readonly (readonly [number, string])[] = [
    [
      size,
      `<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached${ranges}/Contents <${'0'.repeat(ROOM)}>>>`,
    ],
    [
      size + 1,
      `<</FT/Sig/T(S${size})/V ${size} 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/F 132>>`,
    ],
    [root.number, written(catalog)],
  ];
  let text = '\n';
  const rows = objects.map(([number, body]) => {
    const at = String(bytes.length + text.length).padStart(10, '0');
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return `${number} 1\n${at} 00000 n \n`;
  });
  const table = bytes.length + text.length;
  const own = `<</Size ${size + 2}/Root ${written(root)}/Prev ${start}>>`;
  return `${text}xref\n${rows.join('')}trailer\n${own}\nstartxref\n${table}\n%%EOF\n`;
}

/** A PDF with a signature behind it, as signing tools append it (ISO 32000-1, 12.8). */
export async function signPdf(
  bytes: Buffer,
  name = 'Nguyễn Văn An',
  otherwise: Otherwise = {},
): Promise<Buffer> {
  const whole = Buffer.concat([bytes, Buffer.from(appended(bytes), 'latin1')]);
  const from = whole.indexOf('/Contents <', bytes.length) + '/Contents '.length;
  const to = from + ROOM + 2;
  const figures = [from, to, whole.length - to].map((one) => String(one).padEnd(10));
  const ranges = whole.indexOf('1111111111', bytes.length);
  whole.write(figures.join(' '), ranges, 'latin1');
  const signed = Buffer.concat([whole.subarray(0, from), whole.subarray(to)]);
  const hex = (await signature(signed, name, otherwise)).toString('hex');
  whole.write(hex, from + 1, 'latin1');
  return whole;
}
