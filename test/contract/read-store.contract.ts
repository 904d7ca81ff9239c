import { describe, expect, it } from '@jest/globals';
import { describeCollections } from './read-store/collections.ts';
import { contextOf, type OpenedReadStore } from './read-store/context.ts';
import { describeCounting } from './read-store/counting.ts';
import { describeDropping } from './read-store/dropping.ts';
import { describeFences } from './read-store/fences.ts';
import { describeFiltering } from './read-store/filtering.ts';
import { describeLoading } from './read-store/loading.ts';
import { describeMending } from './read-store/mending.ts';
import { describePatience } from './read-store/patience.ts';
import { describePaging } from './read-store/paging.ts';
import { describeReading } from './read-store/reading.ts';
import { describeRecords } from './read-store/records.ts';
import { describeSearching } from './read-store/searching.ts';
import { describeSorting } from './read-store/sorting.ts';
import { describeWriting } from './read-store/writing.ts';

/** The promises of `libs/read-store/port.ts`, for one adapter. */
export function describeReadStoreContract(
  name: string,
  open: () => Promise<OpenedReadStore>,
): void {
  describe(`read store contract: ${name}`, () => {
    const ctx = contextOf(open);
    describeWriting(ctx);
    describeReading(ctx);
    describeFiltering(ctx);
    describeSearching(ctx);
    describeSorting(ctx);
    describePaging(ctx);
    describeCounting(ctx);
    describeCollections(ctx);
    describeLoading(ctx);
    describeDropping(ctx);
    describeRecords(ctx);
    describeMending(ctx);
    describeFences(ctx);
    describePatience(ctx);

    it('says that it is there', async () => {
      await expect(ctx.store.ping()).resolves.toBeUndefined();
    });
  });
}
