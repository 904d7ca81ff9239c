import { describe, expect, it } from '@jest/globals';
import { specFor } from '../../../test/support/given.ts';
import { decideImages, evolveImages, noImages, recallImage, sumOfImages } from './images.ts';

const { given, played } = specFor({
  initial: noImages,
  evolve: evolveImages,
  decide: decideImages,
});

const MIB = 1024 * 1024;
const keep = (at: number, bytes = 5 * MIB) =>
  ({ type: 'KeepImage', sha256: String(at).padStart(64, '0'), bytes }) as const;
const full = Array.from({ length: 40 }, (_, at) => keep(at));

describe('the pictures kept for an agency', () => {
  it('have room until they are 200 MiB together, and not for one byte more', () => {
    given(...played(...full.slice(1)))
      .when(keep(0))
      .thenTypes('ImageKept');
    given(...played(...full))
      .when(keep(40, 1))
      .thenRefused('IMAGES_EXHAUSTED', { mostMiB: 200 });
  });

  it('take no room for a file that is there already', () => {
    given(...played(...full))
      .when(keep(7))
      .thenNothing();
  });

  it('are the same whether all of them are at hand or looked up', () => {
    const events = played(keep(1), keep(2));
    const found = events.reduce(recallImage, events.reduce(sumOfImages, noImages()));
    expect(found).toEqual(events.reduce(evolveImages, noImages()));
  });
});
