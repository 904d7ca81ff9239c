import { useState } from 'react';
import type { SignedUploadForm } from '#client';
import { useChecked, useCommand } from '../api/command.ts';
import { portal } from '../api/portal.ts';
import { Failure } from '../parts/failure.tsx';
import { FileField } from '../parts/file-field.tsx';
import { Form } from '../parts/form.tsx';
import { say } from '../parts/toasts.tsx';
import { Window } from '../parts/window.tsx';
import type { EntryActProps } from '../register/void-entry.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';

const fields = ['file'];

/** Ghi nhận tệp đã ký: the stamped file came back with a signature behind it. */
export function SignedCopy({ book: { bookId }, entry, onClose }: EntryActProps) {
  const words = useWords();
  const { copies } = words;
  const { agency } = useSession();
  const { number, numberText } = entry;
  const [file, setFile] = useState<File>();
  const command = useCommand({
    run: (body: SignedUploadForm, options) =>
      portal.recordSignedCopy({ agency, bookId, number }, body, options),
    fields,
    onDone: () => say(copies.signedNow(numberText)),
    close: onClose,
  });
  const found = file ? {} : { file: words.choose(copies.signedFile) };
  const { faults, passes } = useChecked(found, command.faults);
  const send = (): void => {
    if (passes() && file) command.send({ file });
  };
  return (
    <Window title={copies.signTitle(numberText)} onClose={onClose} isDirty={file !== undefined}>
      <p className="notice">{copies.signWhat}</p>
      <Form onSend={send} faults={faults} busy={command.busy} act={copies.sign}>
        <FileField
          {...{ name: 'file', label: copies.signedFile, must: true, hint: copies.signHint }}
          {...{ file, onFile: setFile, accept: 'application/pdf', fault: faults['file'] }}
        />
        <Failure error={command.failure} />
      </Form>
    </Window>
  );
}
