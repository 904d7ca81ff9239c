import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  assign,
  BINH,
  confirm,
  correct,
  day,
  discard,
  editBook,
  endProposal,
  openBook,
  pause,
  proposeClosing,
  proposeCorrection,
  registerSpec,
  resume,
  revoke,
  sign,
  stamp,
  voidNumber,
} from '../../test/support/register-samples.ts';
import {
  endMandate,
  in2025,
  recordMandate,
  standingIn,
} from '../../test/support/mandate-samples.ts';
import {
  extendDossier,
  receiveDossier,
  returnDossier,
} from '../../test/support/dossier-samples.ts';
import { evolveAgency, noAgency } from './agency/agency.ts';
import type { AgencyCommand } from './agency/commands.ts';
import { decideAgency } from './agency/decide.ts';
import type { AgencyEvent } from './agency/events.ts';
import { decideDossier } from './dossier/decide.ts';
import { evolveDossier, noDossier } from './dossier/dossier.ts';
import type { DossierEvent } from './dossier/events.ts';
import { schemaVersions, type DomainEvent } from './events.ts';
import { evolveRegister } from './register/evolve.ts';
import { newRegister } from './register/register.ts';
import type { RegisterEvent } from './register/events.ts';
import type { MandateEvent } from './mandate/events.ts';
import { decideMandates } from './mandate/decide.ts';
import { evolveMandates, noMandates } from './mandate/mandate.ts';
import { decideSeals } from './seal/decide.ts';
import { decideExports, noExports } from './exports/exports.ts';
import { decideImages, noImages } from './images/images.ts';
import type { SealEvent } from './seal/events.ts';
import { evolveSeals, noSeals } from './seal/seal.ts';
import { decideSignatures } from './signature/decide.ts';
import type { SignatureEvent } from './signature/events.ts';
import { evolveSignatures, noSignatures } from './signature/signature.ts';
import type { WebhookCommand } from './webhook/commands.ts';
import { decideWebhook } from './webhook/decide.ts';
import type { WebhookEvent } from './webhook/events.ts';
import { evolveWebhook, noWebhook } from './webhook/webhook.ts';

/** One JSON per event and version: what was written once is read for ever. */
const folder = fileURLToPath(new URL('../../test/golden/', import.meta.url));
const fileOf = (type: string, version: number): string => `${folder}${type}.v${version}.json`;

const image = {
  sha256: 'a'.repeat(64),
  mediaType: 'image/png',
  width: 900,
  height: 500,
  bytes: 20480,
  warnings: ['IMAGE_WARN'],
};
const use = { id: 's-1', version: 1, sha256: image.sha256 };
const closingSeal = { ...use, id: 'seal-1', agency: 'BK-001' };
const signer = {
  name: 'Chữ ký lãnh đạo',
  isDefault: true,
  signerFullName: 'Nguyễn Văn An',
  signerTitle: 'Phó Chủ tịch UBND',
  authority: 'KT.',
} as const;

function signatureEvents(): readonly SignatureEvent[] {
  const commands = [
    { type: 'RegisterSignature', id: 's-1', fields: signer, image },
    {
      type: 'EditSignature',
      id: 's-1',
      fields: { name: 'Chữ ký' },
      image: { ...image, sha256: 'b'.repeat(64) },
      reason: 'Ký lại',
    },
    { type: 'RevokeSignature', id: 's-1', reason: 'Nghỉ hưu' },
  ] as const;
  return commands.reduce<readonly SignatureEvent[]>(
    (events, command) => [
      ...events,
      ...decideSignatures(events.reduce(evolveSignatures, noSignatures()), command),
    ],
    [],
  );
}

function sealEvents(): readonly SealEvent[] {
  const fields = { name: 'Con dấu cơ quan', isDefault: true };
  const commands = [
    { type: 'RegisterSeal', id: 'seal-1', fields, image },
    {
      type: 'EditSeal',
      id: 'seal-1',
      fields: { name: 'Con dấu đơn vị' },
      image: null,
      reason: 'Đổi tên',
    },
    { type: 'RevokeSeal', id: 'seal-1', reason: 'Khắc dấu mới' },
  ] as const;
  return commands.reduce<readonly SealEvent[]>(
    (events, command) => [
      ...events,
      ...decideSeals(events.reduce(evolveSeals, noSeals()), command),
    ],
    [],
  );
}

function mandateEvents(): readonly MandateEvent[] {
  const commands = [
    recordMandate({ scope: ['SCTDT.BS'], validTo: '2026-12-31' }),
    endMandate({ endedOn: '2026-06-01' }),
  ];
  return commands.reduce<readonly MandateEvent[]>(
    (events, command) => [
      ...events,
      ...decideMandates(events.reduce(evolveMandates, noMandates()), command),
    ],
    [],
  );
}

function dossierEvents(): readonly DossierEvent[] {
  const commands = [receiveDossier(), extendDossier(), returnDossier()];
  return commands.reduce<readonly DossierEvent[]>(
    (events, command) => [
      ...events,
      ...decideDossier(events.reduce(evolveDossier, noDossier()), command),
    ],
    [],
  );
}

/** A number that stands on a mandate, and the correction of who signed it. */
const mandated = registerSpec
  .played(
    openBook({ register: in2025, name: '01/2025', openedOn: '2025-11-03', closesOn: '2025-12-31' }),
    assign(standingIn()),
    correct({ ...standingIn({ authority: 'TL.' }), number: 1 }),
  )
  .filter(({ type }) => type.startsWith('Entry'));

function agencyEvents(): readonly AgencyEvent[] {
  const [code, today] = ['BK-001', day('2025-07-01')];
  const commands: readonly AgencyCommand[] = [
    { type: 'RegisterAgency', code, name: 'UBND huyện Ba Bể', level: 'district' },
    {
      type: 'EditAgency',
      code,
      name: 'UBND xã Ba Bể',
      level: 'commune',
      fourEyes: true,
      identifier: 'H55.1.2',
      statisticalCode: '05755',
      reason: 'Sắp xếp đơn vị hành chính',
    },
    { type: 'AcceptSuccession', code, predecessor: 'BK-009', reason: 'Sáp nhập xã', today },
    {
      type: 'RetireAgency',
      code,
      successor: 'BK-002',
      reason: 'Sáp nhập xã',
      forebears: [],
      today,
    },
  ];
  return commands.reduce<readonly AgencyEvent[]>(
    (events, command) => [
      ...events,
      ...decideAgency(events.reduce(evolveAgency, noAgency()), command),
    ],
    [],
  );
}

function webhookEvents(): readonly WebhookEvent[] {
  const id = '0b9d6bcd-7f0a-4c55-9a7e-2f3d5c1e8a10';
  const commands: readonly WebhookCommand[] = [
    {
      type: 'SubscribeWebhook',
      id,
      agency: 'BK-001',
      name: 'Trục tích hợp của tỉnh',
      url: 'https://truc.example.vn/su-kien',
      types: ['EntryNumberAssigned', 'BookClosed'],
      after: '0000000000000042-1b9d6bcd',
      keyId: 'k-1',
    },
    {
      type: 'EditWebhook',
      id,
      url: 'https://truc.example.vn/so-chung-thuc',
      types: [],
      reason: 'Đổi cổng nhận',
    },
    {
      type: 'RotateWebhookSecret',
      id,
      replaces: 1,
      keyId: 'k-1',
      previousUntil: '2024-05-11T01:00:00.000Z',
      reason: 'Đổi khóa hằng năm',
    },
    { type: 'PauseWebhook', id, reason: 'Bên nhận bảo trì' },
    { type: 'ResumeWebhook', id, reason: 'Bên nhận bảo trì xong' },
    { type: 'EndWebhook', id, reason: 'Chuyển sang trục khác' },
  ];
  return commands.reduce<readonly WebhookEvent[]>(
    (events, command) => [
      ...events,
      ...decideWebhook(events.reduce(evolveWebhook, noWebhook()), command),
    ],
    [],
  );
}

/** Every event there is, as the code writes it today. */
const written: readonly DomainEvent[] = [
  ...mandateEvents(),
  ...registerSpec.played(
    openBook({ bookId: 'book-0' }),
    discard({ bookId: 'book-0' }),
    openBook(),
    editBook({ closesOn: '2024-12-31', reason: 'Gia hạn' }),
    assign({
      authority: 'KT.',
      signature: { ...use, account: 'an.nguyen' },
      seal: { ...use, id: 'seal-1' },
    }),
    stamp({ facts: { ...stamp().facts, authority: 'KT.' } }),
    sign(),
    assign({ document: 2 }),
    proposeCorrection({ number: 2, proposalId: '2-1' }),
    endProposal({ number: 2, proposalId: '2-1', type: 'WithdrawProposal', by: BINH }),
    proposeCorrection({ number: 2, proposalId: '2-2' }),
    confirm({ number: 2, proposalId: '2-2' }),
    proposeCorrection({ number: 2, proposalId: '2-3', requester: 'Lê Thị Cúc' }),
    endProposal({ number: 2, proposalId: '2-3' }),
    proposeCorrection({ number: 2, proposalId: '2-4', requester: 'Lê Thị Cúc' }),
    voidNumber({ number: 2 }),
    revoke({
      decisionIssuer: 'Chủ tịch UBND xã Thượng Minh',
      publishedAt: 'https://thainguyen.gov.vn/quyet-dinh-12',
      publishedOn: '2024-05-10',
    }),
    pause({ knownLast: 5 }),
    resume({ lastGiven: 4 }),
    proposeClosing({ seal: closingSeal }),
    confirm({ number: null, proposalId: 'closing-1', seal: closingSeal }),
  ),
  ...signatureEvents(),
  ...sealEvents(),
  ...agencyEvents(),
  ...webhookEvents(),
  ...dossierEvents(),
  ...decideExports(noExports(), {
    type: 'RecordExport',
    exported: {
      exportId: 'e'.repeat(32),
      registerType: 'SCTDT.BS',
      year: 2024,
      scope: 'book',
      exportedBook: 'book-1',
      month: null,
      format: 'pdf',
      registerRevision: 8,
      agencyName: 'UBND xã Ba Bể',
      checkpoint: {
        origin: 'example.vn/so',
        size: 40,
        root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
      },
      since: { revision: 7, text: 'khi khóa sổ ngày 10/05/2024' },
      sha256: 'a'.repeat(64),
      bytes: 94_771,
      rows: 2,
      pages: 3,
    },
  }),
  ...decideImages(noImages(), { type: 'KeepImage', sha256: 'a'.repeat(64), bytes: 34_567 }),
];

const latest = new Map([...written, ...mandated].map((event) => [event.type, event]));

describe('the shape of events', () => {
  it.each(Object.entries(schemaVersions))(
    '%s version %d is what its golden file holds',
    (type, version) => {
      const event = latest.get(type as DomainEvent['type']);
      const file = fileOf(type, version);
      // A new version's file is made once, by running this with WRITE_GOLDEN=1, and never changed.
      if (process.env['WRITE_GOLDEN'] === '1' && !existsSync(file)) {
        writeFileSync(file, `${JSON.stringify(event?.data, null, 2)}\n`);
      }
      const golden: unknown = JSON.parse(readFileSync(file, 'utf8'));
      expect(event?.data).toEqual(golden);
    },
  );

  it('has a golden file for every version there ever was, and for nothing else', () => {
    const expected = Object.entries(schemaVersions).flatMap(([type, version]) =>
      Array.from({ length: version }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(readdirSync(folder).sort()).toEqual(expected.sort());
  });

  it('survives storage: what is read back folds to the same register', () => {
    const stored = written
      .filter(
        (event): event is RegisterEvent =>
          !/^(Agency|Dossier|Image|Mandate|RegisterExported|Seal|Signature|Succession|Webhook)/.test(
            event.type,
          ),
      )
      .map((event) => JSON.parse(JSON.stringify(event)) as RegisterEvent);
    const state = stored.reduce(evolveRegister, newRegister());
    expect(state.books.map(({ state: name }) => name)).toEqual(['discarded', 'closed']);
    expect([state.entries.get(1)?.state, state.entries.get(2)?.state]).toEqual([
      'revoked',
      'voided',
    ]);
  });
});
