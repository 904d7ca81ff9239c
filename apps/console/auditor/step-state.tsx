import type { ReplayedField, ReplayedStep, ReplayedThing } from '#client';
import { shownInstant } from '../parts/days.ts';
import { Facts } from '../parts/facts.tsx';
import { PlainTable } from '../parts/plain-table.tsx';
import { SpecimenImage } from '../specimens/specimen-image.tsx';
import { useWords } from '../words/words.tsx';

/** One event, and what it was about as it was before and after. */
export function StepState({ step }: { readonly step: ReplayedStep }) {
  const words = useWords();
  const { columns, timeline } = words.auditor;
  const { label, occurredAt, actor, account, reason, things, revision } = step;
  return (
    <>
      <section className="sheet stack" aria-live="polite">
        <h2>{label}</h2>
        <Facts
          facts={[
            [columns.at, shownInstant(occurredAt)],
            [columns.who, `${actor} (${account})`],
            [words.reason, reason],
          ]}
        />
      </section>
      {things.length === 0 && <p className="sheet empty">{timeline.stateless}</p>}
      {nearestFirst(step).map((thing) => (
        <ThingState key={`${revision} ${nameOf(thing)}`} thing={thing} />
      ))}
    </>
  );
}

/** What the event was about, the nearest first: a number, then the book it is in. */
export const nearestFirst = ({ things }: ReplayedStep): readonly ReplayedThing[] =>
  [...things].reverse();

/** What people call it: `Số chứng thực 1`. */
export const nameOf = ({ label, number }: ReplayedThing): string =>
  number === null ? label : `${label} ${number}`;

function ThingState({ thing }: { readonly thing: ReplayedThing }) {
  const { timeline } = useWords().auditor;
  return (
    <section className="stack">
      <h3>{nameOf(thing)}</h3>
      <PlainTable
        title={nameOf(thing)}
        columns={[timeline.column, timeline.before, timeline.after]}
      >
        {thing.fields.map(({ field, label, fromText, toText, changed }) => (
          <tr key={field} className={changed ? 'changed' : undefined}>
            <th scope="row">
              {label} {changed && <span className="chip warn">{timeline.changed}</span>}
            </th>
            <td>{changed ? <del>{fromText}</del> : fromText}</td>
            <td>{changed ? <ins>{toText}</ins> : toText}</td>
          </tr>
        ))}
      </PlainTable>
      <Pictures thing={thing} />
    </section>
  );
}

interface Picture {
  readonly kind: 'signature' | 'seal';
  readonly id: string;
  readonly version: number;
}

/** The version of a picture that a field names: of an entry by its id, of a signature or seal itself. */
function pictureIn({ kind, id }: ReplayedThing, field: string, value: unknown): Picture[] {
  if (value === null || typeof value !== 'object') return [];
  const named = value as { readonly id?: string; readonly version?: number };
  const version = named.version ?? 1;
  if ((kind === 'signature' || kind === 'seal') && field === 'image' && id !== null)
    return [{ kind, id, version }];
  const isNamed = (field === 'signature' || field === 'seal') && named.id !== undefined;
  return isNamed ? [{ kind: field, id: named.id, version }] : [];
}

/** The pictures as they were: what was replaced beside what it was replaced by. */
function Pictures({ thing }: { readonly thing: ReplayedThing }) {
  const { timeline } = useWords().auditor;
  const shown = (name: 'from' | 'to') => (one: ReplayedField) =>
    name === 'to' || one.changed ? pictureIn(thing, one.field, one[name]) : [];
  const before = thing.fields.flatMap(shown('from'));
  const after = thing.fields.flatMap(shown('to'));
  if (before.length + after.length === 0) return null;
  const about = (when: string) => (one: Picture) => (
    <figure key={`${when} ${one.kind}`} className="stack">
      <SpecimenImage {...one} alt={`${timeline.pictures[one.kind]}, ${when}`} />
      <figcaption className="hint">
        {timeline.pictures[one.kind]}, {when} · {timeline.version(one.version)}
      </figcaption>
    </figure>
  );
  return (
    <div className="grid-2">
      {before.map(about(timeline.before))}
      {after.map(about(timeline.after))}
    </div>
  );
}
