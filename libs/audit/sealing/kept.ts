import type { CollectionSpec, Doc, ReadStore } from '#read-store';

export const collection = (name: string, ...indexes: string[][]): CollectionSpec => ({
  name,
  indexes,
  searchable: [],
});

/** Sizes and indexes as text that is ordered as they are. */
export const padded = (n: number): string => String(n).padStart(16, '0');

/** Keeps a record of the largest size that was given for it; who finds it too small looks further. */
export async function raise(store: ReadStore, key: string, value: Doc): Promise<void> {
  const record = await store.readRecord(key);
  if (Number(record?.value['size'] ?? 0) > Number(value['size'])) return;
  await store.writeRecord(key, value, record?.version ?? 0);
}
