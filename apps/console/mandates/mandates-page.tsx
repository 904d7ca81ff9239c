import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { queryLengths, type MandateRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import { Button } from '../parts/button.tsx';
import { ListFilters } from '../parts/list-filters.tsx';
import { Listed } from '../parts/listed.tsx';
import { useNamedRow } from '../parts/named-row.ts';
import { hasRole, useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { EndMandate } from './end-mandate.tsx';
import type { MandateSearch } from './mandate-search.ts';
import { MandateTable } from './mandate-table.tsx';
import { RecordMandate } from './record-mandate.tsx';

const ROWS = 20;

function useMandates(typed: string, { trangthai, trang = 1 }: MandateSearch) {
  const { agency } = useSession();
  return useQuery({
    queryKey: [agency, 'mandates', typed, trangthai, trang],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        ...(typed !== '' && { search: typed }),
        ...(trangthai !== undefined && { status: trangthai as MandateRow['status'] }),
      };
      return (await portal.listMandates({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });
}

/** Ủy quyền, phân công: who certifies without being chairman, and by which document. */
export function MandatesPage() {
  const words = useWords();
  const session = useSession();
  const [typed, setTyped] = useState('');
  const search = useSearch({ from: '/shell/hoso/uy-quyen' });
  const navigate = useNavigate({ from: '/hoso/uy-quyen' });
  const turn = (next: MandateSearch): void => void navigate({ search: next });
  const query = useMandates(useDeferredValue(typed.trim()), search);
  const { trang = 1, ...filters } = search;
  const { trangthai = '', ...others } = filters;
  const isClerk = hasRole(session, 'clerk');
  return (
    <div className="page">
      <Head isClerk={isClerk} onAdd={() => turn({ ...search, them: true })} />
      <ListFilters
        typed={typed}
        onTyped={(value) => {
          setTyped(value);
          if (trang > 1) turn(filters);
        }}
        maxLength={queryLengths.listMandates.search}
        status={trangthai}
        onStatus={(value) => turn({ ...others, ...(value !== '' && { trangthai: value }) })}
        options={[['', words.all], ...Object.entries(words.mandates.statuses)]}
      />
      <Listed
        query={query}
        page={trang}
        rows={ROWS}
        onPage={(page) => turn({ ...filters, trang: page })}
      >
        {({ items }) => (
          <>
            <MandateTable
              items={items}
              isClerk={isClerk}
              onEnd={(chamdut) => turn({ ...search, chamdut })}
            />
            <Windows {...{ search, turn, items }} />
          </>
        )}
      </Listed>
    </div>
  );
}

function Head({ isClerk, onAdd }: { readonly isClerk: boolean; readonly onAdd: () => void }) {
  const { mandates, specimens } = useWords();
  return (
    <>
      <div className="page-head">
        <h1>{mandates.title}</h1>
        {isClerk && (
          <Button kind="main-act" onClick={onAdd}>
            {specimens.add}
          </Button>
        )}
      </div>
      <p className="hint">{mandates.what}</p>
    </>
  );
}

interface WindowsProps {
  readonly search: MandateSearch;
  readonly items: readonly MandateRow[];
  readonly turn: (search: MandateSearch) => void;
}

/** The window the address names, before the list. */
function Windows({ search, items, turn }: WindowsProps) {
  const { them, chamdut, ...list } = search;
  const onClose = (): void => turn(list);
  const ended = useNamedRow(items, ({ id }) => id, chamdut);
  if (them) return <RecordMandate onClose={onClose} />;
  return ended ? <EndMandate key={ended.id} mandate={ended} onClose={onClose} /> : null;
}
