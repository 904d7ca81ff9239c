import { useState } from 'react';
import type { SpecimenAnswer } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { Conflict } from '../parts/conflict.tsx';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useSession } from '../session/session.ts';
import type { Words } from '../words/vi.ts';
import { useWords } from '../words/words.tsx';
import { calls, type Body, type Kind, type Specimen, type SpecimenDraft } from './kinds.ts';
import { SpecimenImage } from './specimen-image.tsx';
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

/** What is typed beside what was seen, and how it is sent. */
function useSaving({ kind, item, onClose }: FormProps) {
  const words = useWords();
  const { agency, me } = useSession();
  const [seen, setSeen] = useState(item);
  const [changed, setChanged] = useState<Specimen>();
  const [initial] = useState(() => draftOf(item, me.name));
  const draft = useDraft(initial);
  const [image, setImage] = useState<File>();
  const [advice, setAdvice] = useState<SpecimenAnswer['warnings']>([]);
  const command = useCommand({
    // That somebody else changed it meanwhile is told here, before anything is sent.
    stands: async () => {
      const now = seen && (await calls[kind].one({ agency, id: seen.id }).catch(() => seen));
      if (now === undefined || isSame(now, seen)) return true;
      setChanged(now);
      return false;
    },
    run: (body: Body, options) =>
      item
        ? calls[kind].edit({ agency, id: item.id }, body, options)
        : calls[kind].register(agency, body, options),
    fields,
    onDone: ({ data }) => {
      say(words.specimens.saved(data.name));
      setAdvice(data.warnings);
    },
    close: ({ data }) => {
      if (data.warnings.length === 0) onClose();
    },
  });
  const before = seen && draftOf(seen, me.name);
  const body: Body = { draft: draft.values, image, before };
  const { faults, passes } = useChecked(missingIn(kind, !item, words)(body), command.faults);
  const send = (): void => {
    if (passes()) command.send(body);
  };
  const settle = (now: Specimen, values: SpecimenDraft): void => {
    setSeen(now);
    setChanged(undefined);
    draft.replace({ ...draft.values, ...values });
  };
  return { draft, image, setImage, advice, command, faults, send, changed, settle };
}

/** Whether somebody would see the same of it. */
const isSame = (one: Specimen, other: Specimen | undefined): boolean =>
  one.version === other?.version &&
  JSON.stringify(draftOf(one, '')) === JSON.stringify(draftOf(other, ''));

/** Thêm mới, and ✎: name, signer, and the file with its preview. */
export function SpecimenForm(props: FormProps) {
  const { kind, item, onClose } = props;
  const words = useWords();
  const { draft, image, setImage, advice, command, faults, send, ...other } = useSaving(props);
  const { changed, settle } = other;
  const title = item ? words.specimens.edit(item.name) : words.specimens[kind].menu;
  if (advice.length > 0) return <Advice {...{ kind, title, image, advice, onClose }} />;
  return (
    <Window title={title} onClose={onClose} isDirty={draft.isDirty || image !== undefined}>
      {changed && <Changed {...{ kind, changed, settle }} yours={draft.values} />}
      <Form onSend={send} faults={faults} busy={command.busy}>
        <SpecimenFields {...{ kind, item, draft, faults, image, onImage: setImage }} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

interface ChangedProps {
  readonly kind: Kind;
  readonly changed: Specimen;
  readonly yours: SpecimenDraft;
  readonly settle: (now: Specimen, values: SpecimenDraft) => void;
}

/** Somebody else changed it meanwhile: both, side by side. */
function Changed({ kind, changed, yours, settle }: ChangedProps) {
  const words = useWords();
  const { specimens } = words;
  const labels = {
    ...{ name: specimens[kind].name, signerFullName: specimens.signerFullName },
    ...{ signerTitle: specimens.signerTitle, authority: specimens.authority },
    ...{ isDefault: specimens.isDefault, crop: specimens.crop, reason: words.reason },
  };
  // What is not of the specimen itself stays as it was typed.
  const theirs = { ...draftOf(changed, ''), crop: yours.crop, reason: yours.reason };
  const shown = (draft: SpecimenDraft): SpecimenDraft => ({
    ...draft,
    isDefault: draft.isDefault === 'yes' ? words.yes : words.no,
  });
  return (
    <>
      <Conflict
        labels={labels}
        theirs={shown(theirs)}
        yours={shown(yours)}
        onSettle={(now, values) => settle(changed, values === now ? theirs : yours)}
      />
      <SpecimenImage
        kind={kind}
        id={changed.id}
        version={changed.version}
        alt={specimens[kind].image}
      />
    </>
  );
}
