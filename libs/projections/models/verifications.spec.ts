import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readEvent, type EventMetadata } from '#domain';
import type { Position } from '#event-store';
import { verificationHash, verifications } from './verifications.ts';

const golden = (version: number): Record<string, unknown> => {
  const file = new URL(
    `../../../test/golden/EntryNumberAssigned.v${version}.json`,
    import.meta.url,
  );
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
};

/** What the read model makes of a number as some version wrote it. */
function documentOf(version: number): Record<string, unknown> {
  const [change] = verifications.project({
    event: readEvent('EntryNumberAssigned', golden(version), () => version),
    metadata: { occurredAt: '2024-05-10T01:00:00.000Z' } as EventMetadata,
    id: 'event-7',
    stream: 'register-BK-001-SCTDT.BS-2024',
    revision: 2,
    position: '7' as Position,
  });
  return change && 'create' in change ? change.create : {};
}

describe('what a copy is verified by', () => {
  it('is kept as a hash, beside nothing of a person or a document', () => {
    const { verificationCode, requester, documentTitle, certifierFullName } = golden(3);
    const made = documentOf(3);
    expect(made).toMatchObject({ codeHash: verificationHash(String(verificationCode)) });
    const text = JSON.stringify(made);
    for (const hidden of [verificationCode, requester, documentTitle, certifierFullName])
      expect(text).not.toContain(String(hidden));
  });

  it('is not there for numbers given before there were codes', () => {
    for (const version of [1, 2]) expect(documentOf(version)).toMatchObject({ codeHash: null });
  });
});
