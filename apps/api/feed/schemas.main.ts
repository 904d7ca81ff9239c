import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import ts from 'typescript';

/** The file whose types are the events; what is made of them. */
const EVENTS = 'libs/domain/events.ts';
const SCHEMAS = 'apps/api/feed/event-schemas.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A type of an event's data as JSON Schema: what JSON can hold, and no number that is not whole. */
function schemaOf(checker: ts.TypeChecker, type: ts.Type): Schema {
  const { flags } = type;
  if (type.isUnion()) return schemaOfUnion(checker, type);
  if (type.isStringLiteral()) return { type: 'string', enum: [type.value] };
  if ((flags & ts.TypeFlags.StringLike) !== 0) return { type: 'string' };
  if ((flags & ts.TypeFlags.NumberLike) !== 0) return { type: 'integer' };
  if ((flags & ts.TypeFlags.BooleanLike) !== 0) return { type: 'boolean' };
  if ((flags & ts.TypeFlags.Null) !== 0) return { type: 'null' };
  if (checker.isArrayLikeType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    if (!item) throw new Error('an array of nothing');
    return { type: 'array', items: schemaOf(checker, item) };
  }
  if ((flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0)
    return schemaOfObject(checker, type);
  throw new Error(`no schema for ${checker.typeToString(type)}`);
}

function schemaOfUnion(checker: ts.TypeChecker, { types }: ts.UnionType): Schema {
  const present = types.filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
  const isNull = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.Null) !== 0;
  const others = present.filter((one) => !isNull(one));
  const found = others.map((one) => schemaOf(checker, one));
  const [first = {}] = found;
  const kinds = new Set(found.map(({ type }) => type));
  if (kinds.size > 1) throw new Error('a union of several kinds');
  const words = found.flatMap(({ enum: some }) => (some ?? []) as string[]);
  const one = { ...first, ...(words.length > 0 && { enum: words }) };
  if (others.length === present.length) return one;
  // A listed value would not be null.
  const values = words.length > 0 && { enum: [...words, null] };
  return { ...one, ...values, type: [...kinds, 'null'] };
}

function schemaOfObject(checker: ts.TypeChecker, type: ts.Type): Schema {
  const fields = checker.getPropertiesOfType(type);
  const isOptional = ({ flags }: ts.Symbol): boolean => (flags & ts.SymbolFlags.Optional) !== 0;
  const properties = fields.map((field) => {
    const description = ts.displayPartsToString(field.getDocumentationComment(checker));
    const schema = schemaOf(checker, checker.getTypeOfSymbol(field));
    return [field.name, { ...(description !== '' && { description }), ...schema }];
  });
  const required = fields.filter((field) => !isOptional(field)).map(({ name }) => name);
  return {
    type: 'object',
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties) as Schema,
  };
}

/** The type of a field, which is there. */
function fieldOf(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Type {
  const field = type.getProperty(name);
  if (!field) throw new Error(`${checker.typeToString(type)} has no ${name}`);
  return checker.getTypeOfSymbol(field);
}

/** Every event’s data, by its type. */
function eventSchemas(): Readonly<Record<string, Schema>> {
  const options = {
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
  };
  const program = ts.createProgram([EVENTS], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(EVENTS);
  const exported = source && checker.getSymbolAtLocation(source);
  const symbol = exported && checker.tryGetMemberInModuleExports('DomainEvent', exported);
  const event = symbol && checker.getDeclaredTypeOfSymbol(symbol);
  if (!event?.isUnion()) throw new Error(`${EVENTS} has no union of events`);
  const schemas = event.types.map((one) => {
    const type = fieldOf(checker, one, 'type');
    if (!type.isStringLiteral()) throw new Error('an event without a name');
    return [type.value, schemaOf(checker, fieldOf(checker, one, 'data'))] as const;
  });
  return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes the schemas; with `--check` says whether they are what the types make. */
async function main(check: boolean): Promise<number> {
  const text = `/** Made of the types of events (${EVENTS}) by \`npm run generate\`. */
import type { DomainEventType } from '#domain';

/** JSON Schema of an event’s data. */
export interface EventSchema {
  readonly type: 'object';
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

export const eventSchemas: Readonly<Record<DomainEventType, EventSchema>> = ${JSON.stringify(eventSchemas())};
`;
  const config = { ...(await resolveConfig(SCHEMAS)), filepath: SCHEMAS };
  const made = await format(text, config);
  if (!check) {
    await writeFile(SCHEMAS, made);
    return 0;
  }
  const isSame = (await readFile(SCHEMAS, 'utf8').catch(() => '')) === made;
  if (!isSame) console.error(`${SCHEMAS} is stale: run npm run generate`);
  return isSame ? 0 : 1;
}

process.exitCode = await main(process.argv.includes('--check'));
