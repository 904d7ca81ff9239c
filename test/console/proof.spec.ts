import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InclusionAnswer } from '#client';
import { verify } from '../../apps/console/auditor/proof.ts';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office } from '../support/office.ts';

describe('a proof, verified as the browser does it', () => {
  let office: Office;
  let proofs: readonly InclusionAnswer[];
  let keys: readonly string[];

  beforeAll(async () => {
    office = await openOffice(backends[0] as Backend, { SEAL_SECONDS: '0' });
    const { portal: officer } = await office.as('receiving-officer');
    const { portal: auditor } = await office.as('auditor');
    const { agency } = office;
    const opened = await officer.openBook({ agency }, { ...guideBook, closesOn: '2024-12-31' });
    const book = { agency, bookId: opened.data.book.bookId };
    let readAfter: string | null = null;
    for (let document = 1; document <= 6; document += 1)
      ({ position: readAfter } = await officer.assignEntryNumber(book, paper({ document })));
    await auditor.sealLog();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) => auditor.proveEntry({ ...book, number }, { readAfter })),
    );
    proofs = answers.map(({ data }) => data);
    keys = (await auditor.listAuditKeys()).data.items.map(({ key }) => key);
  }, 60_000);
  afterAll(() => office.dispose());

  const first = (): InclusionAnswer => {
    const [proof] = proofs;
    if (!proof) throw new Error('there are six');
    return proof;
  };

  it('holds for every number, at every place of the tree', async () => {
    for (const proof of proofs) {
      const verdict = await verify(proof, keys);
      expect([verdict.isIncluded, verdict.signedBy]).toEqual([true, keys[0]]);
    }
  });

  it('does not for an event that was changed by a letter', async () => {
    const forged = JSON.parse(
      JSON.stringify(first()).replace('Lê Thị Cúc', 'Lê Thị Cục'),
    ) as InclusionAnswer;
    expect(await verify(forged, keys)).toMatchObject({ isIncluded: false });
  });

  it('does not for another place, a path cut short, or another’s path', async () => {
    const [one, two] = proofs;
    if (!one || !two) throw new Error('there are six');
    for (const changed of [
      { ...one, index: one.index + 1 },
      { ...one, path: one.path.slice(1) },
      { ...one, path: [...one.path, ...one.path] },
      { ...one, path: two.path, index: 4000 },
    ])
      expect(await verify(changed, keys)).toMatchObject({ isIncluded: false });
  });

  it('does not for a root that nobody signed whose key is known', async () => {
    const { proof, size } = first();
    const resized = { ...first(), proof: proof.replace(`\n${size}\n`, `\n${size + 1}\n`) };
    expect((await verify(resized, keys)).signedBy).toBeUndefined();
    expect((await verify(first(), [])).signedBy).toBeUndefined();
  });
});
