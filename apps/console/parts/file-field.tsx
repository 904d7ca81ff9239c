import { useId } from 'react';
import { useWords } from '../words/words.tsx';
import type { FieldProps } from './field.tsx';

interface FileProps extends FieldProps {
  readonly file: File | undefined;
  readonly onFile: (file: File | undefined) => void;
  /** Media types the chooser offers; pictures unless told otherwise. */
  readonly accept?: string;
}

const PICTURES = 'image/png,image/jpeg,image/webp';

/** Chọn tệp: the browser's own chooser under the guide's words. */
export function FileField({ file, onFile, accept = PICTURES, ...field }: FileProps) {
  const { name, label, must, hint, fault } = field;
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
            accept={accept}
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
