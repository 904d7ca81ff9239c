import { BrokenProof } from './hash.ts';
import { COSIGNATURE, ED25519, parseVerifierKey, type VerifierKey } from './note.ts';

/** Who cosigns checkpoints, and where he is asked to. */
export interface Witness {
  readonly name: string;
  readonly key: VerifierKey;
  /** Submission prefix of C2SP tlog-witness; undefined where the policy only verifies. */
  readonly url: string | undefined;
}

/** When a checkpoint is valid: C2SP tlog-policy. */
export interface Policy {
  readonly logs: readonly VerifierKey[];
  readonly witnesses: readonly Witness[];
  /** Whether those who have cosigned are enough. */
  readonly isQuorum: (cosigned: readonly VerifierKey[]) => boolean;
}

type Rule = (cosigned: readonly VerifierKey[]) => boolean;

/** What has been read of a policy so far. */
interface Reading {
  readonly logs: VerifierKey[];
  readonly witnesses: Witness[];
  readonly rules: Map<string, Rule>;
  /** Names that are members of a group already: each counts in one way only. */
  readonly members: Set<string>;
  quorum: Rule | undefined;
}

/** @throws BrokenProof naming the line */
export function parsePolicy(text: string): Policy {
  const none: Rule = () => true;
  const reading: Reading = {
    logs: [],
    witnesses: [],
    rules: new Map([['none', none]]),
    members: new Set(),
    quorum: undefined,
  };
  for (const [i, line] of text.split('\n').entries()) {
    const [kind, ...words] = line.split(/[ \t]+/).filter((word) => word !== '');
    if (kind === undefined || kind.startsWith('#')) continue;
    try {
      take(reading, kind, words);
    } catch (error) {
      throw new BrokenProof(`policy, line ${i + 1}: ${(error as Error).message}`);
    }
  }
  const { logs, witnesses, quorum } = reading;
  if (quorum === undefined) throw new BrokenProof('a policy has one quorum line');
  return { logs, witnesses, isQuorum: quorum };
}

function take(reading: Reading, kind: string, words: readonly string[]): void {
  switch (kind) {
    case 'log':
      takeLog(reading, words);
      return;
    case 'witness':
      takeWitness(reading, words);
      return;
    case 'group':
      takeGroup(reading, words);
      return;
    case 'quorum': {
      const [name = '', ...more] = words;
      if (reading.quorum || more.length > 0) throw new Error('a policy has one quorum line');
      reading.quorum = ruleOf(reading, name);
      return undefined;
    }
    default:
      throw new Error(`no ${kind} is known`);
  }
}

function keyOf(
  text: string,
  type: VerifierKey['type'],
  there: readonly VerifierKey[],
): VerifierKey {
  const key = parseVerifierKey(text);
  if (key.type !== type) throw new Error('a key of another kind');
  if (there.some(({ publicKey }) => publicKey.equals(key.publicKey)))
    throw new Error('a key that is there already');
  return key;
}

function takeLog({ logs }: Reading, [key = '', _url, ...more]: readonly string[]): void {
  if (more.length > 0) throw new Error('log <vkey> [<url>]');
  logs.push(keyOf(key, ED25519, logs));
}

function takeWitness(reading: Reading, words: readonly string[]): void {
  const [name = '', text = '', url, ...more] = words;
  if (more.length > 0) throw new Error('witness <name> <vkey> [<url>]');
  const { witnesses } = reading;
  const key = keyOf(
    text,
    COSIGNATURE,
    witnesses.map((one) => one.key),
  );
  define(reading, name, (cosigned) => cosigned.some((one) => one.publicKey.equals(key.publicKey)));
  witnesses.push({ name, key, url });
}

function takeGroup(
  reading: Reading,
  [name = '', threshold = '', ...names]: readonly string[],
): void {
  const members = names.map((one) => {
    if (one === 'none' || reading.members.has(one))
      throw new Error(`${one} cannot be a member here`);
    reading.members.add(one);
    return ruleOf(reading, one);
  });
  const least = { any: 1, all: members.length }[threshold] ?? Number(threshold);
  if (!Number.isInteger(least) || least < 1 || least > members.length)
    throw new Error('group <name> any|all|<k> <name>…');
  define(reading, name, (cosigned) => members.filter((rule) => rule(cosigned)).length >= least);
}

function define({ rules }: Reading, name: string, rule: Rule): void {
  if (name === '' || rules.has(name)) throw new Error(`the name ${name} is taken`);
  rules.set(name, rule);
}

function ruleOf({ rules }: Reading, name: string): Rule {
  const rule = rules.get(name);
  if (!rule) throw new Error(`${name} is not defined before`);
  return rule;
}
