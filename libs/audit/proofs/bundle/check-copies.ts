import { stampFactsOf, type CopyEvent, type CopySigned, type CopyStamped } from '#domain';
import { told } from './before.ts';
import type { Report } from './report.ts';

/** An entry, as far as its copy is concerned. */
interface Copied {
  readonly columns: Readonly<Record<string, unknown>>;
  readonly state: string;
  readonly stamped?: string;
}

/** That a copy is of a number that stands, and was stamped before it is signed. */
export function requireCopied(entry: Copied | undefined, event: CopyEvent, report: Report): void {
  const { type, data } = event;
  const { number } = data;
  if (!entry) {
    report('NO_ENTRY', { type, number });
    return;
  }
  const { state } = entry;
  if (state !== 'assigned') report('ENTRY_STATE', { type, number, state });
  if (event.type === 'CopyStamped') requireSaid(entry, event, report);
  else requireStamped(entry, event, report);
}

/** That a stamp says what the register said then. */
function requireSaid({ columns }: Copied, { type, data }: CopyStamped, report: Report): void {
  for (const [field, value] of Object.entries(stampFactsOf(data))) {
    const stood = columns[field];
    if (stood !== value) report('STAMP', { type, number: data.number, field, stood: told(stood) });
  }
}

/** That what was signed is the copy that was stamped last. */
function requireStamped({ stamped }: Copied, { type, data }: CopySigned, report: Report): void {
  const { number, stampedSha256: sha256 } = data;
  if (stamped !== sha256) report('NO_STAMP', { type, number, sha256 });
}
