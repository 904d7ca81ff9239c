import { stampPlaceLabels, type CopyEvent } from '#domain';
import { firsts, type AuditChange } from './audit-change.ts';

/** The file of an electronic copy; what its stamp says stands in the register. */
export function copyChanges(event: CopyEvent): AuditChange[] {
  if (event.type === 'CopySigned') {
    const { sha256: signedSha256, stampedSha256, signers } = event.data;
    return firsts({ signers: signers.join(', '), signedSha256, stampedSha256 }, 'register');
  }
  const { sha256: stampedSha256, sourceSha256, place, pages: filePages } = event.data;
  const file = { place: stampPlaceLabels[place], filePages, sourceSha256, stampedSha256 };
  return firsts(file, 'register');
}
