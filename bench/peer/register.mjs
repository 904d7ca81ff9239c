/** The least a register has to know to give numbers, for peers that fold it from its events. */

export const initialState = () => ({ last: 0, documents: new Map() });

const keyOf = ({ dossier, document }) => `${dossier}/${document}`;

/** The number a document has, or the next one. */
export function decide({ last, documents }, request) {
  if (documents.has(keyOf(request))) return [];
  return [{ type: 'EntryNumberAssigned', data: { ...request, number: last + 1 } }];
}

/** Changes the state it is given: copying it for each event would be no way to fold a long stream. */
export function evolve(state, { data }) {
  state.last = data.number;
  state.documents.set(keyOf(data), data.number);
  return state;
}
