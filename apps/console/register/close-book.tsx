import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lengths, type Answer, type BookDetails, type CloseBookDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { bookAfter } from '../books/book-queries.ts';
import { Button } from '../parts/button.tsx';
import { useDraft } from '../parts/draft.ts';
import { Facts } from '../parts/facts.tsx';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { Loading } from '../parts/loading.tsx';
import { missingIn } from '../parts/missing.ts';
import { PlainTable } from '../parts/plain-table.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useFourEyes } from '../proposals/four-eyes.ts';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { authorityOptions, authorityOf } from './authorities.ts';
import { totalsOf } from './book-totals.ts';
import { useStamps } from './stamps.ts';

interface CloseProps {
  readonly book: BookDetails;
  /** The revision at which its totals were seen. */
  readonly etag: string | null;
  readonly onClose: () => void;
}

const must = ['confirmedByFullName', 'confirmedByTitle'] as const;
const empty = {
  confirmedByFullName: '',
  confirmedByTitle: '',
  confirmedByAuthority: '',
  seal: '',
};

/** What is typed, and how it is sent: closing, or asking another account to close. */
function useClosing({ book: { bookId, name }, etag, onClose }: CloseProps) {
  const words = useWords();
  const { agency } = useSession();
  const isOfTwo = useFourEyes();
  const [seen, see] = useState(etag);
  const draft = useDraft(empty);
  const path = { agency, bookId };
  const command = useCommand({
    run: (body: CloseBookDto, options): Promise<Answer<unknown>> =>
      isOfTwo
        ? portal.proposeClosing(path, body, options)
        : portal.closeBook(path, body, { ...options, ifMatch: seen }),
    fields: Object.keys(empty),
    onDone: () => say(isOfTwo ? words.proposals.asked : words.entries.closed(name)),
    close: onClose,
  });
  const found = missingIn(draft.values, must, words.entries.fields, words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    const { confirmedByAuthority, seal, ...confirmed } = draft.values;
    const authority = { confirmedByAuthority: authorityOf(confirmedByAuthority) };
    if (passes())
      command.send({ ...confirmed, ...authority, ...(seal !== '' && { seal: { id: seal } }) });
  };
  return { draft, command, faults, send, see, isOfTwo };
}

/** Khóa sổ, with the totals it records, confirmed by name and title of the certifier. */
export function CloseBook(props: CloseProps) {
  const { book, onClose } = props;
  const words = useWords();
  const { proposals, entries } = words;
  const [seen, setSeen] = useState(book);
  const { draft, command, faults, send, see, isOfTwo } = useClosing(props);
  const { conflict, forget } = command;
  const title = isOfTwo ? `${proposals.kinds.closing} ${book.name}` : entries.closeTitle(book.name);
  const settle = (now: BookDetails): void => {
    setSeen(now);
    see(conflict?.headers.get('ETag') ?? null);
    forget();
  };
  const position = conflict?.headers.get('Position') ?? null;
  return (
    <Window title={title} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{isOfTwo ? proposals.closingWhat : entries.closeWhat}</p>
      {conflict && <Changed {...{ seen, position }} onSettle={settle} />}
      <Facts facts={totalsOf(seen, words)} />
      <Form
        {...{ faults }}
        onSend={send}
        busy={command.busy}
        act={isOfTwo ? proposals.ask : entries.closeBook}
        isDanger
      >
        <Confirmation {...draft} faults={faults} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

interface ConfirmationProps {
  readonly values: typeof empty;
  readonly set: (name: keyof typeof empty) => (value: string) => void;
  readonly faults: Faults;
}

/** Who confirms the closing. */
function Confirmation({ values, set, faults }: ConfirmationProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const most = lengths.CloseBookDto;
  const { agency } = useSession();
  const { data } = useStamps(agency);
  const others = (data?.seals ?? [])
    .filter(({ isDefault }) => !isDefault)
    .map(({ key, label }): [string, string] => [key, label]);
  const about = (name: keyof typeof empty) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
  });
  return (
    <>
      <TextField {...about('confirmedByFullName')} must maxLength={most.confirmedByFullName} />
      <TextField {...about('confirmedByTitle')} must maxLength={most.confirmedByTitle} />
      <ChoiceField {...about('confirmedByAuthority')} options={authorityOptions(words)} />
      <ChoiceField {...about('seal')} options={[['', words.entries.defaultSeal], ...others]} />
    </>
  );
}

interface ChangedProps {
  readonly seen: BookDetails;
  /** From where on what stands there is shown. */
  readonly position: string | null;
  readonly onSettle: (now: BookDetails) => void;
}

/** How soon what stands there is asked for again where no answer had it, in milliseconds. */
const AGAIN_MS = 1000;

/**
 * Numbers were given or changed since the totals were seen (412): both, side by side. Nobody goes on
 * with totals that are not on the screen.
 */
function Changed({ seen, position, onSettle }: ChangedProps) {
  const words = useWords();
  const { entries } = words;
  const { agency } = useSession();
  const { data: now } = useQuery({
    ...bookAfter({ agency, bookId: seen.bookId }, position),
    refetchInterval: ({ state }) => (state.data ? false : AGAIN_MS),
  });
  const before = new Map(totalsOf(seen, words));
  const differing = totalsOf(now ?? seen, words).filter(
    ([label, value]) => before.get(label) !== value,
  );
  return (
    <div className="notice warn" role="alert">
      <strong>{words.changedMeanwhile}</strong>
      {!now && <Loading />}
      {differing.length > 0 && (
        <PlainTable
          title={words.changedMeanwhile}
          columns={[entries.total, entries.totalSeen, words.theirs]}
        >
          {differing.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number">{before.get(label)}</td>
              <td className="number">{value}</td>
            </tr>
          ))}
        </PlainTable>
      )}
      <div className="row">
        <Button disabled={!now} onClick={() => now && onSettle(now)}>
          {entries.totalGoOn}
        </Button>
      </div>
    </div>
  );
}
