import { queryOptions } from '@tanstack/react-query';
import type { MyAccount } from '#client';
import { portal } from '../api/portal.ts';
import { renewMe } from './session.ts';

const ANEW_MS = 60_000;

/** Whoever is in, asked for anew: the day is the service's, and goes on while a page stays open. */
export const ownDay = (me: MyAccount) =>
  queryOptions({
    queryKey: ['me', me.account],
    queryFn: async ({ signal }) => {
      const { data } = await portal.getMe({ signal });
      renewMe(data);
      return data.today;
    },
    initialData: me.today,
    refetchInterval: ANEW_MS,
  });
