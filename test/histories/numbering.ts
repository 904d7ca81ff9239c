/**
 * Whether what callers saw of a register's numbering can have happened one after another, each at
 * some instant between being asked and being answered (linearizability, Herlihy and Wing 1990). A
 * register is a counter that gives each document one number: a history of it is linearizable if and
 * only if what is checked here holds.
 */

/** One request for a number, as its caller saw it. Times are of one clock, in any unit. */
export interface Asked {
  /** What the number is for; the same document may be asked for again. */
  readonly document: string;
  readonly askedAt: number;
  /** Undefined: no answer came. Whether a number was given is then unknown. */
  readonly answered?: { readonly at: number; readonly number: number };
}

/** What the register itself holds, in its order. */
export interface Given {
  readonly document: string;
  readonly number: number;
}

/** @returns each way in which the history can't have happened; none: it can */
export function numberingFaults(
  history: readonly Asked[],
  register: readonly Given[],
  first = 1,
): string[] {
  return [
    ...gapsAndRepeats(register, first),
    ...foreignAnswers(history, register),
    ...overtaken(history, register),
  ];
}

function gapsAndRepeats(register: readonly Given[], first: number): string[] {
  const documents = new Set<string>();
  return register.flatMap(({ document, number }, index) => {
    const faults: string[] = [];
    if (number !== first + index) faults.push(`${number} stands where ${first + index} belongs`);
    if (documents.has(document)) faults.push(`${document} has two numbers, ${number} the later`);
    documents.add(document);
    return faults;
  });
}

/** Answers that the register does not hold, and numbers for documents that nobody had asked for. */
function foreignAnswers(history: readonly Asked[], register: readonly Given[]): string[] {
  const held = new Map(register.map(({ document, number }) => [document, number]));
  const asked = new Set(history.map(({ document }) => document));
  const invented = register
    .filter(({ document }) => !asked.has(document))
    .map(({ document, number }) => `${number} is for ${document}, which nobody asked for`);
  const wrong = history.flatMap(({ document, answered }) => {
    if (!answered || held.get(document) === answered.number) return [];
    const there = held.get(document) ?? 'nothing';
    return [`${document} was told ${answered.number}, the register holds ${there}`];
  });
  return [...invented, ...wrong];
}

/**
 * Real time: a number whose document was first asked for after another's had been answered is the
 * greater one. A number can't be older than its request, nor younger than its first answer.
 */
function overtaken(history: readonly Asked[], register: readonly Given[]): string[] {
  const lives = livesOf(history);
  const faults: string[] = [];
  // Latest first request of all numbers so far: each later number was given after it.
  let latest = { askedAt: Number.NEGATIVE_INFINITY, number: Number.NaN };
  for (const { document, number } of [...register].sort((a, b) => a.number - b.number)) {
    const life = lives.get(document);
    if (!life) continue;
    if (life.answeredAt < latest.askedAt) {
      faults.push(`${number} was answered before ${latest.number} was asked for`);
    }
    if (life.askedAt > latest.askedAt) latest = { askedAt: life.askedAt, number };
  }
  return faults;
}

/** Of each document: when it was first asked for, and first answered. */
function livesOf(history: readonly Asked[]) {
  const lives = new Map<string, { askedAt: number; answeredAt: number }>();
  for (const { document, askedAt, answered } of history) {
    const life = lives.get(document) ?? { askedAt, answeredAt: Number.POSITIVE_INFINITY };
    lives.set(document, {
      askedAt: Math.min(life.askedAt, askedAt),
      answeredAt: Math.min(life.answeredAt, answered?.at ?? Number.POSITIVE_INFINITY),
    });
  }
  return lives;
}
