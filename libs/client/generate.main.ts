import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import ts from 'typescript';

const DOCUMENT = 'docs/openapi.json';
const FILE = 'libs/client/schema.ts';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What types cannot tell at run time: which operations take a form instead of JSON. */
function formOperations({ paths }: Document): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { requestBody }]) => requestBody && 'multipart/form-data' in requestBody.content)
      .map(([method]) => `${method} ${path}`),
  );
  return `export const formOperations: readonly string[] = ${JSON.stringify(operations, null, 4)};\n`;
}

/** A file travels as a `Blob`: the generator has no better type for binary than a text. */
const blob = (): ts.TypeNode => ts.factory.createTypeReferenceNode('Blob');

async function types(): Promise<string> {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8')) as Document;
  const nodes = await openapiTS(JSON.stringify(document), {
    // What has a default may be left out of a request.
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    transform: ({ format }) => (format === 'binary' ? blob() : undefined),
  });
  return `${COMMENT_HEADER}${astToString(nodes)}${formOperations(document)}`;
}

/** Writes the types of the API's document; with `--check` says whether they are what it describes. */
async function main(check: boolean): Promise<number> {
  const text = await types();
  if (!check) {
    await writeFile(FILE, text);
    return 0;
  }
  const same = (await readFile(FILE, 'utf8').catch(() => '')) === text;
  if (!same) console.error(`${FILE} is stale: run npm run generate`);
  return same ? 0 : 1;
}

process.exitCode = await main(process.argv.includes('--check'));
