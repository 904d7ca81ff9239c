import { readFileSync } from 'node:fs';
import { secrets } from './secrets.ts';

/** Name and password of any address: `scheme://name:password@host`. */
const CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"<>]*(?::[^\s'"<>]*)?@/gi;

/**
 * A text as it may be shown: no address in it carries its account and password, and none of the
 * configured connection strings stands in it, whichever library wrote it.
 */
export function withoutPasswords(text: string, env = process.env): string {
  const hidden = secretsIn(env).reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  return hidden.replace(CREDENTIALS, '$1***@');
}

/** Passwords as they are configured, and as they read once decoded; short ones would hide words. */
function secretsIn(env: NodeJS.ProcessEnv): string[] {
  const addresses = secrets.flatMap((name) => [env[name], contentOf(env[`${name}_FILE`])]);
  return addresses.flatMap((address = '') => {
    const password = /:\/\/[^/]*?:(.*)@/s.exec(address)?.[1] ?? '';
    return [password, decoded(password)].filter((one) => one.length >= 4);
  });
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
