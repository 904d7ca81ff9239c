const ofEntry = { bookId: 'string', number: 'number' } as const;
const ofFile = { sha256: 'string', bytes: 'number' } as const;

/** Fields and kinds of the events about electronic copies: a part of `event-shapes.ts`. */
export const copyShapes = {
  CopyStamped: {
    ...ofEntry,
    numberText: 'string',
    bookName: 'string',
    certifiedOn: 'string',
    certifierFullName: 'string',
    certifierTitle: 'string',
    authority: 'string?',
    sourceSha256: 'string',
    place: 'string',
    layout: 'number',
    ...ofFile,
    pages: 'number',
  },
  CopySigned: {
    ...ofEntry,
    stampedSha256: 'string',
    ...ofFile,
    signers: 'object',
  },
} as const;
