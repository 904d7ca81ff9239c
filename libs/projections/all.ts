import { agencyList } from './models/agency-list.ts';
import { auditHistory } from './models/audit-history.ts';
import { bookDetails } from './models/book-details.ts';
import { bookList } from './models/book-list.ts';
import { copyFiles } from './models/copy-files.ts';
import { copyList } from './models/copy-list.ts';
import { dossiers } from './models/dossiers.ts';
import { exportList } from './models/export-list.ts';
import { figures } from './models/figures.ts';
import { mandateList } from './models/mandate-list.ts';
import { numbering } from './models/numbering.ts';
import { proposals } from './models/proposals.ts';
import { registerEntries } from './models/register-entries.ts';
import { sealList } from './models/seal-list.ts';
import { signatureList } from './models/signature-list.ts';
import { verifications } from './models/verifications.ts';
import { webhookList } from './models/webhook-list.ts';
import type { Projection } from './projection.ts';

/** Every read model there is. */
export const allProjections: readonly Projection[] = [
  bookList,
  bookDetails,
  registerEntries,
  signatureList,
  sealList,
  mandateList,
  dossiers,
  auditHistory,
  agencyList,
  numbering,
  figures,
  proposals,
  exportList,
  verifications,
  webhookList,
  copyList,
  copyFiles,
];

/** A setting or an operator names a projection that there is not; nothing was changed. */
export class UnknownProjection extends Error {
  override readonly name = 'UnknownProjection';
}

/** The projections of these names. @throws UnknownProjection that lists the names there are */
export function projectionsNamed(names: readonly string[]): readonly Projection[] {
  return names.map((name) => {
    const found = allProjections.find((projection) => projection.name === name);
    if (found) return found;
    const known = allProjections.map((projection) => projection.name).join(', ');
    throw new UnknownProjection(`no projection is called ${name}; there are: ${known}`);
  });
}

/** Which projections set aside what they cannot take: those named, `*` or `none`. @throws UnknownProjection */
export function parking(names: readonly string[]): (projection: Projection) => boolean {
  const all = names.includes('*');
  const named = projectionsNamed(names.filter((name) => name !== '*' && name !== 'none'));
  return (projection) => all || named.includes(projection);
}
