import { describe, expect, it } from '@jest/globals';
import { specFor } from '../../../test/support/given.ts';
import type { SpecimenImage } from '../specimen/specimen.ts';
import type { EditSignature, RegisterSignature, SignatureCommand } from './commands.ts';
import { decideSignatures } from './decide.ts';
import { evolveSignatures, noSignatures } from './signature.ts';

const { given, played, stateAfter } = specFor({
  initial: noSignatures,
  evolve: evolveSignatures,
  decide: (state, command: SignatureCommand) => decideSignatures(state, command),
});

const image = (sha256 = 'a'.repeat(64)): SpecimenImage => ({
  sha256,
  mediaType: 'image/png',
  width: 600,
  height: 300,
  bytes: 1234,
  warnings: [],
});

const fields = {
  name: 'Chữ ký lãnh đạo',
  isDefault: false,
  signerFullName: 'Nguyễn Văn An',
  signerTitle: 'Phó Chủ tịch UBND',
  authority: 'KT.',
} as const;

const register = (given: Partial<RegisterSignature> = {}): RegisterSignature => ({
  type: 'RegisterSignature',
  id: 's-1',
  fields,
  image: image(),
  ...given,
});
const edit = (given: Partial<EditSignature>): EditSignature => ({
  type: 'EditSignature',
  id: 's-1',
  fields: {},
  image: null,
  reason: '',
  ...given,
});
const revoke = (id = 's-1', reason = 'Nghỉ hưu') =>
  ({ type: 'RevokeSignature', id, reason }) as const;
const second = register({ id: 's-2', fields: { ...fields, name: 'Chữ ký nháy' } });

describe('registering a signature', () => {
  it('records the picture as version 1, and makes the first one the default', () => {
    given()
      .when(register())
      .then({
        type: 'SignatureRegistered',
        data: { id: 's-1', version: 1, fields: { ...fields, isDefault: true }, image: image() },
      });
  });

  it('leaves the default where it is unless asked', () => {
    const [event] = given(...played(register()))
      .when(second)
      .events();
    expect(event?.data).toMatchObject({ fields: { isDefault: false } });
  });

  it('keeps one default: the old one gives it up in the same breath', () => {
    const asked = { ...second, fields: { ...second.fields, isDefault: true } };
    const state = stateAfter(played(register(), asked));
    expect(state.map((one) => one.fields.isDefault)).toEqual([false, true]);
  });

  it.each([
    ['name', 'signatureName'],
    ['signerFullName', 'signerFullName'],
    ['signerTitle', 'signerTitle'],
  ] as const)('needs %s', (key, field) => {
    given()
      .when(register({ fields: { ...fields, [key]: ' ' } }))
      .thenRefused('REQUIRED', { field });
  });

  it('refuses the name of another one in use, but not of one out of use', () => {
    given(...played(register()))
      .when(register({ id: 's-2' }))
      .thenRefused('SIGNATURE_NAME_DUPLICATE');
    given(...played(register(), revoke()))
      .when(register({ id: 's-2' }))
      .thenTypes('SignatureRegistered');
  });

  it('happens once', () => {
    given(...played(register()))
      .when(register())
      .thenNothing();
  });
});

describe('editing a signature', () => {
  it('renames without a new version', () => {
    given(...played(register()))
      .when(edit({ fields: { name: ' Chữ ký ' }, reason: 'Gọn hơn' }))
      .then({
        type: 'SignatureEdited',
        data: {
          id: 's-1',
          changes: { name: { from: 'Chữ ký lãnh đạo', to: 'Chữ ký' } },
          image: null,
          version: 1,
          reason: 'Gọn hơn',
        },
      });
  });

  it('makes a new picture the next version and keeps the old one', () => {
    const events = played(register(), edit({ image: image('b'.repeat(64)) }));
    expect(events.at(-1)?.data).toMatchObject({ version: 2, changes: {} });
    expect(stateAfter(events)[0]?.images.map(({ sha256 }) => sha256[0])).toEqual(['a', 'b']);
  });

  it('changes nothing for the same picture and the same fields', () => {
    given(...played(register()))
      .when(edit({ image: image(), fields: { name: fields.name } }))
      .thenNothing();
  });

  it('hands the default over', () => {
    given(...played(register(), second))
      .when(edit({ id: 's-2', fields: { isDefault: true } }))
      .thenTypes('SignatureEdited', 'SignatureEdited');
  });

  it('refuses what is unknown, out of use, nameless or named like another', () => {
    const name = 'Chữ ký nháy';
    given().when(edit({})).thenRefused('SIGNATURE_NOT_FOUND');
    given(...played(register(), revoke()))
      .when(edit({ fields: { name } }))
      .thenRefused('SIGNATURE_REVOKED');
    given(...played(register()))
      .when(edit({ fields: { name: '' } }))
      .thenRefused('REQUIRED', { field: 'signatureName' });
    given(...played(register(), second))
      .when(edit({ fields: { name } }))
      .thenRefused('SIGNATURE_NAME_DUPLICATE');
  });
});

describe('revoking a signature (ngừng sử dụng)', () => {
  it('needs a reason, happens once, and ends its being the default', () => {
    given(...played(register()))
      .when(revoke('s-1', ''))
      .thenRefused('REASON');
    given(...played(register()))
      .when(revoke())
      .thenTypes('SignatureRevoked');
    given(...played(register(), revoke()))
      .when(revoke())
      .thenNothing();
    expect(stateAfter(played(register(), revoke()))[0]?.fields.isDefault).toBe(false);
  });

  it('refuses an unknown one', () => {
    given().when(revoke()).thenRefused('SIGNATURE_NOT_FOUND');
  });
});
