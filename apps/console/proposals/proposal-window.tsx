import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ProposalRow } from '#client';
import { useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { BookName } from '../books/book-name.tsx';
import { oneBook } from '../books/book-queries.ts';
import { Button } from '../parts/button.tsx';
import { shownInstant } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { Failure } from '../parts/failure.tsx';
import { ChangesTable } from '../parts/changes-table.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { totalsOf } from '../register/book-totals.ts';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { ProposalPath } from './proposal-queries.ts';
import type { ProposalAct } from './proposal-search.ts';
import { ProposalStateChip } from './proposal-state-chip.tsx';

interface ProposalProps {
  readonly proposal: ProposalRow;
  readonly path: ProposalPath;
  readonly onClose: () => void;
  readonly onAct: (act: ProposalAct) => void;
}

/** What is asked for, what will happen, and what can be done about it. */
export function ProposalWindow({ proposal, path, onClose, onAct }: ProposalProps) {
  const words = useWords();
  const { columns, kinds, what, to } = words.proposals;
  const { kind, number, proposed, proposedBy, proposedAt, reason, state } = proposal;
  const { endedBy, endedAt, endReason } = proposal;
  const title = number === null ? kinds[kind] : `${kinds[kind]} ${number}`;
  const search = number === null ? {} : { so: number };
  const ended: readonly (readonly [string, string])[] =
    endedBy === null || endedAt === null
      ? []
      : [
          [columns.endedBy, `${endedBy}, ${shownInstant(endedAt)}`],
          [columns.endReason, endReason],
        ];
  return (
    <Window title={title} onClose={onClose}>
      <p>
        <ProposalStateChip proposal={proposal} />{' '}
        <Link to="/hoso/quyensochungthuc/$bookId" params={{ bookId: path.bookId }} search={search}>
          {to[kind]}
        </Link>{' '}
        <span className="soft">
          <BookName bookId={path.bookId} />
        </span>
      </p>
      {state === 'waiting' && <p className="notice warn">{what[kind]}</p>}
      <Facts
        facts={[
          [columns.proposed, proposed],
          [words.reason, reason],
          [columns.by, `${proposedBy}, ${shownInstant(proposedAt)}`],
          ...ended,
        ]}
      />
      {kind === 'correction' ? <Changes {...proposal} /> : <Totals path={path} />}
      {state === 'waiting' && <Acts {...{ proposal, path, onClose, onAct }} />}
    </Window>
  );
}

function Changes({ changes }: Pick<ProposalRow, 'changes'>) {
  const { columns } = useWords().proposals;
  return (
    <ChangesTable
      title={columns.proposed}
      columns={[columns.column, columns.from, columns.to]}
      changes={changes}
    />
  );
}

/** What the book comes to by now. */
function Totals({ path: { agency, bookId } }: Pick<ProposalProps, 'path'>) {
  const words = useWords();
  const { data } = useQuery(oneBook(agency, bookId));
  return data ? <Facts facts={totalsOf(data.book, words)} /> : null;
}

/** Never by the account that has asked for it; that one may take it back. */
function Acts({ proposal, path, onClose, onAct }: ProposalProps) {
  const words = useWords();
  const session = useSession();
  const { proposals } = words;
  const command = useCommand({
    run: (_body: null, options) => portal.confirmProposal(path, options),
    fields: [],
    onDone: () => say(proposals.confirmed[proposal.kind]),
    close: onClose,
  });
  const isOwn = proposal.account === session.me.account;
  const maySettle = hasRole(session, 'receiving-officer', 'certifier');
  if (isOwn) {
    return (
      <>
        <p className="notice">{proposals.own}</p>
        {hasRole(session, 'receiving-officer') && (
          <div className="row end">
            <Button kind="danger" onClick={() => onAct('rut')}>
              {proposals.withdraw}
            </Button>
          </div>
        )}
      </>
    );
  }
  if (!maySettle) return null;
  return (
    <>
      <Failure error={command.failure} />
      <div className="row end">
        <Button disabled={command.busy} onClick={() => onAct('tu-choi')}>
          {proposals.refuse}
        </Button>
        <Button kind="danger main-act" disabled={command.busy} onClick={() => command.send(null)}>
          {proposals.confirm[proposal.kind]}
        </Button>
      </div>
    </>
  );
}
