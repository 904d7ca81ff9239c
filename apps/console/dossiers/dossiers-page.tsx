import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { queryLengths, type DossierRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { ListFilters } from '../parts/list-filters.tsx';
import { Listed } from '../parts/listed.tsx';
import { useNamedRow } from '../parts/named-row.ts';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { AppointDossier } from './appoint-dossier.tsx';
import { OPEN, type DossierFilter, type DossierSearch } from './dossier-search.ts';
import { DossierTable } from './dossier-table.tsx';
import { ReceiveDossier } from './receive-dossier.tsx';
import { ReturnDossier } from './return-dossier.tsx';

const ROWS = 20;
const EVERY = 'tatca';
/** What goes on by itself: days end, other people give numbers. */
const ANEW_MS = 60_000;

function useDossiers(typed: string, { trangthai = OPEN, trang = 1 }: DossierSearch) {
  const { agency } = useSession();
  return useQuery({
    queryKey: [agency, 'dossiers', typed, trangthai, trang],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        ...(typed !== '' && { search: typed }),
        ...(trangthai !== EVERY && { status: trangthai as DossierFilter }),
      };
      return (await portal.listDossiers({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
    refetchInterval: ANEW_MS,
  });
}

/** Hồ sơ: what was handed in, and when it has to be given back. */
export function DossiersPage() {
  const words = useWords();
  const session = useSession();
  const [typed, setTyped] = useState('');
  const search = useSearch({ from: '/shell/hoso/tiep-nhan' });
  const navigate = useNavigate({ from: '/hoso/tiep-nhan' });
  const turn = (next: DossierSearch): void => void navigate({ search: next });
  const query = useDossiers(useDeferredValue(typed.trim()), search);
  const { trangthai = OPEN, trang = 1, ...others } = search;
  const isOfficer = hasRole(session, 'receiving-officer');
  return (
    <div className="page">
      <Head isOfficer={isOfficer} onAdd={() => turn({ ...search, them: true })} />
      <ListFilters
        typed={typed}
        onTyped={(value) => {
          setTyped(value);
          if (trang > 1) turn({ ...others, trangthai });
        }}
        maxLength={queryLengths.listDossiers.search}
        status={trangthai}
        onStatus={(value) => turn({ ...others, trangthai: value })}
        options={[...Object.entries(words.dossiers.filters), [EVERY, words.all]]}
      />
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(page) => turn({ ...others, trangthai, trang: page })}
      >
        {({ items }) => (
          <>
            <DossierTable
              items={items}
              isOfficer={isOfficer}
              onAppoint={(hen) => turn({ ...search, hen })}
              onReturn={(tra) => turn({ ...search, tra })}
            />
            <Windows {...{ search, turn, items }} />
          </>
        )}
      </Listed>
    </div>
  );
}

function Head({ isOfficer, onAdd }: { readonly isOfficer: boolean; readonly onAdd: () => void }) {
  const { dossiers } = useWords();
  return (
    <>
      <div className="page-head">
        <h1>{dossiers.title}</h1>
        {isOfficer && (
          <Button kind="main-act" onClick={onAdd}>
            {dossiers.receive}
          </Button>
        )}
      </div>
      <p className="hint">{dossiers.what}</p>
    </>
  );
}

interface WindowsProps {
  readonly search: DossierSearch;
  readonly items: readonly DossierRow[];
  readonly turn: (search: DossierSearch) => void;
}

/** The window the address names, before the list. */
function Windows({ search, items, turn }: WindowsProps) {
  const { them, hen, tra, ...list } = search;
  const onClose = (): void => turn(list);
  const chosen = useNamedRow(items, ({ dossier }) => dossier, hen ?? tra);
  if (them) return <ReceiveDossier onClose={onClose} />;
  if (!chosen) return null;
  const about = { dossier: chosen, onClose };
  return hen === undefined ? (
    <ReturnDossier key={chosen.dossier} {...about} />
  ) : (
    <AppointDossier key={chosen.dossier} {...about} />
  );
}
