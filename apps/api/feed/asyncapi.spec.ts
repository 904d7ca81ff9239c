import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { schemaVersions, type DomainEventType } from '#domain';
import { dataSchema } from '#outgoing';
import { asyncApi, eventSchemaDocument } from './asyncapi.ts';

type Data = Readonly<Record<string, unknown>>;

function checker(): Ajv {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv;
}

const events = Object.entries(schemaVersions) as [DomainEventType, number][];
const golden = (type: string, version: number): Data => {
  const file = new URL(`../../../test/golden/${type}.v${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Data;
};

describe('the document of outgoing events', () => {
  it('is AsyncAPI 3.0', () => {
    const official = createRequire(import.meta.url)(
      '@asyncapi/specs/schemas/3.0.0-without-$id.json',
    ) as object;
    const validate = checker().compile(official);
    expect([validate(asyncApi), validate.errors]).toEqual([true, null]);
  });

  const ajv = checker();
  ajv.addSchema(eventSchemaDocument);

  it.each(events)(
    'has a schema that %s version %d fits, and nothing that lacks a field',
    (type, version) => {
      const data = golden(type, version);
      const validate = ajv.getSchema(dataSchema(type));
      expect([validate?.(data), validate?.errors]).toEqual([true, null]);
      for (const field of Object.keys(data)) {
        const { [field]: _left, ...rest } = data;
        expect([field, validate?.(rest)]).toEqual([field, false]);
        expect([field, validate?.({ ...data, [field]: [7.5] })]).toEqual([field, false]);
      }
    },
  );
});
