import { useQuery } from '@tanstack/react-query';
import { lengths, type BookDetails } from '#client';
import type { Faults } from '../api/command.ts';
import { DayField } from '../parts/day-field.tsx';
import { ChoiceField, TextField } from '../parts/field.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import type { Common } from './assign-draft.ts';
import type { Stamps } from './stamps.ts';
import { authorityOptions } from './authorities.ts';
import { MandateNotice } from './mandate-notice.tsx';
import { latestEntries } from './entry-queries.ts';

type Choices = readonly { readonly key: string; readonly label: string }[];
const listed = (items: Choices) => items.map(({ key, label }): [string, string] => [key, label]);

interface CommonProps {
  readonly book: BookDetails;
  readonly stamps: Stamps;
  readonly common: Common;
  readonly faults: Faults;
  readonly onCommon: (common: Common) => void;
  /** A document of it has its number: the dossier and who asked stand. */
  readonly isFixed: boolean;
}

const most: Partial<Record<keyof Common, number>> = lengths.AssignEntryDto;

/** Dossier, requester, day, signature and seal: the same for all documents. */
export function CommonFields({ book, stamps, common, faults, onCommon, isFixed }: CommonProps) {
  const words = useWords();
  const labels = words.entries.fields;
  const { agency } = useSession();
  const { data: latest = [] } = useQuery(latestEntries({ agency, bookId: book.bookId }));
  const requesters = [...new Set(latest.map(({ requester }) => requester))];
  const about = (name: keyof Common, label: string) => ({
    ...{ name, label, value: common[name], fault: faults[name] },
    onValue: (value: string) => onCommon({ ...common, [name]: value }),
    maxLength: most[name],
  });
  const none: readonly [string, string] = ['', words.entries.noSeal];
  const typed: readonly [string, string] = ['', words.entries.noSignature];
  return (
    <>
      <div className="grid-2">
        <TextField {...about('dossier', labels.dossier)} must disabled={isFixed} autoFocus />
        <TextField
          {...about('requester', labels.requester)}
          must
          disabled={isFixed}
          suggestions={requesters}
        />
        <DayField {...about('certifiedOn', labels.certifiedOn)} must disabled={isFixed} />
        <ChoiceField
          {...about('signer', labels.signature)}
          options={[...listed(stamps.signatures), typed]}
        />
        <ChoiceField {...about('seal', labels.seal)} options={[...listed(stamps.seals), none]} />
      </div>
      {common.signer === '' && (
        <div className="grid-2">
          <TextField {...about('certifierFullName', labels.certifierFullName)} must />
          <TextField {...about('certifierTitle', labels.certifierTitle)} must />
          <ChoiceField
            {...about('authority', labels.authority)}
            options={authorityOptions(words)}
          />
        </div>
      )}
      <MandateNotice type={book.type} common={common} signatures={stamps.signatures} />
    </>
  );
}
