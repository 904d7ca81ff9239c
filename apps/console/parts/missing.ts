import type { Faults } from '../api/command.ts';
import type { Words } from '../words/vi.ts';

/** The fields that have to say something and do not, each in the words of the service. */
export const missingIn = <Name extends string>(
  values: Readonly<Record<Name, string>>,
  must: readonly Name[],
  labels: Readonly<Record<Name, string>>,
  words: Words,
): Faults =>
  Object.fromEntries(
    must
      .filter((name) => values[name].trim() === '')
      .map((name) => [name, words.required(labels[name])]),
  );
