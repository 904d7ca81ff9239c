import { fileURLToPath } from 'node:url';

/**
 * Liberation Serif 2.1.5 (SIL Open Font License 1.1, `assets/fonts/LICENSE`): the widths of Times New
 * Roman, which NĐ 30/2020 Phụ lục I asks for, and every Vietnamese letter.
 */
const files = {
  regular: 'LiberationSerif-Regular.ttf',
  bold: 'LiberationSerif-Bold.ttf',
  italic: 'LiberationSerif-Italic.ttf',
} as const;

export type Face = keyof typeof files;
export const faces = Object.keys(files) as Face[];

/** Compiled, this stands one folder deeper. */
const ASSETS = import.meta.url.endsWith('.ts') ? '../../../assets' : '../../../../assets';

export const fontFile = (face: Face): string =>
  fileURLToPath(new URL(`${ASSETS}/fonts/${files[face]}`, import.meta.url));
