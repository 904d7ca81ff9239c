import type { Asked } from '#commands';
import { RunCommand } from '#commands/bus';
import { numberOfDocument, tidy, type Entry, type RegisterState } from '#domain';
import type { Desk } from '../desk.ts';
import type { ApiRequest } from '../http/request.ts';
import { registerOfBook } from './book-id.ts';
import type { AssignEntryDto } from './entries.dto.ts';
import { entryFacts } from './entry-row.ts';

export interface Wanted {
  readonly agency: string;
  readonly bookId: string;
  readonly body: AssignEntryDto;
  readonly asked: Asked;
}

/** What the caller sees of an entry that may not be there. */
export const shown =
  (entryIn: (state: RegisterState) => Entry | undefined) => (state: RegisterState) => {
    const entry = entryIn(state);
    return entry && entryFacts(entry);
  };

/** Gives one document the book's next number, or the one it has. @throws Refusal */
export async function assignNumber(desk: Desk, request: ApiRequest, wanted: Wanted) {
  const { agency, bookId, asked } = wanted;
  const { note = '', ...body } = wanted.body;
  const register = registerOfBook(agency, bookId);
  const command = { type: 'AssignEntryNumber', register, bookId, ...body, note } as const;
  const entryIn = (state: RegisterState) =>
    numberOfDocument(state, tidy(body.dossier), body.document);
  const message = new RunCommand('register', { register, command, ...asked });
  const outcome = await desk.run(request, message, shown(entryIn));
  return { outcome, entry: entryFacts(entryIn(outcome.state)) };
}
