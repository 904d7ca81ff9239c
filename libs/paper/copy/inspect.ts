import type { PdfFile } from './file.ts';
import type { ActiveContent } from './findings.ts';
import { refusePdf } from './problem.ts';
import { Dict, isArray, nameIn, Stream, type Value } from './values.ts';

/** Names of fields that are there for what acts by itself or shows something else (ISO 32000-1, 12.6). */
const FIELDS: Readonly<Record<string, ActiveContent>> = {
  JS: 'script',
  JavaScript: 'script',
  AA: 'script',
  EmbeddedFiles: 'attachment',
  EF: 'attachment',
  AF: 'attachment',
  XFA: 'form',
  RichMediaContent: 'media',
  OCProperties: 'layers',
};

/** What an action does. */
const ACTIONS: Readonly<Record<string, ActiveContent>> = {
  JavaScript: 'script',
  Launch: 'launch',
  GoToR: 'external',
  GoToE: 'attachment',
  SubmitForm: 'form',
  ImportData: 'form',
  ResetForm: 'form',
  Hide: 'form',
  SetOCGState: 'layers',
  Rendition: 'media',
  Movie: 'media',
  Sound: 'media',
  Trans: 'media',
  GoTo3DView: 'media',
};

/** What may lie on a page beside its content: a link covers nothing. */
const HARMLESS = new Set(['Link']);

/**
 * Refuses what no scan has: what is signed already, what acts by itself, and what could cover the
 * stamp or change what is read. Looked for in every object there is, wherever it hangs.
 */
export function requirePlain(file: PdfFile): void {
  for (const value of file.objects()) look(file, value);
}

function look(file: PdfFile, value: Value): void {
  if (isArray(value)) for (const one of value) look(file, one);
  const dict = value instanceof Stream ? value.dict : value;
  if (!(dict instanceof Dict)) return;
  lookAt(file, dict);
  for (const one of dict.values()) look(file, one);
}

function lookAt(file: PdfFile, dict: Dict): void {
  if (dict.has('ByteRange') || nameIn(dict.get('Type')) === 'Sig') refusePdf('PDF_SIGNED', {});
  for (const name of dict.keys()) {
    const found = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
    if (found) refusePdf('PDF_ACTIVE', { found });
  }
  const action = nameIn(dict.get('S')) ?? '';
  const acts = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  // Of a transition, a structure or an output intent, `S` says something else.
  if (acts && isAction(dict)) refusePdf('PDF_ACTIVE', { found: acts });
  if (file.array(dict.get('Fields'))?.length) refusePdf('PDF_ACTIVE', { found: 'form' });
  const annotations = file.array(dict.get('Annots')) ?? [];
  for (const one of annotations) {
    const kind = nameIn(file.resolved(file.dict(one)?.get('Subtype')));
    if (kind === undefined || !HARMLESS.has(kind)) refusePdf('PDF_ACTIVE', { found: 'annotation' });
  }
}

function isAction(dict: Dict): boolean {
  const type = nameIn(dict.get('Type'));
  return type === undefined || type === 'Action';
}
