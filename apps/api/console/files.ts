import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built console is, seen from this file as it is compiled and as it is written. */
const PLACES = ['../../../console/', '../../../dist/console/'];

/** The folder of the built console (`npm run build`); undefined where nobody has built it. */
export function consoleFolder(): string | undefined {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return folders.find((folder) => existsSync(`${folder}index.html`));
}
