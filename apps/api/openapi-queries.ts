import { entrySorting, narrowedEntrySorting } from './books/entries.dto.ts';
import type { QueryRule } from './http/document/query-rules.ts';

const wholeBookOnly = Object.keys(entrySorting.columns)
  .filter((column) => !Object.hasOwn(narrowedEntrySorting.columns, column))
  .flatMap((column) => [column, `-${column}`]);

/** What a query may not combine, and what it must; each is refused with 422 by the code that reads it. */
export const queryRules: readonly QueryRule[] = [
  {
    of: ['after', 'offset'],
    description: 'Chỉ dùng một trong hai: `after` hoặc `offset`.',
    schema: {
      not: {
        required: ['after', 'offset'],
        properties: { offset: { type: 'integer', minimum: 1 } },
      },
    },
  },
  {
    of: ['startAt', 'from', 'to'],
    description: 'Không dùng `startAt` cùng `from` hoặc `to`.',
    schema: {
      not: { required: ['startAt'], anyOf: [{ required: ['from'] }, { required: ['to'] }] },
    },
  },
  {
    of: ['revision', 'at', 'checkpoint'],
    description: 'Phải có đúng một trong ba: `revision`, `at` hoặc `checkpoint`.',
    schema: {
      oneOf: [{ required: ['revision'] }, { required: ['at'] }, { required: ['checkpoint'] }],
    },
  },
  {
    of: ['type', 'year'],
    // A list is narrowed by either.
    butNot: ['limit'],
    description: '`type` và `year` đi cùng nhau.',
    schema: {
      anyOf: [
        { required: ['type', 'year'] },
        { not: { anyOf: [{ required: ['type'] }, { required: ['year'] }] } },
      ],
    },
  },
  {
    of: ['sort', 'state', 'dossier'],
    description: `Khi lọc theo \`state\` hoặc \`dossier\`, không sắp xếp theo: ${wholeBookOnly.join(', ')}.`,
    schema: {
      not: {
        required: ['sort'],
        properties: { sort: { enum: wholeBookOnly } },
        anyOf: [{ required: ['state'] }, { required: ['dossier'] }],
      },
    },
  },
];
