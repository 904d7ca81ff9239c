import type { NextFunction, Request, Response } from 'express';
import { displayDate } from '#domain';
import type { Problem } from '../../http/problems/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import type {
  FileAnswer,
  KnownFile,
  SealedProof,
  VerificationAnswer,
} from '../verification.dto.ts';
import { html, Markup, type Part } from './markup.ts';
import { policy, style } from './style.ts';
import { languages, wordsOf, type Language, type Words } from './words.ts';

const sheet = new Markup(`<style>${style}</style>`);

/** Vietnamese unless the address or the browser asks for English. */
function languageOf(request: Request): Language {
  const asked = languages.find((one) => one === request.query['lang']);
  if (asked !== undefined) return asked;
  const understood = request.acceptsLanguages([...languages]);
  return languages.find((one) => one === understood) ?? 'vi';
}

/** Whoever reads pages says so; whoever takes anything gets data. */
export const wantsPage = (request: Request): boolean =>
  request.accepts(['json', 'html']) === 'html';

/** The pages of one request, whole and in its language. */
export function pagesOf(request: Request) {
  const language = languageOf(request);
  const words = wordsOf[language];
  const page = (title: string, body: Part): string => whole({ request, language, title, body });
  return {
    language,
    form: () => page(words.title, forms(words, language)),
    number: (answer: VerificationAnswer) => page(words.title, numberOf(words, language, answer)),
    file: (answer: FileAnswer) => page(words.title, fileOf(words, language, answer)),
    problem: (problem: Problem) => page(words.title, problemOf(words, language, problem)),
  };
}

/** Sees to it that whoever reads pages is refused by a page, too. */
export function asPages(request: Request, response: Response, next: NextFunction): void {
  response.vary('Accept').vary('Accept-Language');
  if (wantsPage(request)) {
    response.setHeader('Content-Security-Policy', policy);
    response.setHeader('X-Robots-Tag', 'noindex');
    (request as ApiRequest).problemPage = (problem) => pagesOf(request).problem(problem);
  }
  next();
}

interface Whole {
  readonly request: Request;
  readonly language: Language;
  readonly title: string;
  readonly body: Part;
}

function whole({ request, language, title, body }: Whole): string {
  const other: Language = language === 'vi' ? 'en' : 'vi';
  // What was posted cannot be asked for again by an address.
  const path = request.method === 'GET' ? request.originalUrl.split('?')[0] : '/xac-minh';
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${sheet}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <a class="language" lang="${other}" hreflang="${other}" href="${path ?? ''}?lang=${other}"
            >${wordsOf[language].other}</a
          >
        </header>
        <main>${body}</main>
      </body>
    </html>`.text;
}

const forms = (words: Words, language: Language): Markup => html`
  <h2>${words.codeForm}</h2>
  <form method="get" action="/xac-minh">
    <label for="code">${words.code}</label>
    <p class="hint" id="code-hint">${words.codeHint}</p>
    <input
      id="code"
      name="code"
      required
      maxlength="64"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="code-hint"
    />
    <input type="hidden" name="lang" value="${language}" />
    <button>${words.verify}</button>
  </form>
  <h2>${words.fileForm}</h2>
  <form method="post" action="/xac-minh?lang=${language}" enctype="multipart/form-data">
    <label for="file">${words.file}</label>
    <p class="hint" id="file-hint">${words.fileHint}</p>
    <input id="file" name="file" type="file" required aria-describedby="file-hint" />
    <button>${words.verify}</button>
  </form>
`;

type Kind = 'valid' | 'ended' | 'unknown';
const signs: Readonly<Record<Kind, string>> = { valid: '✓', ended: '✕', unknown: '?' };

const toldAs = (kind: Kind, { title, text }: { title: string; text: string }): Markup => html`
  <div class="told ${kind}" role="status">
    <strong><span aria-hidden="true">${signs[kind]}</span> ${title}</strong>
    <p>${text}</p>
  </div>
`;

const facts = (pairs: readonly (readonly [string, string | null])[]): Markup =>
  html`<dl>
    ${pairs.map(([name, value]) =>
      value === null
        ? null
        : html`<dt>${name}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`;

function numberOf(words: Words, language: Language, answer: VerificationAnswer): Markup {
  const { status, numberText, bookName, agency, certifiedOn, endedOn } = answer;
  return html`
    ${toldAs(status === 'valid' ? 'valid' : 'ended', words.status[status])}
    ${facts([
      [words.number, numberText],
      [words.book, bookName],
      [words.agency, agency.name],
      [words.certifiedOn, displayDate(certifiedOn)],
      [words.kind, answer.typeTitle],
      [words.endedOn, endedOn && displayDate(endedOn)],
      [words.code, answer.code],
    ])}
    ${answer.corrected ? html`<p>${words.corrected}</p>` : null}
    <p>${words.compare}</p>
    ${proofOf(words, answer.proof)} ${again(words, language)}
  `;
}

const proofOf = (words: Words, proof: SealedProof | null): Markup =>
  proof === null
    ? html`<p class="hint">${words.unsealed}</p>`
    : html`<details>
        <summary>${words.proof}</summary>
        <p>${words.proofText}</p>
        <p>${proof.leafHash}</p>
        <pre>${proof.proof}</pre>
      </details>`;

function fileOf(words: Words, language: Language, { sha256, file }: FileAnswer): Markup {
  const told = file ? toldOf(words, file) : toldAs('unknown', words.unknownFile);
  return html`${told} ${facts([...(file ? ofFile(words, file) : []), ['SHA-256', sha256]])}
  ${again(words, language)}`;
}

/** What a file is worth: a copy is not made before it is signed, and no more than its number. */
function toldOf(words: Words, { kind, number }: KnownFile): Markup {
  if (number === null) return toldAs('valid', words.knownFile);
  if (number.status !== 'valid') return toldAs('ended', words.status[number.status]);
  if (number.replaced) return toldAs('ended', words.replacedFile);
  return kind === 'signed'
    ? toldAs('valid', words.signedFile)
    : toldAs('unknown', words.stampedFile);
}

const ofCopy = (words: Words, { number }: KnownFile): readonly (readonly [string, string])[] =>
  number === null
    ? []
    : [
        [words.number, number.numberText],
        [words.book, number.bookName],
        [words.certifiedOn, displayDate(number.certifiedOn)],
      ];

const ofFile = (words: Words, file: KnownFile): readonly (readonly [string, string])[] => [
  [words.agency, file.agency.name],
  ...ofCopy(words, file),
  file.number === null
    ? [words.printed, `${file.typeTitle}, ${file.month ?? file.year}`]
    : [words.kind, file.typeTitle],
  [words.madeOn, displayDate(file.madeOn)],
];

function problemOf(words: Words, language: Language, problem: Problem): Markup {
  const { title, detail: text, code, instance } = problem;
  const told = words.problems[code as keyof Words['problems']] ?? words.otherProblem;
  return html`${toldAs('unknown', told ?? { title, text })}
    <p class="hint">${words.request}: ${instance}</p>
    ${forms(words, language)}`;
}

const again = (words: Words, language: Language): Markup =>
  html`<p class="language"><a href="/xac-minh?lang=${language}">${words.another}</a></p>`;
