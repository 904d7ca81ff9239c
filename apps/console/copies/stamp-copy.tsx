import { useState } from 'react';
import type { StampUpload } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { Failure } from '../parts/failure.tsx';
import { ChoiceField } from '../parts/field.tsx';
import { FileField } from '../parts/file-field.tsx';
import { Form } from '../parts/form.tsx';
import { saveFile } from '../parts/save-file.ts';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import type { EntryActProps } from '../register/void-entry.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

type Place = NonNullable<StampUpload['place']>;
const fields = ['file', 'place'];

/** Đóng dấu: the scan goes out, and comes back with the stamp on its last page, to be signed outside. */
export function StampCopy({ book: { bookId }, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { copies } = words;
  const { agency } = useSession();
  const { number, numberText } = entry;
  const [file, setFile] = useState<File>();
  const [place, setPlace] = useState<Place>('bottom-right');
  const command = useCommand({
    run: (body: StampUpload, options) =>
      portal.stampCopy({ agency, bookId, number }, body, options),
    fields,
    onDone: ({ data }) => {
      saveFile(data, `${copies.fileName(number)}.pdf`);
      say(copies.stampedNow(numberText));
    },
    close: onClose,
  });
  const found = file ? {} : { file: words.choose(copies.scan) };
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes() && file) command.send({ place, file });
  };
  const isBare = !entry.signature || !entry.seal;
  return (
    <Window title={copies.stampTitle(numberText)} onClose={onClose} isDirty={file !== undefined}>
      <p className="notice">{copies.stampWhat}</p>
      {isBare && <p className="notice warn">{copies.bare}</p>}
      <Form onSend={send} faults={faults} busy={command.busy} act={copies.stamp}>
        <FileField
          {...{ name: 'file', label: copies.scan, must: true, hint: copies.scanHint }}
          {...{ file, onFile: setFile, accept: 'application/pdf', fault: faults['file'] }}
        />
        <ChoiceField
          {...{ name: 'place', label: copies.place, value: place, fault: faults['place'] }}
          onValue={(value) => setPlace(value as Place)}
          options={Object.entries(copies.places)}
        />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
