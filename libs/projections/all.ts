import { agencyList } from './models/agency-list.ts';
import { auditHistory } from './models/audit-history.ts';
import { bookDetails } from './models/book-details.ts';
import { bookList } from './models/book-list.ts';
import { registerEntries } from './models/register-entries.ts';
import { sealList } from './models/seal-list.ts';
import { signatureList } from './models/signature-list.ts';
import type { Projection } from './projection.ts';

/** Every read model there is. */
export const allProjections: readonly Projection[] = [
  bookList,
  bookDetails,
  registerEntries,
  signatureList,
  sealList,
  auditHistory,
  agencyList,
];
