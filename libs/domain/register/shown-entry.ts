import { entryStateLabels } from '../labels.ts';
import { shownCopy } from './copy.ts';
import type { Entry } from './entry.ts';
import { citation } from './naming.ts';

export type EntryStateName = keyof typeof entryStateLabels;

/** What people call the state of an entry: one that was corrected is told apart. */
export const entryStateOf = ({ state, corrections }: Entry): EntryStateName =>
  state === 'assigned' && corrections > 0 ? 'corrected' : state;

/** An entry as it is shown, whoever asks and for whichever moment: nothing of how it is kept. */
export function shownEntry(entry: Entry) {
  const { corrections: _times, numberFormat: _format, assignedAs: _first, ...more } = entry;
  const { proposal: _proposal, unconfirmed: _unconfirmed, copy, ...facts } = more;
  const state = entryStateOf(entry);
  return {
    ...facts,
    citation: citation(entry.numberText, entry.bookName),
    state,
    stateLabel: entryStateLabels[state],
    copy: copy ? shownCopy(copy, entry) : null,
  };
}
