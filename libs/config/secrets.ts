import { readFileSync } from 'node:fs';
import { InvalidConfig } from './invalid-config.ts';

/** Settings that carry credentials: each may also come from the file that `…_FILE` names. */
export const secrets = ['EVENTSTORE_URL', 'MONGODB_URL'] as const;

export type Env = Readonly<Record<string, string | undefined>>;

/** What was given, empty settings left out, secrets read from their files. @throws InvalidConfig */
export function withSecrets(env: Env): Env {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  for (const name of secrets) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) {
      throw new InvalidConfig(`${name} and ${name}_FILE must not both be set.`);
    }
    try {
      given[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new InvalidConfig(`${name}_FILE cannot be read: ${(error as Error).message}`);
    }
  }
  return given;
}
