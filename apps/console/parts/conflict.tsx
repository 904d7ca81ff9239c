import { useWords } from '../words/words.tsx';
import { Button } from './button.tsx';

interface ConflictProps<T extends Readonly<Record<string, string>>> {
  readonly labels: Readonly<Record<keyof T, string>>;
  readonly theirs: T;
  readonly yours: T;
  /** Goes on from what stands there now, with these values in the form. */
  readonly onSettle: (current: T, values: T) => void;
}

/** Somebody else changed it meanwhile (412): both are shown side by side, and the person decides. */
export function Conflict<T extends Readonly<Record<string, string>>>(props: ConflictProps<T>) {
  const words = useWords();
  const { labels, theirs, yours, onSettle } = props;
  const names = Object.keys(theirs).filter((name) => theirs[name] !== yours[name]);
  return (
    <div className="notice warn" role="alert">
      <strong>{words.changedMeanwhile}</strong>
      <table className="table">
        <thead>
          <tr>
            <td />
            <th scope="col">{words.theirs}</th>
            <th scope="col">{words.yours}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{labels[name]}</th>
              <td>{theirs[name]}</td>
              <td>{yours[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button onClick={() => onSettle(theirs, theirs)}>{words.takeTheirs}</Button>
        <Button onClick={() => onSettle(theirs, yours)}>{words.keepMine}</Button>
      </div>
    </div>
  );
}
