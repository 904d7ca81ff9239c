import { useId } from 'react';
import { useWords } from '../words/words.tsx';
import type { FieldProps } from './field.tsx';

interface FileProps extends FieldProps {
  readonly file: File | undefined;
  readonly onFile: (file: File | undefined) => void;
}

/** Chọn tệp: the browser's own chooser under the guide's words. */
export function FileField({ name, label, must, hint, fault, file, onFile }: FileProps) {
  const words = useWords();
  const id = useId();
  const isWrong = fault !== undefined;
  return (
    <div className="field" {...(isWrong && { 'data-invalid': '' })}>
      <span className="legend" id={`${id}-label`}>
        {label}
        {must === true && (
          <>
            : <span className="must">(*)</span>
          </>
        )}
      </span>
      <div className="row">
        <label className="button file">
          {words.specimens.chooseFile}
          <input
            className="unseen control"
            type="file"
            name={name}
            accept="image/png,image/jpeg,image/webp"
            aria-describedby={`${id}-label ${id}-hint ${id}-fault`}
            aria-invalid={isWrong}
            onChange={({ target }) => onFile(target.files?.[0])}
          />
        </label>
        <span className="soft">{file?.name ?? words.specimens.noFile}</span>
      </div>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {isWrong && (
        <span className="fault" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  );
}
