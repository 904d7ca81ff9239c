import { describe, expect, it } from '@jest/globals';
import { specFor } from '../../../test/support/given.ts';
import type { SealCommand } from './commands.ts';
import { decideSeals } from './decide.ts';
import { evolveSeals, noSeals } from './seal.ts';

const { given, played, stateAfter } = specFor({
  initial: noSeals,
  evolve: evolveSeals,
  decide: (state, command: SealCommand) => decideSeals(state, command),
});

const image = (sha256 = 'a'.repeat(64)) => {
  return { sha256, mediaType: 'image/png', width: 500, height: 500, bytes: 99, warnings: [] };
};
const register = (id = 'seal-1', name = 'Con dấu cơ quan') =>
  ({ type: 'RegisterSeal', id, fields: { name, isDefault: false }, image: image() }) as const;
const rename = (name: string) =>
  ({ type: 'EditSeal', id: 'seal-1', fields: { name }, image: null, reason: '' }) as const;
const revoke = (reason = 'Khắc dấu mới') => ({ type: 'RevokeSeal', id: 'seal-1', reason }) as const;

describe('an agency’s seals', () => {
  it('begin with a default of version 1', () => {
    given()
      .when(register())
      .then({
        type: 'SealRegistered',
        data: {
          id: 'seal-1',
          version: 1,
          fields: { name: 'Con dấu cơ quan', isDefault: true },
          image: image(),
        },
      });
  });

  it('are renamed, and given a new picture as a new version', () => {
    given(...played(register()))
      .when(rename('Con dấu đơn vị'))
      .thenTypes('SealEdited');
    const replace = {
      type: 'EditSeal',
      id: 'seal-1',
      fields: {},
      image: image('b'.repeat(64)),
      reason: '',
    } as const;
    expect(stateAfter(played(register(), replace))[0]?.images).toHaveLength(2);
  });

  it('are refused without a name, under a name in use, when unknown and when out of use', () => {
    given().when(register('seal-1', ' ')).thenRefused('REQUIRED', { field: 'sealName' });
    given(...played(register()))
      .when(register('seal-2'))
      .thenRefused('SEAL_NAME_DUPLICATE');
    given(...played(register()))
      .when(register('seal-2', ' CON  DẤU\u200b cơ quan '))
      .thenRefused('SEAL_NAME_DUPLICATE');
    given().when(rename('x')).thenRefused('SEAL_NOT_FOUND');
    given(...played(register(), revoke()))
      .when(rename('x'))
      .thenRefused('SEAL_REVOKED');
  });

  it('have an end, those out of use among them; what was recorded beyond it is still there', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => register(`seal-${at}`, `Con dấu ${at}`)).flatMap(
        (one) => decideSeals([], one),
      );
    given(...many(199))
      .when(register('seal-199'))
      .thenTypes('SealRegistered');
    given(...many(200), ...played(register('seal-1'), revoke()).slice(1))
      .when(register('seal-200'))
      .thenRefused('SPECIMENS_EXHAUSTED', { most: 200 });
    given(...many(300))
      .when(rename('Con dấu đơn vị'))
      .thenTypes('SealEdited');
    given(...many(300))
      .when(register('seal-299'))
      .thenNothing();
  });

  it('have so many versions each, and are renamed and go out of use behind the last', () => {
    const picture = (at: number) =>
      ({ ...rename('Con dấu cơ quan'), image: image(String(at).padStart(64, '0')) }) as const;
    const versions = Array.from({ length: 99 }, (_, at) => picture(at));
    const last = played(register(), ...versions);
    expect(stateAfter(last)[0]?.images).toHaveLength(100);
    given(...last)
      .when(picture(100))
      .thenRefused('VERSIONS_EXHAUSTED', { name: 'Con dấu cơ quan', most: 100 });
    given(...last)
      .when(picture(98))
      .thenNothing();
    given(...last)
      .when(rename('Con dấu đơn vị'))
      .thenTypes('SealEdited');
    given(...last)
      .when(revoke())
      .thenTypes('SealRevoked');
  });

  it('go out of use once, for a reason', () => {
    given(...played(register()))
      .when(revoke(' '))
      .thenRefused('REASON');
    given(...played(register()))
      .when(revoke())
      .thenTypes('SealRevoked');
    given(...played(register(), revoke()))
      .when(revoke())
      .thenNothing();
  });
});
