import type { BookDetails, CloseBookDto } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { useDraft } from '../parts/draft.ts';
import { Facts } from '../parts/facts.tsx';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { authorityOptions, authorityOf } from './authorities.ts';
import { totalsOf } from './book-head.tsx';

interface CloseProps {
  readonly book: BookDetails;
  readonly onClose: () => void;
}

const must = ['confirmedByFullName', 'confirmedByTitle'] as const;
const empty = { confirmedByFullName: '', confirmedByTitle: '', confirmedByAuthority: '' };

/** Khóa sổ, with the totals it records, confirmed by name and title of the certifier. */
export function CloseBook({ book: { bookId, name, ...book }, onClose }: CloseProps) {
  const words = useWords();
  const { agency } = useSession();
  const labels = words.entries.fields;
  const draft = useDraft(empty);
  const { values, set } = draft;
  const command = useCommand({
    run: (body: CloseBookDto, options) => portal.closeBook({ agency, bookId }, body, options),
    fields: Object.keys(empty),
    onDone: () => {
      say(words.entries.closed(name));
      onClose();
    },
  });
  const { faults, passes } = useChecked(missingIn(values, must, labels, words), command.faults);
  const send = (): void => {
    const confirmedByAuthority = authorityOf(values.confirmedByAuthority);
    if (passes()) command.send({ ...values, confirmedByAuthority });
  };
  const about = (field: keyof typeof empty) => ({
    ...{ name: field, label: labels[field], value: values[field] },
    ...{ onValue: set(field), fault: faults[field] },
  });
  return (
    <Window title={words.entries.closeTitle(name)} onClose={onClose} isDirty={draft.isDirty}>
      <p className="notice warn">{words.entries.closeWhat}</p>
      <Facts facts={totalsOf({ ...book, bookId, name }, words)} />
      <Form
        {...{ faults }}
        onSend={send}
        busy={command.busy}
        act={words.entries.closeBook}
        isDanger
      >
        <TextField {...about('confirmedByFullName')} must />
        <TextField {...about('confirmedByTitle')} must />
        <ChoiceField {...about('confirmedByAuthority')} options={authorityOptions(words)} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
