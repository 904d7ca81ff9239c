import type { OpenAPIObject } from '@nestjs/swagger';
import { LARGEST_NUMBER, registerTypes } from '#domain';
import type { Operation } from './problem-codes.ts';

type Parameter = Extract<NonNullable<Operation['parameters']>[number], { name: string }>;
type Item = Record<string, Operation>;
type Described = Pick<Parameter, 'description' | 'schema'>;

/** What stands in paths, by its name there. */
const inPaths: Readonly<Record<string, Described>> = {
  agency: {
    description: 'Mã cơ quan',
    schema: { type: 'string', maxLength: 32, example: 'BK-001' },
  },
  bookId: {
    description: 'Mã sổ, như khi mở sổ và trong danh sách sổ',
    schema: { type: 'string', maxLength: 42, example: 'SCTDT.BS-2024-9f86d081884c7d65' },
  },
  number: {
    description: 'Số chứng thực, không có số 0 ở đầu',
    schema: { type: 'integer', minimum: 1, maximum: LARGEST_NUMBER, example: 1 },
  },
  id: {
    description: 'Mã chữ ký hoặc con dấu, như khi thêm mới và trong danh sách',
    schema: {
      type: 'string',
      maxLength: 36,
      format: 'uuid',
      example: '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
    },
  },
  type: {
    description: 'Loại sổ',
    schema: { type: 'string', enum: registerTypes.map(({ code }) => code), example: 'SCTDT.BS' },
  },
  year: {
    description: 'Năm của sổ',
    schema: { type: 'integer', minimum: 1900, maximum: 2099, example: 2024 },
  },
};

const PLACES = ['path', 'query', 'header'];

/** A path's parameters in the order they stand in it, then the query's, then the headers. */
function inOrder(path: string, parameters: readonly Parameter[]): Parameter[] {
  const rank = (one: Parameter): number => PLACES.indexOf(one.in);
  const at = (one: Parameter): number => (one.in === 'path' ? path.indexOf(`{${one.name}}`) : 0);
  return [...parameters].sort((a, b) => rank(a) - rank(b) || at(a) - at(b));
}

function described(one: Parameter): Parameter {
  if (one.in !== 'path') return one;
  const known = inPaths[one.name];
  if (!known) throw new Error(`nothing is known of {${one.name}} in a path`);
  return { ...one, ...known };
}

/** Says of everything in a path what it is, once for all operations. @throws Error for what nobody described */
export function describeParameters({ paths, ...document }: OpenAPIObject): OpenAPIObject {
  const items = Object.entries(paths).map(([path, item]) => {
    const operations = Object.entries(item as Item).map(([method, operation]) => {
      const own = (operation.parameters ?? []) as Parameter[];
      return [method, { ...operation, parameters: inOrder(path, own.map(described)) }];
    });
    return [path, Object.fromEntries(operations) as object];
  });
  return { ...document, paths: Object.fromEntries(items) as OpenAPIObject['paths'] };
}
