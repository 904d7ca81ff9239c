import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Integer, ObjectIdentifier, OctetString, PrintableString, Sequence } from 'asn1js';
import {
  Attribute,
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  ExtKeyUsage,
  Extension,
  IssuerAndSerialNumber,
  PKIStatus,
  PKIStatusInfo,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';

/** What a test has an authority do. */
export type Behaviour =
  | 'stamps'
  | 'damages its signature'
  | 'answers another nonce'
  | 'stamps another hash'
  | 'refuses'
  | 'answers nonsense'
  | 'answers 503'
  | 'never ends'
  | 'never answers'
  | 'has a key for something else'
  | 'names no certificate';

/** A time-stamping authority (RFC 3161) with a root of its own. */
export interface TestTsa {
  readonly url: string;
  /** Its root, PEM. */
  readonly root: string;
  behaviour: Behaviour;
  asked: number;
  now: () => Date;
  close(): void;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const CN = '2.5.4.3';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

interface Certified {
  readonly certificate: Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

/** A certificate for a name, by another's key or by its own. */
async function certified(name: string, by?: Certified, purpose?: string): Promise<Certified> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = new Certificate({ version: 2 });
  certificate.serialNumber = new Integer({ value: randomBytes(3).readUIntBE(0, 3) + 1 });
  const named = new AttributeTypeAndValue({
    type: CN,
    value: new PrintableString({ value: name }),
  });
  certificate.subject.typesAndValues.push(named);
  const issuer = by?.certificate.subject ?? certificate.subject;
  certificate.issuer.typesAndValues.push(...issuer.typesAndValues);
  certificate.notBefore.value = new Date('2020-01-01T00:00:00Z');
  certificate.notAfter.value = new Date('2040-01-01T00:00:00Z');
  const constraints = new BasicConstraints({ cA: purpose === undefined });
  certificate.extensions = [extension('2.5.29.19', constraints)];
  if (purpose !== undefined)
    certificate.extensions.push(
      extension('2.5.29.37', new ExtKeyUsage({ keyPurposes: [purpose] })),
    );
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
  await certificate.sign(by?.privateKey ?? keys.privateKey, 'SHA-256');
  return { certificate, privateKey: keys.privateKey };
}

const extension = (extnID: string, value: BasicConstraints | ExtKeyUsage): Extension =>
  new Extension({ extnID, critical: true, extnValue: value.toSchema().toBER() });

const der = (one: { toSchema(): { toBER(): ArrayBuffer } }): Buffer =>
  Buffer.from(one.toSchema().toBER());
const own = (bytes: Buffer): ArrayBuffer =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const pem = (certificate: Certificate): string =>
  `-----BEGIN CERTIFICATE-----\n${der(certificate).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

/** TimeStampToken: RFC 3161 section 2.4.2. */
async function token(
  request: TimeStampReq,
  { certificate, privateKey }: Certified,
  { behaviour, now }: Pick<TestTsa, 'behaviour' | 'now'>,
): Promise<ContentInfo> {
  const { messageImprint } = request;
  if (behaviour === 'stamps another hash')
    messageImprint.hashedMessage = new OctetString({ valueHex: own(randomBytes(32)) });
  const nonce =
    behaviour === 'answers another nonce' ? new Integer({ value: 7 }) : (request.nonce as Integer);
  const told = new TSTInfo({
    version: 1,
    policy: '1.2.3.4.5',
    messageImprint,
    serialNumber: new Integer({ value: 42 }),
    genTime: now(),
    nonce,
  });
  const content = der(told);
  const id = new Sequence({
    value: [new OctetString({ valueHex: own(sha256(der(certificate))) })],
  });
  const names = new Sequence({ value: [new Sequence({ value: [id] })] });
  const attributes = [
    new Attribute({
      type: '1.2.840.113549.1.9.3',
      values: [new ObjectIdentifier({ value: TST_INFO })],
    }),
    new Attribute({
      type: '1.2.840.113549.1.9.4',
      values: [new OctetString({ valueHex: own(sha256(content)) })],
    }),
    ...(behaviour === 'names no certificate'
      ? []
      : [new Attribute({ type: SIGNING_CERTIFICATE_V2, values: [names] })]),
  ];
  const { issuer, serialNumber } = certificate;
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({ issuer, serialNumber }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
  });
  const signed = new SignedData({
    version: 3,
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: TST_INFO,
      eContent: new OctetString({ valueHex: own(content) }),
    }),
    signerInfos: [signer],
    certificates: [certificate],
  });
  await signed.sign(privateKey, 0, 'SHA-256');
  if (behaviour === 'damages its signature') {
    const bytes = signer.signature.valueBlock.valueHexView;
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  }
  return new ContentInfo({ contentType: SIGNED_DATA, content: signed.toSchema(true) });
}

function sendForEver(response: ServerResponse): void {
  response.writeHead(200);
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(16 * 1024)));
  };
  response.on('drain', more).on('error', () => undefined);
  more();
}

export async function startTsa(name = 'Example TSA'): Promise<TestTsa> {
  const root = await certified(`${name} root`);
  const right = await certified(name, root, TIME_STAMPING);
  const wrong = await certified(`${name} (code)`, root, CODE_SIGNING);
  const answer = async (body: Buffer): Promise<Buffer> => {
    const by = tsa.behaviour === 'has a key for something else' ? wrong : right;
    const request = TimeStampReq.fromBER(own(body));
    const refused = new TimeStampResp({
      status: new PKIStatusInfo({ status: PKIStatus.rejection }),
    });
    if (tsa.behaviour === 'refuses') return der(refused);
    const timeStampToken = await token(request, by, tsa);
    return der(
      new TimeStampResp({
        status: new PKIStatusInfo({ status: PKIStatus.granted }),
        timeStampToken,
      }),
    );
  };
  const server: Server = createServer((request, response) => {
    tsa.asked += 1;
    if (tsa.behaviour === 'never answers') return;
    if (tsa.behaviour === 'never ends') sendForEver(response);
    else if (tsa.behaviour === 'answers 503') response.writeHead(503).end();
    else if (tsa.behaviour === 'answers nonsense') response.end('<html>');
    else
      void buffer(request)
        .then(answer)
        .then((bytes) => response.end(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const tsa: TestTsa = {
    url: `http://127.0.0.1:${port}/tsa`,
    root: pem(root.certificate),
    behaviour: 'stamps',
    asked: 0,
    now: () => new Date('2026-05-10T01:02:03.000Z'),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return tsa;
}
