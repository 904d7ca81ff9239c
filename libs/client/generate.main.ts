import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';
import { lengthsText } from './lengths-text.ts';
import { methodsText, type Document } from './methods-text.ts';

const DOCUMENT = 'docs/openapi.json';
const SCHEMA = 'libs/client/schema.ts';
const METHODS = 'libs/client/methods.ts';
const LENGTHS = 'libs/client/lengths.ts';

/** A file travels as a `Blob`: the generator has no better type for binary than a text. */
const blob = (): ts.TypeNode => ts.factory.createTypeReferenceNode('Blob');

async function schema(document: string): Promise<string> {
  const nodes = await openapiTS(document, {
    // What has a default may be left out of a request.
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    transform: ({ format: kind }) => (kind === 'binary' ? blob() : undefined),
  });
  return `${COMMENT_HEADER}${astToString(nodes)}`;
}

/** A module as it is written anywhere else. */
const formatted = async (text: string, file: string): Promise<string> =>
  format(text, { ...(await resolveConfig(file)), filepath: file });

/** Writes a file; when only checking, answers whether it is what it would be. */
async function settle(file: string, text: string, check: boolean): Promise<boolean> {
  if (!check) {
    await writeFile(file, text);
    return true;
  }
  const same = (await readFile(file, 'utf8').catch(() => '')) === text;
  if (!same) console.error(`${file} is stale: run npm run generate`);
  return same;
}

/** Writes the client's types, methods and lengths; with `--check` says whether they are what the API's document describes. */
async function main(check: boolean): Promise<number> {
  const document = await readFile(DOCUMENT, 'utf8');
  const described = JSON.parse(document) as Document;
  const settled = [
    await settle(SCHEMA, await schema(document), check),
    await settle(METHODS, await formatted(methodsText(described), METHODS), check),
    await settle(LENGTHS, await formatted(lengthsText(described), LENGTHS), check),
  ];
  return settled.every(Boolean) ? 0 : 1;
}

process.exitCode = await main(process.argv.includes('--check'));
