import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { headers: Record<string, { required?: boolean }> }>>;
}
const file = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url));
const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('docs/openapi.json', () => {
  it.each(operations)(
    'declares every parameter in the path of $method $path, once',
    ({ path, operation }) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
      expect(declared.map(({ name }) => name).sort()).toEqual(inPath.sort());
    },
  );

  it.each(operations)('says of $method $path how it answers, and how it refuses', (one) => {
    const { responses } = one.operation;
    const statuses = Object.keys(responses);
    expect(statuses).toEqual(expect.arrayContaining(['4XX', '5XX']));
    if (one.method === 'get') expect(statuses).toContain('304');
    // What makes something answers 200 where it was there already.
    if (statuses.includes('201')) expect(statuses).toContain('200');
    for (const { headers } of Object.values(responses)) {
      expect(headers['X-Correlation-Id']).toMatchObject({ required: true });
    }
  });
});
