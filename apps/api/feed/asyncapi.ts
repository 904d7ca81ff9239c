import { eventLabels, schemaVersions, type DomainEventType } from '#domain';
import { dataSchema, outgoingType, POSITION_TOKEN } from '#outgoing';
import { eventSchemas } from './event-schemas.ts';

const types = Object.keys(schemaVersions).sort() as DomainEventType[];
const ref = (path: string) => ({ $ref: `#/${path}` });

/** What stands around every event’s data (CloudEvents 1.0). */
const envelope = {
  type: 'object',
  required: [
    ...['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype'],
    ...['dataschema', 'agency', 'revision', 'position', 'data'],
  ],
  properties: {
    specversion: { type: 'string', enum: ['1.0'] },
    id: { type: 'string', format: 'uuid', description: 'Mã của sự kiện, không đổi dù gửi lại' },
    source: { type: 'string', format: 'uri-reference' },
    type: { type: 'string' },
    subject: { type: 'string', description: 'Luồng sự kiện' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { type: 'string', enum: ['application/json'] },
    dataschema: { type: 'string', format: 'uri' },
    agency: { type: 'string', description: 'Mã cơ quan' },
    revision: { type: 'integer', minimum: 0, description: 'Thứ tự trong luồng' },
    position: { type: 'string', pattern: POSITION_TOKEN, description: 'Dùng cho `after`' },
    data: { type: 'object' },
  },
};

const messageOf = (type: DomainEventType) => ({
  name: outgoingType(type),
  title: eventLabels[type],
  contentType: 'application/cloudevents+json',
  payload: {
    allOf: [
      ref('components/schemas/CloudEvent'),
      {
        type: 'object',
        properties: {
          type: { type: 'string', enum: [outgoingType(type)] },
          dataschema: { type: 'string', enum: [dataSchema(type)] },
          data: ref(`components/schemas/${type}`),
        },
      },
    ],
  },
});

const named = <T>(of: (type: DomainEventType) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(types.map((type) => [type, of(type)]));

const messages = named((type) => ref(`components/messages/${type}`));

const operationOf = (channel: string, summary: string) => ({
  action: 'send',
  summary,
  channel: ref(`channels/${channel}`),
  messages: types.map((type) => ref(`channels/${channel}/messages/${type}`)),
});

/** Which events go out, and what each holds: AsyncAPI 3.0, with the schema of every event’s data. */
export const asyncApi = {
  asyncapi: '3.0.0',
  info: {
    title: 'Sổ chứng thực điện tử: luồng sự kiện',
    version: '1',
    description:
      'Mọi sự kiện theo thứ tự nhật ký, CloudEvents 1.0, đọc tiếp từ bất kỳ vị trí nào. Cách gọi, quyền và lỗi: mô tả OpenAPI.',
  },
  defaultContentType: 'application/cloudevents+json',
  channels: {
    agency: {
      address: '/v1/agencies/{agency}/feed/events',
      description: 'Sự kiện của một cơ quan (server-sent events)',
      parameters: { agency: { description: 'Mã cơ quan', examples: ['BK-001'] } },
      messages,
    },
    every: {
      address: '/v1/feed/events',
      description: 'Sự kiện của mọi cơ quan (server-sent events)',
      messages,
    },
    webhook: {
      address: null,
      description:
        'Webhook: mỗi sự kiện một lần POST đến địa chỉ bên nhận đã đăng ký, ký theo Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature), ít nhất một lần, theo thứ tự nhật ký',
      bindings: { http: {} },
      messages,
    },
  },
  operations: {
    sendAgency: operationOf('agency', 'Gửi sự kiện của một cơ quan'),
    sendEvery: operationOf('every', 'Gửi sự kiện của mọi cơ quan'),
    postWebhook: operationOf('webhook', 'Gửi sự kiện đến bên nhận đã đăng ký'),
  },
  components: {
    messages: named(messageOf),
    schemas: {
      CloudEvent: envelope,
      ...named((type) => ({ $id: dataSchema(type), ...eventSchemas[type] })),
    },
  },
};

/** Every event’s data as JSON Schema alone, for who has no use for AsyncAPI. */
export const eventSchemaDocument = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:so-chung-thuc:events',
  definitions: named((type) => ({
    $id: dataSchema(type),
    title: eventLabels[type],
    ...eventSchemas[type],
  })),
};
