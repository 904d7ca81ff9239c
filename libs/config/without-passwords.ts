import { readFileSync } from 'node:fs';
import { secrets } from './secrets.ts';

/**
 * Name and password of any address: `scheme://name:password@host`. Bounded, so that no text makes
 * it look at every character from every other.
 */
const CREDENTIALS = /:\/\/[^\s/@:'"<>]{0,512}(?::[^\s'"<>]{0,512})?@/g;

/**
 * How a text may be shown: no address in it carries its account and password, and the password of
 * no configured connection string stands in it, whichever library wrote it. What is configured is
 * read once.
 */
export function withoutPasswords(env = process.env): (text: string) => string {
  const hidden = secretsIn(env);
  return (text) =>
    hidden
      .reduce((shown, secret) => shown.replaceAll(secret, '***'), text)
      .replace(CREDENTIALS, '://***@');
}

/**
 * Passwords as they are configured, as they read once decoded, and as either stands in JSON; short
 * ones would hide words. Longest first: none is a part of another that is then left over.
 */
function secretsIn(env: NodeJS.ProcessEnv): string[] {
  const addresses = secrets.flatMap((name) => [env[name], contentOf(env[`${name}_FILE`])]);
  const spelt = addresses.flatMap((address = '') => {
    const password = /:\/\/[^/]*?:(.*)@/s.exec(address)?.[1] ?? '';
    const both = [password, decoded(password)];
    return [...both, ...both.map((one) => JSON.stringify(one).slice(1, -1))];
  });
  const long = spelt.filter((one) => one.length >= 4);
  return [...new Set(long)].sort((one, other) => other.length - one.length);
}

function contentOf(file: string | undefined): string | undefined {
  try {
    return file === undefined ? undefined : readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
