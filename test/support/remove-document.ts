import type { CollectionSpec, ReadStore } from '#read-store';

/** Takes away one document, as an accident would; nothing happens where there is none. */
export async function removeDocument(
  readStore: ReadStore,
  spec: CollectionSpec,
  id: string,
): Promise<void> {
  const found = await readStore.get(spec, id);
  const isGone = await readStore.mend(spec, { id, found: found?.position, doc: undefined });
  if (!isGone) throw new Error(`${id} was written to meanwhile`);
}
