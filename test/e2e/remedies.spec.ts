import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { imagesStream, mandatesStream, sealStream } from '#domain';
import type { ExpectedRevision, JsonObject } from '#event-store';
import type { ImageProblemCode } from '#image-store';
import { refusals } from '../../apps/api/http/problems/refusals.ts';
import { backends, type Backend } from '../support/backends.ts';
import * as draw from '../support/draw/index.ts';
import {
  form,
  openOffice,
  paper,
  type Answer,
  type Office,
  type Person,
} from '../support/office.ts';
import type { OfPictures, WalkedOverHttp } from '../support/walks.ts';

/** What was refused, and what the refusal said to do once it is done. */
type Walked = readonly [refused: Answer, then: Answer];
type Walk = readonly [says: string, walk: (place: Place) => Promise<Walked>];

const DAY = '2025-08-01';
const BOOK = { name: '01/2025', firstNumber: 1, openedOn: DAY, closesOn: '2025-12-31' };
const CONFIRMED = { confirmedByFullName: 'Nguyễn Văn An', confirmedByTitle: 'Chủ tịch UBND' };
const SIGNER = { signerFullName: 'Nguyễn Văn An', signerTitle: 'Chủ tịch' };
const home = (code: string): string => `/v1/agencies/${code}`;

let office: Office;
let operator: Person;
let places = 0;

/** An agency of its own, and who works there. */
class Place {
  readonly code = `${office.agency}.${(places += 1)}`;
  readonly path = home(this.code);

  named = (suffix: string): string => `${this.code}.${suffix}`;
  person = (role: Parameters<Office['as']>[0], code = this.code) =>
    office.as(role, { agencies: [code], account: `${role}.${code}` });

  register = (code = this.code, level = 'commune', name = 'UBND xã Thượng Minh') =>
    operator.post('/v1/agencies', { json: { code, name, level } });
  edit = (code: string, json: object) =>
    operator.patch(home(code), { json: { reason: 'Nghị quyết', ...json } });
  retire = (code: string, successor?: string) =>
    operator.post(`${home(code)}/retirement`, { json: { successor, reason: 'Sáp nhập' } });

  open = async (code = this.code) =>
    (await this.person('receiving-officer', code)).post(`${home(code)}/books`, { json: BOOK });
  opened = async (code = this.code) => (await this.open(code)).headers.get('location') ?? '';
  propose = async (book: string) =>
    (await this.person('receiving-officer')).post(`${book}/proposals`, { json: CONFIRMED });
  close = async (book: string, code = this.code) =>
    (await this.person('receiving-officer', code)).post(`${book}/close`, { json: CONFIRMED });
  assign = async (book: string, json: object = {}) =>
    (await this.person('receiving-officer')).post(`${book}/entries`, { json: paper(json) });

  seal = async (name = 'Con dấu', image?: Buffer, fields: Record<string, string> = {}) =>
    (await this.person('clerk')).post(`${this.path}/seals`, {
      form: form({ name, ...fields }, image ?? (await draw.seal())),
    });
  sign = async (name = 'Chữ ký', image?: Buffer) =>
    (await this.person('certifier')).post(`${this.path}/signatures`, {
      form: form({ name, ...SIGNER }, image ?? (await draw.signature())),
    });
  change = async (specimen: Answer, fields: Record<string, string>, image?: Buffer) =>
    (await this.keeperOf(specimen)).patch(pathOf(specimen), { form: form(fields, image) });
  revoke = async (specimen: Answer) =>
    (await this.keeperOf(specimen)).post(`${pathOf(specimen)}/revoke`, {
      json: { reason: 'Thay mới' },
    });
  private keeperOf = (specimen: Answer) =>
    this.person(pathOf(specimen).includes('/seals/') ? 'clerk' : 'certifier');
  mandate = async (fields: object = {}) =>
    (await this.person('clerk')).post(`${this.path}/mandates`, { json: { ...MANDATE, ...fields } });
  endMandate = async (path: string, fields: object = {}) =>
    (await this.person('clerk')).post(`${path}/end`, { json: { reason: 'Thay đổi', ...fields } });
  receive = async (json: object = {}) =>
    (await this.person('receiving-officer')).post(`${this.path}/dossiers`, {
      json: { ...DOSSIER, ...json },
    });
  appoint = async (path: string, json: object = {}) =>
    (await this.person('receiving-officer')).post(`${path}/appointment`, {
      json: { ...APPOINTMENT, ...json },
    });
  giveBack = async (path: string) =>
    (await this.person('receiving-officer')).post(`${path}/return`, {
      json: { reason: 'Tẩy xóa' },
    });
  get certifier(): string {
    return `certifier.${this.code}`;
  }
}

const pathOf = ({ headers }: Answer): string => headers.get('location') ?? '';
const idOf = ({ body }: Answer): string => String(body['id']);

/** An agency that ends, one it may be told of, and a book that was open in it. */
async function ended(place: Place, successor?: string): Promise<string> {
  await place.register();
  const book = await place.opened();
  if (successor !== undefined) await place.register(successor);
  await place.retire(place.code, successor);
  return book;
}

const agencyWalks: {
  readonly [C in Extract<WalkedOverHttp, `AGENCY_${string}`>]: readonly Walk[];
} = {
  AGENCY_CODE: [
    [
      'a code of capitals, digits, dots and hyphens',
      async (place) => [
        await place.register(place.code.toLowerCase()),
        await place.register(place.code),
      ],
    ],
  ],
  AGENCY_IDENTIFIER: [
    [
      'a letter and two digits, then levels',
      async (place) => {
        await place.register();
        const refused = await place.edit(place.code, { identifier: '55.H1' });
        return [refused, await place.edit(place.code, { identifier: 'H55.1.2' })];
      },
    ],
  ],
  AGENCY_STATISTICAL_CODE: [
    [
      'two, three or five digits',
      async (place) => {
        await place.register();
        const refused = await place.edit(place.code, { statisticalCode: '5755' });
        return [refused, await place.edit(place.code, { statisticalCode: '05755' })];
      },
    ],
  ],
  AGENCY_EXISTS: [
    [
      'another code',
      async (place) => {
        await place.register();
        const refused = await place.register(place.code, 'commune', 'UBND xã Ba Bể');
        return [refused, await place.register(place.named('B'), 'commune', 'UBND xã Ba Bể')];
      },
    ],
    [
      'or edit that agency',
      async (place) => {
        await place.register();
        const refused = await place.register(place.code, 'commune', 'UBND xã Ba Bể');
        return [refused, await place.edit(place.code, { name: 'UBND xã Ba Bể' })];
      },
    ],
  ],
  AGENCY_NOT_FOUND: [
    [
      'the operator registers it',
      async (place) => {
        const refused = await place.open();
        await place.register();
        return [refused, await place.open()];
      },
    ],
  ],
  AGENCY_RETIRED: [
    [
      'the successor closes the book there',
      async (place) => {
        const successor = place.named('B');
        const book = await ended(place, successor);
        return [await place.close(book), await place.close(book, successor)];
      },
    ],
    [
      'what is new is done in the successor’s own register',
      async (place) => {
        const successor = place.named('B');
        await ended(place, successor);
        return [await place.open(), await place.open(successor)];
      },
    ],
    [
      'where there is no successor the operator names one, who closes the book',
      async (place) => {
        const successor = place.named('B');
        const book = await ended(place);
        const refused = await place.close(book);
        await place.register(successor);
        expect((await place.retire(place.code, successor)).status).toBe(200);
        return [refused, await place.close(book, successor)];
      },
    ],
  ],
  AGENCY_DISTRICT_ENDED: [
    [
      'at an agency of a province or a commune',
      async (place) => {
        await place.register(place.code, 'district');
        await place.register(place.named('B'), 'commune');
        return [await place.open(), await place.open(place.named('B'))];
      },
    ],
    [
      'to close its book the operator records a successor',
      async (place) => {
        await place.register();
        const book = await place.opened();
        await place.edit(place.code, { level: 'district' });
        const refused = await place.close(book);
        await place.register(place.named('B'));
        await place.retire(place.code, place.named('B'));
        return [refused, await place.close(book, place.named('B'))];
      },
    ],
  ],
};

/** Two agencies, and what stands in the way of the one’s registers passing to the other. */
const succession =
  (before: (place: Place, other: string) => Promise<unknown>, other: string, then: string) =>
  async (place: Place): Promise<Walked> => {
    await place.register();
    await before(place, place.named(other));
    const refused = await place.retire(place.code, place.named(other));
    if (then === 'C') await place.register(place.named('C'));
    return [refused, await place.retire(place.code, place.named(then))];
  };

const proposalWalks: {
  readonly [C in Extract<WalkedOverHttp, `PROPOSAL${string}`>]: readonly Walk[];
} = {
  PROPOSAL_NEEDED: [
    [
      'one account asks, another confirms',
      async (place) => {
        await place.register();
        const book = await place.opened();
        await place.edit(place.code, { fourEyes: true });
        const refused = await place.close(book);
        const proposal = await place.propose(book);
        const { proposalId } = proposal.body['proposal'] as { proposalId: string };
        const certifier = await place.person('certifier');
        return [refused, await certifier.post(`${book}/proposals/${proposalId}/confirm`)];
      },
    ],
  ],
  PROPOSALS_OFF: [
    [
      'do it at once',
      async (place) => {
        await place.register();
        const book = await place.opened();
        return [await place.propose(book), await place.close(book)];
      },
    ],
    [
      'or have it asked of two',
      async (place) => {
        await place.register();
        const book = await place.opened();
        const refused = await place.propose(book);
        await place.edit(place.code, { fourEyes: true });
        return [refused, await place.propose(book)];
      },
    ],
  ],
};

const successorWalks: {
  readonly [C in Extract<WalkedOverHttp, `SUCCESSOR_${string}`>]: readonly Walk[];
} = {
  SUCCESSOR_SELF: [
    [
      'another agency',
      async (place) => {
        await place.register();
        await place.register(place.named('C'));
        return [
          await place.retire(place.code, place.code),
          await place.retire(place.code, place.named('C')),
        ];
      },
    ],
  ],
  SUCCESSOR_NOT_FOUND: [
    [
      'register it first',
      async (place) => {
        await place.register();
        const refused = await place.retire(place.code, place.named('B'));
        await place.register(place.named('B'));
        return [refused, await place.retire(place.code, place.named('B'))];
      },
    ],
  ],
  SUCCESSOR_RETIRED: [
    [
      'its own successor',
      succession(
        async (place, other) => {
          await place.register(other);
          await place.register(place.named('D'));
          await place.retire(other, place.named('D'));
        },
        'B',
        'D',
      ),
    ],
    [
      'or, where it has none, one that is active',
      succession(
        async (place, other) => {
          await place.register(other);
          await place.retire(other);
        },
        'B',
        'C',
      ),
    ],
  ],
  SUCCESSOR_DISTRICT: [
    [
      'a province or a commune',
      succession((place, other) => place.register(other, 'district'), 'B', 'C'),
    ],
  ],
  SUCCESSOR_CYCLE: [
    [
      'another agency',
      async (place) => {
        const [b, c] = [place.named('B'), place.named('C')];
        for (const code of [place.code, b, c]) await place.register(code);
        await place.retire(b, place.code);
        // What has ended and passed on its registers cannot take them over again.
        const refused = await place.retire(place.code, b);
        return [refused, await place.retire(place.code, c)];
      },
    ],
  ],
};

/** A number asked for with a signature or a seal that will not do, and then as was said. */
const numbered =
  (
    what: 'signature' | 'seal',
    refusedWith: (place: Place) => Promise<object>,
    thenWith: (place: Place) => Promise<object>,
  ) =>
  async (place: Place): Promise<Walked> => {
    await place.register();
    const book = await place.opened();
    const fields = (asked: object) => ({
      [what]: { ...(what === 'signature' && { account: place.certifier }), ...asked },
    });
    const refused = await place.assign(book, fields(await refusedWith(place)));
    return [refused, await place.assign(book, fields(await thenWith(place)))];
  };

/** The same for signatures and seals, which differ in their names only. */
const specimenWalks = (
  what: 'signature' | 'seal',
  add: (place: Place, name?: string) => Promise<Answer>,
) => ({
  NOT_FOUND: [
    [
      'one from the list',
      numbered(
        what,
        () => Promise.resolve({ id: randomUUID() }),
        async (place) => ({ id: idOf(await add(place)) }),
      ),
    ],
  ] as const,
  REVOKED: [
    [
      'another',
      numbered(
        what,
        async (place) => {
          const out = await add(place, 'Cũ');
          await place.revoke(out);
          return { id: idOf(out) };
        },
        async (place) => ({ id: idOf(await add(place, 'Mới')) }),
      ),
    ],
    [
      'another, where it was to be edited',
      async (place: Place): Promise<Walked> => {
        await place.register();
        const out = await add(place, 'Cũ');
        await place.revoke(out);
        const refused = await place.change(out, { name: 'Tên khác' });
        return [refused, await place.change(await add(place, 'Mới'), { name: 'Tên khác' })];
      },
    ],
  ] as const,
  NAME_DUPLICATE: [
    [
      'another name',
      async (place: Place): Promise<Walked> => {
        await place.register();
        await add(place, 'Mẫu');
        return [await add(place, 'mẫu'), await add(place, 'Mẫu 2')];
      },
    ],
  ] as const,
  NO_DEFAULT: [
    [
      'name the one that is wanted',
      async (place: Place): Promise<Walked> => {
        const first = await withoutDefault(place, add);
        const asked = (id?: string) => place.assign(first.book, specimenOf(what, place, id));
        return [await asked(), await asked(idOf(first.other))];
      },
    ],
    [
      'or add one and make it the default',
      async (place: Place): Promise<Walked> => {
        const first = await withoutDefault(place, add);
        const refused = await place.assign(first.book, specimenOf(what, place));
        await place.change(await add(place, 'Thứ ba'), { isDefault: 'true' });
        return [refused, await place.assign(first.book, specimenOf(what, place))];
      },
    ],
  ] as const,
});

const specimenOf = (what: 'signature' | 'seal', place: Place, id?: string) => ({
  [what]: { ...(what === 'signature' && { account: place.certifier }), ...(id && { id }) },
});

/** The default goes out of use; the other that is there does not become it by itself. */
async function withoutDefault(place: Place, add: (place: Place, name?: string) => Promise<Answer>) {
  await place.register();
  const book = await place.opened();
  const initial = await add(place, 'Thứ nhất');
  const other = await add(place, 'Thứ hai');
  await place.revoke(initial);
  return { book, other };
}

const seals = specimenWalks('seal', (place, name) => place.seal(name));
const signatures = specimenWalks('signature', (place, name) => place.sign(name));

const pictureWalks: {
  readonly [
    C in Extract<WalkedOverHttp, `SIGNATURE_${string}` | `SEAL_${string}` | OfPictures>
  ]: readonly Walk[];
} = {
  SEAL_NOT_FOUND: seals.NOT_FOUND,
  SEAL_REVOKED: seals.REVOKED,
  SEAL_NAME_DUPLICATE: seals.NAME_DUPLICATE,
  SEAL_NO_DEFAULT: seals.NO_DEFAULT,
  SIGNATURE_NOT_FOUND: signatures.NOT_FOUND,
  SIGNATURE_REVOKED: signatures.REVOKED,
  SIGNATURE_NAME_DUPLICATE: signatures.NAME_DUPLICATE,
  SIGNATURE_NO_DEFAULT: signatures.NO_DEFAULT,
  SIGNATURE_SIGNER: [
    ['the right name', (place) => signedBy(place, { certifierFullName: SIGNER.signerFullName })],
    [
      'or another signature',
      async (place) => {
        const other = { signerFullName: 'Lê Văn Bình', signerTitle: 'Chủ tịch' };
        await place.register();
        const certifier = await place.person('certifier');
        const added = await certifier.post(`${place.path}/signatures`, {
          form: form({ name: 'Của ông Bình', ...other }, await draw.signature()),
        });
        const signature = { account: place.certifier, id: idOf(added) };
        return signedBy(place, { signature });
      },
    ],
  ],
  SPECIMENS_EXHAUSTED: [
    [
      'another picture for one in use',
      async (place) => {
        await place.register();
        const there = await place.seal('Đã có');
        await recordSeals(place);
        const other = await draw.seal({ width: 777 });
        return [await place.seal('Mới', other), await place.change(there, {}, other)];
      },
    ],
    [
      'or another name',
      async (place) => {
        await place.register();
        const there = await place.seal('Đã có');
        await recordSeals(place);
        return [await place.seal('Mới'), await place.change(there, { name: 'Mới' })];
      },
    ],
  ],
  VERSIONS_EXHAUSTED: [
    [
      'out of use, and another one added',
      async (place) => {
        await place.register();
        const worn = await place.seal();
        await recordVersions(place, idOf(worn));
        const other = await draw.seal({ width: 777 });
        const refused = await place.change(worn, {}, other);
        await place.revoke(worn);
        return [refused, await place.seal('Mới', other)];
      },
    ],
  ],
  IMAGES_EXHAUSTED: [
    [
      'the very file that was sent before',
      async (place) => {
        await place.register();
        const kept = await draw.seal();
        await place.seal('Đã có', kept);
        await fill(place, kept.length);
        const refused = await place.seal('Mới', await draw.seal({ width: 777 }));
        return [refused, await place.seal('Mới', kept)];
      },
    ],
    [
      'or a smaller picture',
      async (place) => {
        await place.register();
        await fill(place, 2000);
        const refused = await place.seal('Mới', await draw.seal({ width: 777 }));
        return [refused, await place.seal('Mới', await smallest())];
      },
    ],
  ],
};

const MANDATE = {
  mandateKind: 'assignment',
  holderFullName: 'Nguyễn Văn An',
  holderTitle: 'Phó Chủ tịch UBND',
  mandateIssuer: 'Chủ tịch UBND xã',
  mandateNumber: '15/QĐ-UBND',
  issuedOn: DAY,
  validFrom: DAY,
  validTo: '2025-12-31',
};

/** Something is refused of a mandate that is recorded, or is to be; then the other goes through. */
const mandate =
  (asked: (place: Place, id: string) => Promise<Walked>) =>
  async (place: Place): Promise<Walked> => {
    await place.register();
    const recorded = await place.mandate();
    expect(recorded.status).toBe(201);
    return asked(place, pathOf(recorded));
  };

const mandateWalks: {
  readonly [C in Extract<WalkedOverHttp, `MANDATE${string}`>]: readonly Walk[];
} = {
  MANDATE_NOT_FOUND: [
    [
      'one of the list',
      mandate(async (place, path) => [
        await place.endMandate(`${place.path}/mandates/${randomUUID()}`),
        await place.endMandate(path),
      ]),
    ],
  ],
  MANDATE_EXISTS: [
    [
      'ended from its first day on, and recorded again',
      mandate(async (place, path) => {
        const again = { validTo: '2026-12-31' };
        const refused = await place.mandate(again);
        await place.endMandate(path, { endedOn: DAY });
        return [refused, await place.mandate(again)];
      }),
    ],
  ],
  MANDATE_BEFORE_ISSUE: [
    [
      'days in their order',
      mandate(async (place) => [
        await place.mandate({ mandateNumber: '16/QĐ-UBND', validFrom: '2025-07-31' }),
        await place.mandate({ mandateNumber: '16/QĐ-UBND' }),
      ]),
    ],
  ],
  MANDATE_DATES: [
    [
      'days in their order',
      mandate(async (place) => [
        await place.mandate({ mandateNumber: '16/QĐ-UBND', validTo: '2025-07-31' }),
        await place.mandate({ mandateNumber: '16/QĐ-UBND' }),
      ]),
    ],
  ],
  MANDATE_ENDED: [
    [
      'another document',
      mandate(async (place, path) => {
        await place.endMandate(path);
        const refused = await place.endMandate(path, { endedOn: '2025-09-01' });
        return [refused, await place.mandate({ mandateNumber: '16/QĐ-UBND' })];
      }),
    ],
  ],
  MANDATE_END_OUTSIDE: [
    [
      'a day of its time',
      mandate(async (place, path) => [
        await place.endMandate(path, { endedOn: '2026-01-01' }),
        await place.endMandate(path, { endedOn: '2025-12-31' }),
      ]),
    ],
  ],
  MANDATES_EXHAUSTED: [
    [
      'one that is in force',
      mandate(async (place) => {
        await recordMany(place);
        const refused = await place.mandate({ mandateNumber: '16/QĐ-UBND' });
        return [refused, await place.assign(await place.opened(), { authority: 'KT.' })];
      }),
    ],
  ],
};

const DOSSIER = { dossier: 'H03.25-0001', documents: 2 };
const APPOINTMENT = { dueAt: '2025-08-04T10:00:00+07:00', reason: 'Giấy tờ có nhiều trang' };

/** Something is refused of a dossier that was received, or is to be; then the other goes through. */
const dossier =
  (asked: (place: Place, path: string) => Promise<Walked>) =>
  async (place: Place): Promise<Walked> => {
    await place.register();
    const received = await place.receive();
    expect(received.status).toBe(201);
    return asked(place, pathOf(received));
  };

/** An appointment that is refused, and what it is refused for put right. */
const appointed = (refused: object, then: object = {}) =>
  dossier(async (place, path) => [
    await place.appoint(path, refused),
    await place.appoint(path, then),
  ]);

const dossierWalks: {
  readonly [
    C in Extract<WalkedOverHttp, `DOSSIER_${string}` | `APPOINTMENT_${string}` | 'TIME_FORMAT'>
  ]: readonly Walk[];
} = {
  TIME_FORMAT: [['a day with its hour', appointed({ dueAt: '2025-08-04' })]],
  DOSSIER_CODE: [
    [
      'the code on the slip',
      async (place) => {
        await place.register();
        return [await place.receive({ dossier: '..' }), await place.receive()];
      },
    ],
  ],
  DOSSIER_RECEIVED_AT: [
    [
      'a time that is over',
      async (place) => {
        await place.register();
        const refused = await place.receive({ receivedAt: `${DAY}T20:00` });
        return [refused, await place.receive({ receivedAt: `${DAY}T07:30` })];
      },
    ],
    [
      'or no time, which is now',
      async (place) => {
        await place.register();
        const refused = await place.receive({ receivedAt: '2015-08-01T07:30' });
        return [refused, await place.receive()];
      },
    ],
  ],
  DOSSIER_NOT_FOUND: [
    [
      'received first',
      dossier(async (place, path) => {
        const other = path.replace('0001', '0002');
        const refused = await place.appoint(other);
        await place.receive({ dossier: 'H03.25-0002' });
        return [refused, await place.appoint(other)];
      }),
    ],
  ],
  DOSSIER_EXISTS: [
    [
      'another code',
      dossier(async (place) => [
        await place.receive({ documents: 3 }),
        await place.receive({ documents: 3, dossier: 'H03.25-0002' }),
      ]),
    ],
  ],
  DOSSIER_RETURNED: [
    [
      'received under another code',
      dossier(async (place, path) => {
        await place.giveBack(path);
        return [await place.appoint(path), await place.receive({ dossier: 'H03.25-0001.2' })];
      }),
    ],
  ],
  APPOINTMENT_TIME: [
    ['a time that is to come', appointed({ dueAt: '2025-08-01T07:00:00+07:00' })],
    ['a time behind the day it is due', appointed({ dueAt: '2025-08-01T17:00:00+07:00' })],
    ['a day that is worked', appointed({ dueAt: '2025-08-02T10:00:00+07:00' })],
    ['the right year', appointed({ dueAt: '2052-08-02T10:00:00+07:00' })],
  ],
  APPOINTMENT_AGREEMENT: [
    ['until that day', appointed({ dueAt: '2025-08-06T10:00' }, { dueAt: '2025-08-05T16:00' })],
    [
      'or with an agreement',
      appointed(
        { dueAt: '2025-08-06T10:00' },
        { dueAt: '2025-08-06T10:00', agreedInWriting: true },
      ),
    ],
  ],
};

interface Recorded {
  readonly stream: string;
  readonly after: ExpectedRevision;
  readonly type: string;
  readonly data: readonly JsonObject[];
}

/** As if the agency's clerk had done all that before. */
async function record(place: Place, { stream, after, type, data }: Recorded): Promise<void> {
  const actor = { account: 'a', name: 'A', role: 'clerk', agency: place.code };
  const ids = { correlationId: 'a', causationId: 'a', schemaVersion: 1 };
  const metadata = { actor, occurredAt: `${DAY}T01:00:00.000Z`, ...ids };
  const events = data.map((one) => ({ id: randomUUID(), type, data: one, metadata }));
  await office.api.stores.eventStore.append(stream, after, events);
}

/** Mandates up to the last one there may be. */
const recordMany = (place: Place): Promise<void> =>
  record(place, {
    ...{ stream: mandatesStream(place.code), after: 0, type: 'MandateRecorded' },
    data: Array.from({ length: 1999 }, (_, at) => {
      const data = { ...MANDATE, id: `m-${at}`, mandateNumber: `${at}`, holderAccount: null };
      return { ...data, scope: null };
    }),
  });

const recordedImage = (at: number) => ({
  ...{ sha256: String(at).padStart(64, '0'), mediaType: 'image/png' },
  ...{ width: 500, height: 500, bytes: 99, warnings: [] },
});

/** Seals up to the last one there may be. */
const recordSeals = (place: Place): Promise<void> =>
  record(place, {
    ...{ stream: sealStream(place.code), after: 0, type: 'SealRegistered' },
    data: Array.from({ length: 199 }, (_, at) => {
      const fields = { name: `Con dấu ${at}`, isDefault: false };
      return { id: `s-${at}`, version: 1, fields, image: recordedImage(at) };
    }),
  });

/** Versions of a seal up to the last one there may be. */
const recordVersions = (place: Place, id: string): Promise<void> =>
  record(place, {
    ...{ stream: sealStream(place.code), after: 0, type: 'SealEdited' },
    data: Array.from({ length: 99 }, (_, at) => {
      return { id, changes: {}, image: recordedImage(at), version: at + 2, reason: '' };
    }),
  });

const smallest = async (): Promise<Buffer> =>
  sharp(await draw.seal({ width: 160 }))
    .png({ palette: true, colours: 2 })
    .toBuffer();

/** As if the agency had sent pictures of all the room there is, but for so many bytes. */
async function fill(place: Place, butFor = 0): Promise<void> {
  const stream = imagesStream(place.code);
  const { eventStore } = office.api.stores;
  let revision: ExpectedRevision = 'no-stream';
  for await (const event of eventStore.readStream(stream)) ({ revision } = event);
  const data = { sha256: '0'.repeat(64), bytes: 200 * 1024 * 1024 - butFor };
  await record(place, { stream, after: revision, type: 'ImageKept', data: [data] });
}

/** A number with a signature that shows another name than the one that is written. */
async function signedBy(place: Place, then: object): Promise<Walked> {
  await place.register();
  const book = await place.opened();
  const signature = { account: place.certifier, id: idOf(await place.sign('Của ông An')) };
  const named = { certifierFullName: 'Lê Văn Bình', signature };
  return [await place.assign(book, named), await place.assign(book, { ...named, ...then })];
}

/** A picture that is refused, and what its refusal says to send instead. */
interface Pictures {
  readonly says: string;
  readonly refused: () => Promise<Buffer>;
  readonly then: () => Promise<Buffer>;
  readonly fields?: Record<string, string>;
}

const seal = () => draw.seal();
const inCases = (name: string) => () => readFile(join(import.meta.dirname, '../cases', name));
const page = inCases('a4-300dpi-seal-36mm.png');
const tiff = async () =>
  sharp(await seal())
    .tiff()
    .toBuffer();
const webp = async () =>
  sharp(await seal())
    .webp()
    .toBuffer();

const imageWalks: { readonly [C in ImageProblemCode]: readonly Pictures[] } = {
  FILE_EMPTY: [
    { says: 'another file', refused: () => Promise.resolve(Buffer.alloc(0)), then: seal },
  ],
  FILE_TYPE: [{ says: 'PNG, JPG or WebP', refused: tiff, then: webp }],
  FILE_TOO_LARGE: [
    {
      says: 'a smaller file',
      refused: () => Promise.resolve(Buffer.alloc(6 * 1024 * 1024)),
      then: seal,
    },
  ],
  FILE_RARE_JPEG: [
    { says: 'saved as PNG', refused: inCases('signature-lossless.jpg'), then: seal },
  ],
  FILE_BROKEN: [
    {
      says: 'saved again',
      refused: async () => draw.truncated(await seal(), 0.5),
      then: seal,
    },
  ],
  IMAGE_TOO_MANY_PIXELS: [
    { says: 'made smaller', refused: () => draw.blank(5001, 5000), then: seal },
  ],
  IMAGE_TOO_SMALL: [
    {
      says: 'scanned finer',
      refused: () => draw.seal({ width: 149 }),
      then: () => draw.seal({ width: 150 }),
    },
  ],
  IMAGE_UNCROPPED: [
    { says: 'cut as was told', refused: page, then: cutAsTold },
    { says: 'or crop=auto', refused: page, then: page, fields: { crop: 'auto' } },
  ],
  IMAGE_ANIMATED: [{ says: 'a still', refused: draw.animatedWebp, then: seal }],
  IMAGE_BLANK: [{ says: 'another picture', refused: () => draw.blank(), then: seal }],
  IMAGE_BLURRED: [
    {
      says: 'scanned again',
      refused: async () => draw.blurred(await seal(), 0.02),
      then: seal,
    },
  ],
  IMAGE_LOW_CONTRAST: [
    {
      says: 'scanned darker',
      refused: () => draw.seal({ ink: '#fbe4e4' }),
      then: () => draw.seal({ ink: '#f0b0b0' }),
    },
  ],
};

/** By the figures of the refusal's own text. */
async function cutAsTold(): Promise<Buffer> {
  const place = new Place();
  await place.register();
  const { body } = await place.seal('Cả trang', await page());
  const figures = /vùng (\d+) × (\d+) điểm ảnh từ góc trái trên \((\d+); (\d+)\)/.exec(
    String(body['detail']),
  );
  const [width = 0, height = 0, left = 0, top = 0] = (figures ?? []).slice(1).map(Number);
  return sharp(await page())
    .extract({ left, top, width, height })
    .png()
    .toBuffer();
}

/** Where the service's door refuses first. */
const AT_DOOR: Readonly<Record<string, string>> = { FILE_TOO_LARGE: 'UPLOAD_TOO_LARGE' };

describe('doing what a refusal says lets the command through', () => {
  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, {
      CLOCK_NOW: `${DAY}T08:00:00+07:00`,
      AGENCIES: 'registered',
    });
    operator = await office.as('operator', { agencies: ['*'] });
  }, 60_000);
  afterAll(() => office.dispose());

  const walks = Object.entries({
    ...agencyWalks,
    ...proposalWalks,
    ...successorWalks,
    ...pictureWalks,
    ...mandateWalks,
    ...dossierWalks,
  });
  it.each(walks.flatMap(([code, some]) => some.map((one) => [code, ...one] as const)))(
    '%s: %s',
    async (code, _says, walk) => {
      const [refused, then] = await walk(new Place());
      expect([refused.status, refused.body['code']]).toEqual([
        refusals[code as keyof typeof refusals].status,
        code,
      ]);
      expect([then.body['code'], then.status]).toEqual([undefined, expect.any(Number)]);
      expect(then.status).toBeLessThan(300);
    },
    30_000,
  );

  const pictures = Object.entries(imageWalks);
  it.each(pictures.flatMap(([code, some]) => some.map((one) => [code, one.says, one] as const)))(
    '%s: %s',
    async (code, _says, { refused, then, fields }) => {
      const place = new Place();
      await place.register();
      const { body } = await place.seal('Con dấu', await refused());
      expect(body['code']).toBe(AT_DOOR[code] ?? code);
      const sent = await place.seal('Con dấu', await then(), fields);
      expect([sent.body['code'], sent.status]).toEqual([undefined, 201]);
    },
    30_000,
  );
});
