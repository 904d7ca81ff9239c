import type { SpecimenAnswer } from '#client';
import { useNamedRow } from '../parts/named-row.ts';
import { ReasonedAct } from '../parts/reasoned-act.tsx';
import { say } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { calls, type Kind, type Specimen } from './kinds.ts';
import { SpecimenForm } from './specimen-form.tsx';
import { SpecimenImage } from './specimen-image.tsx';
import type { SpecimenSearch } from './specimen-search.ts';

interface WindowsProps {
  readonly kind: Kind;
  readonly items: readonly Specimen[];
  readonly search: SpecimenSearch;
  readonly turn: (search: SpecimenSearch) => void;
}

/** The window the address names, before the list. */
export function SpecimenWindows({ kind, items, search, turn }: WindowsProps) {
  const { them, sua, ngung, ...list } = search;
  const onClose = (): void => turn(list);
  const item = useNamedRow(items, ({ id }) => id, sua ?? ngung);
  if (them) return <SpecimenForm kind={kind} onClose={onClose} />;
  if (!item) return null;
  const about = { kind, item, onClose };
  return sua === undefined ? <Revoke {...about} /> : <SpecimenForm key={item.id} {...about} />;
}

interface RevokeProps {
  readonly kind: Kind;
  readonly item: Specimen;
  readonly onClose: () => void;
}

function Revoke({ kind, item: { id, name, version }, onClose }: RevokeProps) {
  const words = useWords();
  const { agency } = useSession();
  return (
    <ReasonedAct<SpecimenAnswer>
      title={words.specimens.revoke(name)}
      what={words.specimens[kind].revokeWhat}
      act={words.specimens.revokeGo}
      onClose={onClose}
      run={(body, options) => calls[kind].revoke({ agency, id }, body, options)}
      onDone={() => say(words.specimens.revoked(name))}
    >
      <SpecimenImage {...{ kind, id, version }} alt={name} />
    </ReasonedAct>
  );
}
