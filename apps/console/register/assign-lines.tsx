import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { lengths, type BookDetails } from '#client';
import type { Faults } from '../api/command.ts';
import { Button } from '../parts/button.tsx';
import { shownNumber } from '../parts/days.ts';
import { TextField } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { faultKey, isNumbered, type Line } from './assign-draft.ts';
import { latestEntries } from './entry-queries.ts';

interface LinesProps {
  readonly book: BookDetails;
  readonly lines: readonly Line[];
  readonly faults: Faults;
  /** The tariff's fee of each document. */
  readonly fees: ReadonlyMap<number, number | null>;
  readonly onLines: (lines: readonly Line[]) => void;
  readonly onAdd: () => void;
  readonly onRemove: (line: Line) => void;
}

/** The documents of the dossier, one number each. */
export function Lines({ book, lines, faults, fees, onLines, onAdd, onRemove }: LinesProps) {
  const words = useWords();
  const { agency } = useSession();
  const { data: latest = [] } = useQuery(latestEntries({ agency, bookId: book.bookId }));
  const titles = [...new Set(latest.map(({ documentTitle }) => documentTitle))];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onAdd();
  };
  return (
    <fieldset className="lines" onKeyDown={onKeyDown}>
      <legend className="legend">{words.entries.documents}</legend>
      {lines.map((line) => (
        <OneLine
          key={line.document}
          {...{ line, faults, titles }}
          proposed={fees.get(line.document) ?? null}
          onLine={(changed) => onLines(lines.map((one) => (one === line ? changed : one)))}
          onRemove={lines.length > 1 ? () => onRemove(line) : undefined}
        />
      ))}
    </fieldset>
  );
}

interface LineProps {
  readonly line: Line;
  readonly faults: Faults;
  readonly titles: readonly string[];
  readonly proposed: number | null;
  readonly onLine: (line: Line) => void;
  readonly onRemove: (() => void) | undefined;
}

function OneLine({ line, faults, titles, proposed, onLine, onRemove }: LineProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const told = line.answer?.problem;
  const refused =
    told?.field === undefined ? {} : { [faultKey(line.document, told.field)]: told.detail };
  const about = (name: 'documentTitle' | 'copies' | 'pages' | 'fee') => ({
    ...{ name: `${name}-${line.document}`, label: labels[name], value: line[name] },
    disabled: isNumbered(line),
    fault: faults[faultKey(line.document, name)] ?? refused[faultKey(line.document, name)],
    onValue: (value: string) => onLine({ ...line, [name]: value }),
  });
  const hint = proposed === null ? undefined : words.entries.tariff(shownNumber(proposed));
  return (
    <div className="line" role="group" aria-label={words.entries.document(line.document)}>
      <span className="line-number number">{line.document}</span>
      <TextField
        {...about('documentTitle')}
        must
        maxLength={lengths.AssignEntryDto.documentTitle}
        suggestions={titles}
        autoFocus={line.document > 1}
      />
      <TextField {...about('copies')} must inputMode="numeric" />
      <TextField {...about('pages')} inputMode="numeric" />
      <TextField {...about('fee')} inputMode="numeric" hint={hint} />
      {onRemove && !isNumbered(line) ? (
        <Button
          kind="bare icon"
          label={words.entries.removeDocument(line.document)}
          onClick={onRemove}
        >
          <Icon name="bin" />
        </Button>
      ) : (
        <span />
      )}
      <Answered line={line} />
    </div>
  );
}

/** The number a document was given, or why it has none. */
function Answered({ line: { answer } }: { readonly line: Line }) {
  if (!answer) return null;
  const { entry, problem } = answer;
  if (entry) {
    return (
      <p className="notice good answered" role="status">
        <strong className="number">{entry.numberText}</strong> {entry.citation}
      </p>
    );
  }
  return (
    <p className="notice bad answered" role="alert">
      {problem?.detail}
    </p>
  );
}
