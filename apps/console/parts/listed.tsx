import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { Loading } from './loading.tsx';
import { Pager } from './pager.tsx';

interface PageOfList {
  readonly summary: string;
  readonly total: number;
}

interface ListedProps<Data> {
  readonly query: {
    readonly data: Data | undefined;
    readonly error: unknown;
    readonly refetch: () => Promise<unknown>;
  };
  /** From 1. */
  readonly page: number;
  readonly rows: number;
  readonly onPage: (page: number) => void;
  readonly children: (data: Data) => ReactNode;
}

/** A page of a list: what is on it, or why there is nothing yet, and the way to the others. */
export function Listed<Data extends PageOfList>(props: ListedProps<Data>) {
  const { query, page, rows, onPage, children } = props;
  const { data, error, refetch } = query;
  return (
    <>
      <Failure error={error} onRetry={() => void refetch()} />
      {!data && error === null && <Loading />}
      {data && (
        <>
          {children(data)}
          <Pager
            summary={data.summary}
            page={page}
            hasNext={page * rows < data.total}
            onPage={onPage}
          />
        </>
      )}
    </>
  );
}
