import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lengths, type AgencyRow, type EditAgencyDto } from '#client';
import { useChecked, useCommand, type Faults } from '../api/command.ts';
import { asked, portal } from '../api/portal.ts';
import { Conflict } from '../parts/conflict.tsx';
import { useDraft } from '../parts/draft.ts';
import { Failure } from '../parts/failure.tsx';
import { CheckField, ChoiceField, LongField, TextField } from '../parts/field.tsx';
import { Form } from '../parts/form.tsx';
import { Loading } from '../parts/loading.tsx';
import { missingIn } from '../parts/missing.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import { useWords } from '../words/words.tsx';

interface WindowProps {
  readonly code: string;
  readonly onClose: () => void;
}

/** Sửa cơ quan: asked for with its revision, as anybody may have changed it since it was listed. */
export function EditAgency({ code, onClose }: WindowProps) {
  const { agencies } = useWords().operator;
  const { data, error } = useQuery({
    queryKey: ['agency', code],
    queryFn: async ({ signal }) => {
      const { data: agency, etag } = await portal.getAgency({ agency: code }, asked(signal));
      return { agency, etag };
    },
    refetchOnWindowFocus: false,
  });
  if (data) return <AgencyForm {...data} onClose={onClose} />;
  return (
    <Window title={agencies.edit(code)} onClose={onClose}>
      {error ? <Failure error={error} /> : <Loading />}
    </Window>
  );
}

type Shown = Pick<AgencyRow, 'name' | 'level' | 'fourEyes'>;
type Draft = Readonly<Record<'name' | 'level' | 'fourEyes' | 'reason', string>>;

const draftOf = ({ name, level, fourEyes }: Shown, reason = ''): Draft => ({
  name,
  level,
  fourEyes: fourEyes ? 'yes' : 'no',
  reason,
});

/** What differs from what was seen; the service takes only that. */
const changes = (before: Draft, { name, level, fourEyes, reason }: Draft): EditAgencyDto => ({
  ...(name.trim() !== before.name && { name: name.trim() }),
  ...(level !== before.level && { level: level as AgencyRow['level'] }),
  ...(fourEyes !== before.fourEyes && { fourEyes: fourEyes === 'yes' }),
  reason: reason.trim(),
});

interface FormProps {
  readonly agency: AgencyRow;
  readonly etag: string | null;
  readonly onClose: () => void;
}

function AgencyForm({ agency, etag, onClose }: FormProps) {
  const words = useWords();
  const { agencies } = words.operator;
  const { code } = agency;
  const [seen, setSeen] = useState({ draft: draftOf(agency), etag });
  const draft = useDraft(seen.draft);
  const command = useCommand({
    run: (body: EditAgencyDto, options) =>
      portal.editAgency({ agency: code }, body, { ...options, ifMatch: seen.etag }),
    fields: ['name', 'level', 'fourEyes', 'reason'],
    onDone: () => say(agencies.edited(code)),
    close: onClose,
  });
  const { conflict } = command;
  const found = missingIn(draft.values, ['name', 'reason'], labelsOf(words), words);
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes()) command.send(changes(seen.draft, draft.values));
  };
  const settle = (current: Draft, values: Draft): void => {
    setSeen({ draft: { ...current, reason: '' }, etag: conflict?.headers.get('ETag') ?? null });
    draft.replace(values);
    command.forget();
  };
  return (
    <Window title={agencies.edit(code)} onClose={onClose} isDirty={draft.isDirty}>
      {conflict && (
        <Conflict
          labels={labelsOf(words)}
          theirs={draftOf(conflict.current as Shown, draft.values.reason)}
          yours={draft.values}
          onSettle={settle}
        />
      )}
      <Form onSend={send} faults={faults} busy={command.busy}>
        <Fields {...draft} faults={faults} />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}

const labelsOf = ({ reason, operator: { agencies } }: ReturnType<typeof useWords>) => ({
  name: agencies.name,
  level: agencies.level,
  fourEyes: agencies.fourEyes,
  reason,
});

interface FieldsProps {
  readonly values: Draft;
  readonly set: (name: keyof Draft) => (value: string) => void;
  readonly faults: Faults;
}

function Fields({ values, set, faults }: FieldsProps) {
  const words = useWords();
  const { levels } = words.operator.agencies;
  const labels = labelsOf(words);
  const most = lengths.EditAgencyDto;
  const about = (name: keyof Draft) => ({
    ...{ name, label: labels[name], value: values[name], onValue: set(name), fault: faults[name] },
  });
  return (
    <>
      <TextField {...about('name')} must maxLength={most.name} />
      <ChoiceField {...about('level')} options={Object.entries(levels)} />
      <CheckField {...about('fourEyes')} />
      <LongField {...about('reason')} must maxLength={most.reason} />
    </>
  );
}
