import { useQuery } from '@tanstack/react-query';
import { lengths } from '#client';
import { portal } from '../api/portal.ts';
import { Failure } from '../parts/failure.tsx';
import { Loading } from '../parts/loading.tsx';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { oneProposal, type ProposalPath } from './proposal-queries.ts';
import { ProposalWindow } from './proposal-window.tsx';
import type { ProposalSearch } from './proposal-search.ts';

interface WindowsProps {
  readonly search: ProposalSearch;
  readonly turn: (next: ProposalSearch) => void;
}

/** The window the address names, before the list. */
export function ProposalWindows({ search, turn }: WindowsProps) {
  const { agency } = useSession();
  const { denghi, cua, viec, ...list } = search;
  if (denghi === undefined || cua === undefined) return null;
  const path = { agency, bookId: cua, proposalId: denghi };
  const open = { ...list, denghi, cua };
  const back = (): void => turn(open);
  if (viec === 'tu-choi') return <Refuse path={path} onClose={back} />;
  if (viec === 'rut') return <Withdraw path={path} onClose={back} />;
  return (
    <OneWindow
      path={path}
      onClose={() => turn(list)}
      onAct={(act) => turn({ ...open, viec: act })}
    />
  );
}

interface OneProps {
  readonly path: ProposalPath;
  readonly onClose: () => void;
  readonly onAct: (act: 'tu-choi' | 'rut') => void;
}

function OneWindow({ path, onClose, onAct }: OneProps) {
  const { proposals } = useWords();
  const { data, error } = useQuery(oneProposal(path));
  if (data) return <ProposalWindow proposal={data} {...{ path, onClose, onAct }} />;
  return (
    <Window title={proposals.title} onClose={onClose}>
      {error ? <Failure error={error} /> : <Loading />}
    </Window>
  );
}

type ActProps = Pick<OneProps, 'path' | 'onClose'>;

function Refuse({ path, onClose }: ActProps) {
  const { proposals } = useWords();
  return (
    <ReasonedAct
      title={proposals.refuse}
      what={proposals.refuseWhat}
      act={proposals.refuse}
      onClose={onClose}
      run={(body, options) => portal.refuseProposal(path, body, options)}
      onDone={() => say(proposals.refused)}
    />
  );
}

function Withdraw({ path, onClose }: ActProps) {
  const { proposals } = useWords();
  return (
    <ReasonedAct
      title={proposals.withdraw}
      what={proposals.withdrawWhat}
      act={proposals.withdraw}
      isOptional
      maxLength={lengths.WithdrawProposalDto.reason}
      onClose={onClose}
      run={(body, options) => portal.withdrawProposal(path, body, options)}
      onDone={() => say(proposals.withdrawn)}
    />
  );
}
