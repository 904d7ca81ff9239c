import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ProposalRow } from '#client';
import { asked, portal } from '../api/portal.ts';
import type { ProposalSearch } from './proposal-search.ts';

export const ROWS = 20;

/** A page of what was asked for: of all books or one, what waits by default. */
export const proposalPage = (agency: string, { trangthai, quyen, trang = 1 }: ProposalSearch) =>
  queryOptions({
    queryKey: [agency, 'proposals', trangthai, quyen, trang],
    queryFn: async ({ signal }) => {
      const query = {
        limit: ROWS,
        offset: (trang - 1) * ROWS,
        ...(trangthai !== undefined && { state: trangthai as ProposalRow['state'] | 'all' }),
        ...(quyen !== undefined && { bookId: quyen }),
      };
      return (await portal.listProposals({ agency }, query, asked(signal))).data;
    },
    placeholderData: keepPreviousData,
  });

export interface ProposalPath {
  readonly agency: string;
  readonly bookId: string;
  readonly proposalId: string;
}

export const oneProposal = (path: ProposalPath) =>
  queryOptions({
    queryKey: [path.agency, 'proposal', path.bookId, path.proposalId],
    queryFn: async ({ signal }) => (await portal.getProposal(path, asked(signal))).data,
  });
