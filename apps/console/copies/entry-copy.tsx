import { useQuery } from '@tanstack/react-query';
import type { BookDetails, CopyRow, EntryRow } from '#client';
import { Button } from '../parts/button.tsx';
import { shownInstant } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import type { EntryAct } from '../register/register-search.ts';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { oneCopy } from './copy-queries.ts';
import { CopyStateChip } from './copy-state-chip.tsx';

interface CopyProps {
  readonly book: BookDetails;
  readonly entry: EntryRow;
  readonly onAct: (act: EntryAct) => void;
}

/** The electronic copy of a number: how far it is, which file it is, and what comes next. */
export function EntryCopy({ book, entry, onAct }: CopyProps) {
  const { copies } = useWords();
  const { agency } = useSession();
  const { data } = useQuery(oneCopy({ agency, bookId: book.bookId }, entry.number));
  if (data?.isElectronic !== true) return null;
  const { copy } = data;
  return (
    <section className="stack">
      <h3>{copies.one}</h3>
      {copy ? <Copy copy={copy} /> : <p className="soft">{copies.none}</p>}
      <Acts {...{ entry, copy, onAct }} />
    </section>
  );
}

function Copy({ copy }: { readonly copy: CopyRow }) {
  const { copies, entries } = useWords();
  const { stampedBy, stampedAt, signedBy, signedAt, signers } = copy;
  const recorded = signedBy !== null && signedAt !== null ? [signedBy, signedAt] : undefined;
  return (
    <>
      <p>
        <CopyStateChip copy={copy} />{' '}
        {copy.state === 'outdated' && <span className="soft">{copies.outdated}</span>}
      </p>
      <Facts
        facts={[
          [copies.stamped, entries.by(stampedBy, shownInstant(stampedAt))],
          [copies.pages, String(copy.filePages)],
          [copies.signers, signers.join(', ')],
          [
            copies.signedFile,
            recorded ? entries.by(recorded[0] ?? '', shownInstant(recorded[1] ?? '')) : '',
          ],
          ['SHA-256', copy.signedSha256 ?? copy.sha256],
        ]}
      />
    </>
  );
}

interface ActsProps extends Omit<CopyProps, 'book'> {
  readonly copy: CopyRow | null;
}

function Acts({ entry, copy, onAct }: ActsProps) {
  const { copies } = useWords();
  const session = useSession();
  const isStanding = entry.state === 'assigned' || entry.state === 'corrected';
  if (!isStanding) return null;
  const maySign = copy !== null && copy.state !== 'outdated';
  return (
    <div className="row">
      {hasRole(session, 'receiving-officer') && copy?.state !== 'signed' && (
        <Button onClick={() => onAct('dong-dau')}>{copy ? copies.stampAgain : copies.stamp}</Button>
      )}
      {hasRole(session, 'certifier', 'clerk') && maySign && (
        <Button onClick={() => onAct('da-ky')}>{copies.sign}</Button>
      )}
    </div>
  );
}
