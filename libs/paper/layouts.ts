import { readFileSync } from 'node:fs';
import { knownLayouts, parseLayouts, type FormLayout } from '#domain';

/** The file of forms is not there, is no JSON or says what no form can be. */
export class BadForms extends Error {
  override readonly name = 'BadForms';
}

/** The forms registers are printed on: those that are known, with those of a file in their place. @throws BadForms */
export function readLayouts(path: string | undefined): readonly FormLayout[] {
  if (path === undefined) return knownLayouts;
  try {
    return parseLayouts(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new BadForms(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
