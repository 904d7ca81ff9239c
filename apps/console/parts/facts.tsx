interface FactsProps {
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** What is known of something, each under its name. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="number">{value === '' ? '–' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
