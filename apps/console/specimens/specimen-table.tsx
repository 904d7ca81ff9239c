import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { SpecimenImage } from './specimen-image.tsx';
import type { Kind, Specimen } from './kinds.ts';
import type { SpecimenSearch } from './specimen-search.ts';

interface TableProps {
  readonly kind: Kind;
  readonly items: readonly Specimen[];
  readonly isMaker: boolean;
  readonly open: (window: SpecimenSearch) => void;
}

export function SpecimenTable({ kind, items, isMaker, open }: TableProps) {
  const words = useWords();
  const own = words.specimens[kind];
  if (items.length === 0) return <p className="sheet empty">{own.empty}</p>;
  const isSigned = kind === 'signature';
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={own.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{own.name}</th>
            {isSigned && <th scope="col">{words.specimens.signerFullName}</th>}
            {isSigned && <th scope="col">{words.specimens.signerTitle}</th>}
            <th scope="col">{own.image}</th>
            <th scope="col">{words.state}</th>
            {isMaker && <th scope="col">{words.actions}</th>}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} {...{ kind, item, isMaker, open }} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Omit<TableProps, 'items'> {
  readonly item: Specimen;
}

/** A signature is its own account's: nobody else changes it. */
const isOwn = (kind: Kind, item: Specimen, account: string): boolean =>
  kind === 'seal' || (item as { account?: string }).account === account;

function Row({ kind, item, isMaker, open }: RowProps) {
  const words = useWords();
  const { me } = useSession();
  const { id, name, signerFullName, signerTitle, authority, version, state } = item;
  const disabled = state !== 'in-use' || !isOwn(kind, item, me.account);
  return (
    <tr>
      <td>
        {name}
        {item.isDefault && (
          <>
            {' '}
            <span className="chip good">{words.specimens.isDefault}</span>
          </>
        )}
      </td>
      {kind === 'signature' && <td>{signerFullName}</td>}
      {kind === 'signature' && <td>{[authority, signerTitle].filter(Boolean).join(' ')}</td>}
      <td>
        <SpecimenImage
          {...{ kind, id, version }}
          alt={`${words.specimens[kind].image}: ${name}`}
          isSmall
        />
        <span className="hint">{words.specimens.version(version)}</span>
      </td>
      <td>
        <span className={state === 'in-use' ? 'chip good' : 'chip'}>{item.stateLabel}</span>
      </td>
      {isMaker && (
        <td>
          <Acts {...{ name, id, disabled, open }} />
        </td>
      )}
    </tr>
  );
}

interface ActsProps {
  readonly name: string;
  readonly id: string;
  readonly disabled: boolean;
  readonly open: (window: SpecimenSearch) => void;
}

function Acts({ name, id, disabled, open }: ActsProps) {
  const words = useWords();
  return (
    <div className="row acts">
      <Button
        kind="icon"
        label={words.specimens.edit(name)}
        disabled={disabled}
        onClick={() => open({ sua: id })}
      >
        <Icon name="edit" />
      </Button>
      <Button
        kind="danger icon"
        label={words.specimens.revoke(name)}
        disabled={disabled}
        onClick={() => open({ ngung: id })}
      >
        <Icon name="bin" />
      </Button>
    </div>
  );
}
