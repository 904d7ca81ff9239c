import { vietnameseOrder, type Doc } from '#read-store';

/**
 * The document with what lists sort its names by beside them, `nameOrder` beside `name`: Vietnamese
 * order, the same on every store.
 */
export function withOrders(doc: Doc, names: readonly string[]): Doc {
  const orders = names.map((name) => [orderOf(name), vietnameseOrder(textIn(doc, name))]);
  return { ...doc, ...(Object.fromEntries(orders) as Doc) };
}

export const orderOf = (name: string): string => `${name}Order`;

const textIn = (doc: Doc, name: string): string => {
  const text = doc[name];
  return typeof text === 'string' ? text : '';
};
