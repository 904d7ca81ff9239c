import { readFile, writeFile } from 'node:fs/promises';
import { signPdf } from './sign-pdf.ts';

/** Signs a PDF as an office's software would: from one file into another. */
const [, , from = '', to = ''] = process.argv;
await writeFile(to, await signPdf(await readFile(from)));
