import { Link } from '@tanstack/react-router';
import type { BookDetails, EntryRow } from '#client';
import { ProofCheck } from '../auditor/proof-check.tsx';
import { EntryCopy } from '../copies/entry-copy.tsx';
import { Button } from '../parts/button.tsx';
import { shownDay, shownInstant, shownNumber } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { Window } from '../parts/window.tsx';
import { hasRole, useSession } from '../session/session.ts';
import { SpecimenImage } from '../specimens/specimen-image.tsx';
import { useWords } from '../words/words.tsx';
import { EntryStateChip } from './entry-state-chip.tsx';
import type { EntryAct } from './register-search.ts';
import { VerificationCode } from './verification-code.tsx';

interface EntryProps {
  readonly book: BookDetails;
  readonly entry: EntryRow;
  readonly onClose: () => void;
  readonly onAct: (act: EntryAct) => void;
}

/** One number: its columns, the pictures as they were at that moment, what was done to it, what can be. */
export function EntryWindow({ book, entry, onClose, onAct }: EntryProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const session = useSession();
  const path = { agency: session.agency, bookId: book.bookId, number: entry.number };
  const signer = [entry.authority, entry.certifierTitle].filter(Boolean).join(' ');
  return (
    <Window title={`${entry.numberText} · ${book.name}`} onClose={onClose}>
      <p>
        <EntryStateChip entry={entry} /> <span className="soft">{entry.citation}</span>
      </p>
      <Facts
        facts={[
          [labels.requester, entry.requester],
          [labels.documentTitle, entry.documentTitle],
          [labels.certifiedOn, shownDay(entry.certifiedOn ?? '')],
          [labels.dossier, `${entry.dossier} / ${entry.document}`],
          [labels.certifierFullName, `${entry.certifierFullName}, ${signer}`],
          ...(entry.mandate ? [[labels.mandate, entry.mandate.mandateNumber] as const] : []),
          [labels.copies, shownNumber(entry.copies)],
          [labels.fee, shownNumber(entry.fee)],
          [labels.note, entry.note],
        ]}
      />
      {entry.verificationCode !== null && (
        <VerificationCode entry={entry} code={entry.verificationCode} />
      )}
      <Pictures entry={entry} />
      <EntryCopy {...{ book, entry, onAct }} />
      <Done entry={entry} />
      {hasRole(session, 'auditor') && <ProofCheck path={path} />}
      <Acts {...{ book, entry, onAct }} />
    </Window>
  );
}

function Pictures({ entry: { signature, seal } }: { readonly entry: EntryRow }) {
  const { signature: signed, seal: sealed } = useWords().entries.fields;
  if (!signature && !seal) return null;
  return (
    <div className="grid-2">
      {signature && <SpecimenImage kind="signature" {...signature} alt={signed} />}
      {seal && <SpecimenImage kind="seal" {...seal} alt={sealed} />}
    </div>
  );
}

/** What the register says was done to it, and by whom it was given. */
function Done({ entry }: { readonly entry: EntryRow }) {
  const words = useWords();
  const { assignedBy, assignedAt, remarks, note } = entry;
  return (
    <section className="stack">
      <h3>{words.entries.history}</h3>
      {assignedBy !== null && assignedAt !== null && (
        <p>
          {words.entries.states.assigned}: {words.entries.by(assignedBy, shownInstant(assignedAt))}
        </p>
      )}
      {remarks !== note && <p className="remarks">{remarks}</p>}
      {entry.dossier !== '' && (
        <p className="no-print">
          <Link to="/kiem-toan/nhat-ky" search={{ so: entry.number, hoso: entry.dossier }}>
            {words.entries.toHistory}
          </Link>
        </p>
      )}
    </section>
  );
}

function Acts({ book, entry, onAct }: Pick<EntryProps, 'book' | 'entry' | 'onAct'>) {
  const words = useWords();
  const session = useSession();
  const isStanding = entry.state === 'assigned' || entry.state === 'corrected';
  const isOfficer = hasRole(session, 'receiving-officer');
  if (!isStanding) return null;
  return (
    <div className="row end">
      {isOfficer && <Button onClick={() => onAct('dinh-chinh')}>{words.entries.correct}</Button>}
      {isOfficer && book.state === 'open' && (
        <Button kind="danger" onClick={() => onAct('huy-so')}>
          {words.entries.void}
        </Button>
      )}
      {hasRole(session, 'certifier') && (
        <Button kind="danger" onClick={() => onAct('huy-gia-tri')}>
          {words.entries.revoke}
        </Button>
      )}
    </div>
  );
}
