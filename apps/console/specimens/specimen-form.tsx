import { useState } from 'react';
import type { SpecimenAnswer } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import type { Words } from '../words/vi.ts';
import { useWords } from '../words/words.tsx';
import { calls, type Body, type Kind, type Specimen, type SpecimenDraft } from './kinds.ts';
import { Advice, SpecimenFields } from './specimen-fields.tsx';

interface FormProps {
  readonly kind: Kind;
  /** What is edited; a new one without. */
  readonly item?: Specimen;
  readonly onClose: () => void;
}

const fields = ['name', 'signerFullName', 'signerTitle', 'authority', 'image', 'reason'];

const draftOf = (item: Specimen | undefined, signer: string): SpecimenDraft => ({
  name: item?.name ?? '',
  signerFullName: item?.signerFullName ?? signer,
  signerTitle: item?.signerTitle ?? '',
  authority: item?.authority ?? '',
  isDefault: item?.isDefault === true ? 'yes' : 'no',
  crop: 'no',
  reason: '',
});

/** What is missing, in the words of the service. */
function missingIn(kind: Kind, isNew: boolean, words: Words) {
  const labels = { ...words.specimens, ...words.specimens[kind] };
  const must =
    kind === 'signature'
      ? (['name', 'signerFullName', 'signerTitle'] as const)
      : (['name'] as const);
  return ({ draft, image }: Body): Faults =>
    Object.fromEntries([
      ...must
        .filter((name) => draft[name].trim() === '')
        .map((name) => [name, words.required(labels[name])]),
      ...(isNew && image === undefined ? [['image', words.choose(labels.image)]] : []),
    ]) as Faults;
}

/** Thêm mới, and ✎: name, signer, and the file with its preview. */
export function SpecimenForm({ kind, item, onClose }: FormProps) {
  const words = useWords();
  const { agency, me } = useSession();
  const [initial] = useState(() => draftOf(item, me.name));
  const draft = useDraft(initial);
  const [image, setImage] = useState<File>();
  const [advice, setAdvice] = useState<SpecimenAnswer['warnings']>([]);
  const command = useCommand({
    run: (body: Body, options) =>
      item
        ? calls[kind].edit({ agency, id: item.id }, body, options)
        : calls[kind].register(agency, body, options),
    fields,
    onDone: ({ data }) => {
      say(words.specimens.saved(data.name));
      if (data.warnings.length === 0) onClose();
      else setAdvice(data.warnings);
    },
  });
  const body = { draft: draft.values, image };
  const { faults, passes } = useChecked(missingIn(kind, !item, words)(body), command.faults);
  const send = (): void => {
    if (passes()) command.send(body);
  };
  const title = item ? words.specimens.edit(item.name) : words.specimens[kind].menu;
  if (advice.length > 0) return <Advice {...{ kind, title, image, advice, onClose }} />;
  return (
    <Window title={title} onClose={onClose} isDirty={draft.isDirty || image !== undefined}>
      <Form onSend={send} faults={faults} busy={command.busy}>
        <SpecimenFields {...{ kind, item, draft, faults, image, onImage: setImage }} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
