/** Made of the types of events (libs/domain/events.ts) by `npm run generate`. */
import type { DomainEventType } from '#domain';

/** JSON Schema of an event’s data. */
export interface EventSchema {
  readonly type: 'object';
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, object>>;
}

export const eventSchemas: Readonly<Record<DomainEventType, EventSchema>> = {
  AgencyCodesChanged: {
    type: 'object',
    required: ['code', 'changes', 'reason'],
    properties: {
      code: { type: 'string' },
      changes: {
        type: 'object',
        properties: {
          identifier: {
            description: 'Mã định danh điện tử (QĐ 20/2020/QĐ-TTg): `H55.1.2`.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['string', 'null'] }, to: { type: ['string', 'null'] } },
          },
          statisticalCode: {
            description:
              'Mã đơn vị hành chính of the statistics office: two digits of a province, five of a commune.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['string', 'null'] }, to: { type: ['string', 'null'] } },
          },
        },
      },
      reason: { type: 'string' },
    },
  },
  AgencyFourEyesChanged: {
    type: 'object',
    required: ['code', 'from', 'to', 'reason'],
    properties: {
      code: { type: 'string' },
      from: { type: 'boolean' },
      to: { type: 'boolean' },
      reason: { type: 'string' },
    },
  },
  AgencyLevelChanged: {
    type: 'object',
    required: ['code', 'from', 'to', 'reason'],
    properties: {
      code: { type: 'string' },
      from: { type: 'string', enum: ['province', 'district', 'commune'] },
      to: { type: 'string', enum: ['province', 'district', 'commune'] },
      reason: { type: 'string' },
    },
  },
  AgencyRegistered: {
    type: 'object',
    required: ['identifier', 'statisticalCode', 'code', 'name', 'level'],
    properties: {
      identifier: {
        description: 'Mã định danh điện tử (QĐ 20/2020/QĐ-TTg): `H55.1.2`.',
        type: ['string', 'null'],
      },
      statisticalCode: {
        description:
          'Mã đơn vị hành chính of the statistics office: two digits of a province, five of a commune.',
        type: ['string', 'null'],
      },
      code: { type: 'string' },
      name: { type: 'string' },
      level: { type: 'string', enum: ['province', 'district', 'commune'] },
    },
  },
  AgencyRenamed: {
    type: 'object',
    required: ['code', 'from', 'to', 'reason'],
    properties: {
      code: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      reason: { type: 'string' },
    },
  },
  AgencyRetired: {
    type: 'object',
    required: ['code', 'successor', 'retiredOn', 'reason'],
    properties: {
      code: { type: 'string' },
      successor: { type: ['string', 'null'] },
      retiredOn: { type: 'string' },
      reason: { type: 'string' },
    },
  },
  BookClosed: {
    type: 'object',
    required: [
      'bookId',
      'closedOn',
      'confirmedByFullName',
      'confirmedByTitle',
      'confirmedByAuthority',
      'totals',
      'seal',
      'proposed',
    ],
    properties: {
      bookId: { type: 'string' },
      closedOn: { type: 'string' },
      confirmedByFullName: { type: 'string' },
      confirmedByTitle: { type: 'string' },
      confirmedByAuthority: {
        description:
          'By which authority the certifier confirms. Since version 2; null where it was not recorded.',
        type: ['string', 'null'],
        enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null],
      },
      totals: {
        type: 'object',
        required: [
          'firstNumber',
          'lastNumber',
          'entries',
          'voided',
          'revoked',
          'lost',
          'copies',
          'fees',
        ],
        properties: {
          firstNumber: { type: ['integer', 'null'] },
          lastNumber: { type: ['integer', 'null'] },
          entries: { type: 'integer' },
          voided: { type: 'integer' },
          revoked: { type: 'integer' },
          lost: {
            description:
              'Numbers that were given and whose events a loss of data took away. Since version 3 of BookClosed.',
            type: 'integer',
          },
          copies: { type: 'integer' },
          fees: { type: 'integer' },
        },
      },
      seal: {
        description:
          'Put on it when it was closed. Since version 5; null where none was named, or recorded.',
        type: ['object', 'null'],
        required: ['agency', 'id', 'version', 'sha256'],
        properties: {
          agency: { type: 'string' },
          id: { type: 'string' },
          version: { type: 'integer' },
          sha256: { type: 'string' },
        },
      },
      proposed: {
        description:
          'Whose proposal this confirms. Since version 4; null where one account closed it alone.',
        type: ['object', 'null'],
        required: ['proposalId', 'account', 'name'],
        properties: {
          proposalId: { type: 'string' },
          account: { type: 'string' },
          name: { type: 'string' },
        },
      },
    },
  },
  BookDiscarded: {
    type: 'object',
    required: ['bookId', 'reason'],
    properties: { bookId: { type: 'string' }, reason: { type: 'string' } },
  },
  BookEdited: {
    type: 'object',
    required: ['bookId', 'changes', 'reason'],
    properties: {
      bookId: { type: 'string' },
      changes: {
        type: 'object',
        properties: {
          name: {
            description: 'Full name, `01/2024-SCTĐT/BS`.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          firstNumber: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
          openedOn: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          closesOn: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          form: {
            description:
              'The form of register the book is kept on; follows from `openedOn`. Since version 2 of BookOpened.',
            type: 'object',
            required: ['from', 'to'],
            properties: {
              from: { type: 'string', enum: ['280/2025/NĐ-CP', '23/2015/NĐ-CP'] },
              to: { type: 'string', enum: ['280/2025/NĐ-CP', '23/2015/NĐ-CP'] },
            },
          },
        },
      },
      reason: { type: 'string' },
    },
  },
  BookOpened: {
    type: 'object',
    required: ['name', 'firstNumber', 'openedOn', 'closesOn', 'form', 'bookId', 'reason'],
    properties: {
      name: { description: 'Full name, `01/2024-SCTĐT/BS`.', type: 'string' },
      firstNumber: { type: 'integer' },
      openedOn: { type: 'string' },
      closesOn: { type: 'string' },
      form: {
        description:
          'The form of register the book is kept on; follows from `openedOn`. Since version 2 of BookOpened.',
        type: 'string',
        enum: ['280/2025/NĐ-CP', '23/2015/NĐ-CP'],
      },
      bookId: { type: 'string' },
      reason: { type: 'string' },
    },
  },
  CertificationRevoked: {
    type: 'object',
    required: ['bookId', 'number', 'decisionNumber', 'decisionDate', 'decisionIssuer', 'reason'],
    properties: {
      bookId: { type: 'string' },
      number: { type: 'integer' },
      decisionNumber: { type: 'string' },
      decisionDate: { type: 'string' },
      decisionIssuer: {
        description: 'Whose decision it is. Since version 2; null where it was not recorded.',
        type: ['string', 'null'],
      },
      reason: { type: 'string' },
    },
  },
  ClosingProposed: {
    type: 'object',
    required: [
      'proposalId',
      'bookId',
      'proposer',
      'confirmedByFullName',
      'confirmedByTitle',
      'confirmedByAuthority',
      'seal',
    ],
    properties: {
      proposalId: { type: 'string' },
      bookId: { type: 'string' },
      proposer: {
        type: 'object',
        required: ['account', 'name'],
        properties: { account: { type: 'string' }, name: { type: 'string' } },
      },
      confirmedByFullName: { type: 'string' },
      confirmedByTitle: { type: 'string' },
      confirmedByAuthority: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
      seal: {
        description: 'To be closed with. Since version 2; null where none was named, or recorded.',
        type: ['object', 'null'],
        required: ['agency', 'id', 'version', 'sha256'],
        properties: {
          agency: { type: 'string' },
          id: { type: 'string' },
          version: { type: 'integer' },
          sha256: { type: 'string' },
        },
      },
    },
  },
  CopySigned: {
    type: 'object',
    required: ['bookId', 'number', 'stampedSha256', 'sha256', 'bytes', 'signers'],
    properties: {
      bookId: { type: 'string' },
      number: { type: 'integer' },
      stampedSha256: { description: 'Of the stamped file it begins with.', type: 'string' },
      sha256: { type: 'string' },
      bytes: { type: 'integer' },
      signers: {
        description:
          'Names in the certificates of its signatures, in their order; whose they are was not looked into.',
        type: 'array',
        items: { type: 'string' },
      },
    },
  },
  CopyStamped: {
    type: 'object',
    required: [
      'bookId',
      'number',
      'numberText',
      'bookName',
      'certifiedOn',
      'certifierFullName',
      'certifierTitle',
      'authority',
      'sourceSha256',
      'place',
      'layout',
      'sha256',
      'bytes',
      'pages',
    ],
    properties: {
      bookId: { type: 'string' },
      number: { type: 'integer' },
      numberText: { type: 'string' },
      bookName: { type: 'string' },
      certifiedOn: { type: 'string' },
      certifierFullName: { type: 'string' },
      certifierTitle: { type: 'string' },
      authority: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
      sourceSha256: { description: 'Of the scan, as it was sent.', type: 'string' },
      place: { type: 'string', enum: ['bottom-right', 'bottom-left', 'top-right', 'top-left'] },
      layout: {
        description:
          'Which drawing of the stamp it is: the same scan, facts and layout make the same bytes.',
        type: 'integer',
      },
      sha256: { type: 'string' },
      bytes: { type: 'integer' },
      pages: { type: 'integer' },
    },
  },
  CorrectionProposed: {
    type: 'object',
    required: ['proposalId', 'bookId', 'number', 'proposer', 'changes', 'reason'],
    properties: {
      proposalId: { type: 'string' },
      bookId: { type: 'string' },
      number: { type: 'integer' },
      proposer: {
        type: 'object',
        required: ['account', 'name'],
        properties: { account: { type: 'string' }, name: { type: 'string' } },
      },
      changes: {
        description: 'The values its proposer saw, and those asked for.',
        type: 'object',
        properties: {
          certifiedOn: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          requester: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          documentTitle: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          certifierFullName: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          certifierTitle: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          authority: {
            type: 'object',
            required: ['from', 'to'],
            properties: {
              from: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
              to: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
            },
          },
          copies: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
          fee: {
            description: "Đồng: the officer's own figure, which is what was taken.",
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
          pages: {
            description:
              'Of the original; null where nobody said. Since version 2 of EntryNumberAssigned.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['integer', 'null'] }, to: { type: ['integer', 'null'] } },
          },
          proposedFee: {
            description:
              'Đồng, by the tariff of the day; null where it has none for what is known. Since version 2.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['integer', 'null'] }, to: { type: ['integer', 'null'] } },
          },
          note: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
        },
      },
      reason: { type: 'string' },
    },
  },
  DossierExtended: {
    type: 'object',
    required: ['agency', 'dossier', 'dueBefore', 'dueAt', 'reason', 'agreedInWriting'],
    properties: {
      agency: { type: 'string' },
      dossier: { description: 'Mã hồ sơ.', type: 'string' },
      dueBefore: { type: 'string' },
      dueAt: { type: 'string' },
      reason: { type: 'string' },
      agreedInWriting: {
        description: 'Whether the requester has agreed to it in writing.',
        type: 'boolean',
      },
    },
  },
  DossierReceived: {
    type: 'object',
    required: [
      'agency',
      'dossier',
      'receivedAt',
      'dueAt',
      'calendarKnown',
      'documents',
      'requester',
    ],
    properties: {
      agency: { type: 'string' },
      dossier: { description: 'Mã hồ sơ.', type: 'string' },
      receivedAt: { type: 'string' },
      dueAt: {
        description: 'By the calendar of that moment: a later one changes nothing of it.',
        type: 'string',
      },
      calendarKnown: {
        description: 'False where a year it was reckoned by was not announced yet.',
        type: 'boolean',
      },
      documents: {
        description: 'How many originals: each is to have a number of its own.',
        type: 'integer',
      },
      requester: { type: ['string', 'null'] },
    },
  },
  DossierReturned: {
    type: 'object',
    required: ['agency', 'dossier', 'reason'],
    properties: {
      agency: { type: 'string' },
      dossier: { description: 'Mã hồ sơ.', type: 'string' },
      reason: { type: 'string' },
    },
  },
  EntryCorrected: {
    type: 'object',
    required: ['bookId', 'number', 'changes', 'reason', 'mandate', 'proposed'],
    properties: {
      bookId: { type: 'string' },
      number: { type: 'integer' },
      changes: {
        type: 'object',
        properties: {
          certifiedOn: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          requester: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          documentTitle: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          certifierFullName: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          certifierTitle: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          authority: {
            type: 'object',
            required: ['from', 'to'],
            properties: {
              from: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
              to: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
            },
          },
          copies: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
          fee: {
            description: "Đồng: the officer's own figure, which is what was taken.",
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'integer' }, to: { type: 'integer' } },
          },
          pages: {
            description:
              'Of the original; null where nobody said. Since version 2 of EntryNumberAssigned.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['integer', 'null'] }, to: { type: ['integer', 'null'] } },
          },
          proposedFee: {
            description:
              'Đồng, by the tariff of the day; null where it has none for what is known. Since version 2.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: ['integer', 'null'] }, to: { type: ['integer', 'null'] } },
          },
          note: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
        },
      },
      reason: { type: 'string' },
      mandate: {
        description:
          'What the certification stands on as corrected. Since version 3; null where nothing was needed.',
        type: ['object', 'null'],
        required: ['id', 'mandateNumber', 'revision'],
        properties: {
          id: { type: 'string' },
          mandateNumber: { description: 'As people cite it.', type: 'string' },
          revision: { type: 'integer' },
        },
      },
      proposed: {
        description:
          'Whose proposal this confirms. Since version 2; null where one account corrected it alone.',
        type: ['object', 'null'],
        required: ['proposalId', 'account', 'name'],
        properties: {
          proposalId: { type: 'string' },
          account: { type: 'string' },
          name: { type: 'string' },
        },
      },
    },
  },
  EntryNumberAssigned: {
    type: 'object',
    required: [
      'certifiedOn',
      'requester',
      'documentTitle',
      'certifierFullName',
      'certifierTitle',
      'authority',
      'copies',
      'fee',
      'pages',
      'proposedFee',
      'note',
      'bookId',
      'bookName',
      'number',
      'numberText',
      'numberFormat',
      'dossier',
      'document',
      'signature',
      'seal',
      'verificationCode',
      'mandate',
    ],
    properties: {
      certifiedOn: { type: 'string' },
      requester: { type: 'string' },
      documentTitle: { type: 'string' },
      certifierFullName: { type: 'string' },
      certifierTitle: { type: 'string' },
      authority: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
      copies: { type: 'integer' },
      fee: {
        description: "Đồng: the officer's own figure, which is what was taken.",
        type: 'integer',
      },
      pages: {
        description:
          'Of the original; null where nobody said. Since version 2 of EntryNumberAssigned.',
        type: ['integer', 'null'],
      },
      proposedFee: {
        description:
          'Đồng, by the tariff of the day; null where it has none for what is known. Since version 2.',
        type: ['integer', 'null'],
      },
      note: { type: 'string' },
      bookId: { type: 'string' },
      bookName: { type: 'string' },
      number: { type: 'integer' },
      numberText: { type: 'string' },
      numberFormat: { type: 'integer' },
      dossier: { type: 'string' },
      document: { type: 'integer' },
      signature: {
        type: ['object', 'null'],
        required: ['account', 'id', 'version', 'sha256'],
        properties: {
          account: { type: 'string' },
          id: { type: 'string' },
          version: { type: 'integer' },
          sha256: { type: 'string' },
        },
      },
      seal: {
        type: ['object', 'null'],
        required: ['id', 'version', 'sha256'],
        properties: {
          id: { type: 'string' },
          version: { type: 'integer' },
          sha256: { type: 'string' },
        },
      },
      verificationCode: {
        description:
          'What a copy is verified by (`verification-code.ts`). Since version 3; null of earlier numbers.',
        type: ['string', 'null'],
      },
      mandate: {
        description:
          "What who signed in the chairman's place stood on. Since version 4; null where nothing was needed.",
        type: ['object', 'null'],
        required: ['id', 'mandateNumber', 'revision'],
        properties: {
          id: { type: 'string' },
          mandateNumber: { description: 'As people cite it.', type: 'string' },
          revision: { type: 'integer' },
        },
      },
    },
  },
  EntryNumberVoided: {
    type: 'object',
    required: ['bookId', 'number', 'copies', 'fee', 'reason'],
    properties: {
      bookId: { type: 'string' },
      number: { type: 'integer' },
      copies: { description: "What the book's totals lose.", type: 'integer' },
      fee: { type: 'integer' },
      reason: { type: 'string' },
    },
  },
  ImageKept: {
    type: 'object',
    required: ['sha256', 'bytes'],
    properties: { sha256: { type: 'string' }, bytes: { type: 'integer' } },
  },
  MandateEnded: {
    type: 'object',
    required: ['id', 'endedOn', 'reason'],
    properties: { id: { type: 'string' }, endedOn: { type: 'string' }, reason: { type: 'string' } },
  },
  MandateRecorded: {
    type: 'object',
    required: [
      'mandateKind',
      'holderFullName',
      'holderTitle',
      'holderAccount',
      'mandateIssuer',
      'mandateNumber',
      'issuedOn',
      'scope',
      'validFrom',
      'validTo',
      'id',
    ],
    properties: {
      mandateKind: { type: 'string', enum: ['delegation', 'assignment'] },
      holderFullName: { type: 'string' },
      holderTitle: { type: 'string' },
      holderAccount: {
        description:
          "The holder's account, where it is known: a signature of another account is then not the holder's.",
        type: ['string', 'null'],
      },
      mandateIssuer: { type: 'string' },
      mandateNumber: { type: 'string' },
      issuedOn: { type: 'string' },
      scope: {
        description: 'Codes of the register types it covers; null: every type there is.',
        type: ['array', 'null'],
        items: { type: 'string' },
      },
      validFrom: { type: 'string' },
      validTo: { description: 'The last day; null: until it is ended.', type: ['string', 'null'] },
      id: { type: 'string' },
    },
  },
  NumberingPaused: {
    type: 'object',
    required: ['reason', 'lastNumber', 'knownLast'],
    properties: {
      reason: { type: 'string' },
      lastNumber: { description: 'The last number the log knows.', type: ['integer', 'null'] },
      knownLast: {
        description:
          'The last number something else knows of: a read model, a newer copy of the log.',
        type: ['integer', 'null'],
      },
    },
  },
  NumberingResumed: {
    type: 'object',
    required: ['lastGiven', 'reason'],
    properties: {
      lastGiven: {
        description: 'The last number given, as the operator confirmed it; 0 when none was.',
        type: 'integer',
      },
      reason: { type: 'string' },
    },
  },
  NumbersLost: {
    type: 'object',
    required: ['bookId', 'bookName', 'from', 'to', 'reason'],
    properties: {
      bookId: {
        description: 'The open book they belong to; null where that is lost too.',
        type: ['string', 'null'],
      },
      bookName: { type: ['string', 'null'] },
      from: { type: 'integer' },
      to: { type: 'integer' },
      reason: { type: 'string' },
    },
  },
  ProposalLapsed: {
    type: 'object',
    required: ['number', 'proposalId', 'bookId'],
    properties: {
      number: {
        description: 'Of the entry it would have corrected; null of a closing.',
        type: ['integer', 'null'],
      },
      proposalId: { type: 'string' },
      bookId: { type: 'string' },
    },
  },
  ProposalRefused: {
    type: 'object',
    required: ['proposalId', 'bookId', 'number', 'reason'],
    properties: {
      proposalId: { type: 'string' },
      bookId: { type: 'string' },
      number: {
        description: 'Of the entry it would have corrected; null of a closing.',
        type: ['integer', 'null'],
      },
      reason: { type: 'string' },
    },
  },
  ProposalWithdrawn: {
    type: 'object',
    required: ['proposalId', 'bookId', 'number', 'reason'],
    properties: {
      proposalId: { type: 'string' },
      bookId: { type: 'string' },
      number: {
        description: 'Of the entry it would have corrected; null of a closing.',
        type: ['integer', 'null'],
      },
      reason: { type: 'string' },
    },
  },
  RegisterExported: {
    type: 'object',
    required: [
      'exportId',
      'registerType',
      'year',
      'scope',
      'exportedBook',
      'month',
      'format',
      'registerRevision',
      'agencyName',
      'checkpoint',
      'since',
      'sha256',
      'bytes',
      'rows',
      'pages',
    ],
    properties: {
      exportId: { type: 'string' },
      registerType: { description: "Code of the register's type.", type: 'string' },
      year: { type: 'integer' },
      scope: { type: 'string', enum: ['year', 'book', 'month'] },
      exportedBook: { description: 'Of a print of one book.', type: ['string', 'null'] },
      month: { description: 'Of a print of one month, `2024-05`.', type: ['string', 'null'] },
      format: { type: 'string', enum: ['pdf', 'xlsx', 'csv'] },
      registerRevision: {
        description: 'Of the register: what came later is not in it.',
        type: 'integer',
      },
      agencyName: { description: 'As it was printed.', type: 'string' },
      checkpoint: {
        description: 'The sealed log as it was printed.',
        type: ['object', 'null'],
        required: ['origin', 'size', 'root'],
        properties: {
          origin: { type: 'string' },
          size: { type: 'integer' },
          root: { type: 'string' },
        },
      },
      since: {
        description: 'Behind which revision changes are listed, and what stood there.',
        type: ['object', 'null'],
        required: ['revision', 'text'],
        properties: { revision: { type: 'integer' }, text: { type: 'string' } },
      },
      sha256: { description: 'Of the file.', type: 'string' },
      bytes: { type: 'integer' },
      rows: { type: 'integer' },
      pages: { description: 'Of a PDF.', type: ['integer', 'null'] },
    },
  },
  RevocationPublished: {
    type: 'object',
    required: ['publishedAt', 'publishedOn', 'bookId', 'number'],
    properties: {
      publishedAt: { type: 'string' },
      publishedOn: { type: 'string' },
      bookId: { type: 'string' },
      number: { type: 'integer' },
    },
  },
  SealEdited: {
    type: 'object',
    required: ['id', 'changes', 'image', 'version', 'reason'],
    properties: {
      id: { type: 'string' },
      changes: {
        type: 'object',
        properties: {
          name: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          isDefault: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'boolean' }, to: { type: 'boolean' } },
          },
        },
      },
      image: {
        description: 'A new picture is a new version.',
        type: ['object', 'null'],
        required: ['sha256', 'mediaType', 'width', 'height', 'bytes', 'warnings'],
        properties: {
          sha256: { type: 'string' },
          mediaType: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
          bytes: { type: 'integer' },
          warnings: {
            description: 'Codes of the recommendations it did not meet.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
      version: { description: 'The version in use after this.', type: 'integer' },
      reason: { type: 'string' },
    },
  },
  SealRegistered: {
    type: 'object',
    required: ['id', 'version', 'fields', 'image'],
    properties: {
      id: { type: 'string' },
      version: { type: 'integer' },
      fields: {
        type: 'object',
        required: ['name', 'isDefault'],
        properties: { name: { type: 'string' }, isDefault: { type: 'boolean' } },
      },
      image: {
        type: 'object',
        required: ['sha256', 'mediaType', 'width', 'height', 'bytes', 'warnings'],
        properties: {
          sha256: { type: 'string' },
          mediaType: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
          bytes: { type: 'integer' },
          warnings: {
            description: 'Codes of the recommendations it did not meet.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
    },
  },
  SealRevoked: {
    type: 'object',
    required: ['id', 'reason'],
    properties: { id: { type: 'string' }, reason: { type: 'string' } },
  },
  SignatureEdited: {
    type: 'object',
    required: ['id', 'changes', 'image', 'version', 'reason'],
    properties: {
      id: { type: 'string' },
      changes: {
        type: 'object',
        properties: {
          signerFullName: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          signerTitle: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          authority: {
            type: 'object',
            required: ['from', 'to'],
            properties: {
              from: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
              to: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
            },
          },
          name: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          isDefault: {
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'boolean' }, to: { type: 'boolean' } },
          },
        },
      },
      image: {
        description: 'A new picture is a new version.',
        type: ['object', 'null'],
        required: ['sha256', 'mediaType', 'width', 'height', 'bytes', 'warnings'],
        properties: {
          sha256: { type: 'string' },
          mediaType: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
          bytes: { type: 'integer' },
          warnings: {
            description: 'Codes of the recommendations it did not meet.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
      version: { description: 'The version in use after this.', type: 'integer' },
      reason: { type: 'string' },
    },
  },
  SignatureRegistered: {
    type: 'object',
    required: ['id', 'version', 'fields', 'image'],
    properties: {
      id: { type: 'string' },
      version: { type: 'integer' },
      fields: {
        type: 'object',
        required: ['signerFullName', 'signerTitle', 'authority', 'name', 'isDefault'],
        properties: {
          signerFullName: { type: 'string' },
          signerTitle: { type: 'string' },
          authority: { type: ['string', 'null'], enum: ['TM.', 'KT.', 'TL.', 'TUQ.', null] },
          name: { type: 'string' },
          isDefault: { type: 'boolean' },
        },
      },
      image: {
        type: 'object',
        required: ['sha256', 'mediaType', 'width', 'height', 'bytes', 'warnings'],
        properties: {
          sha256: { type: 'string' },
          mediaType: { type: 'string' },
          width: { type: 'integer' },
          height: { type: 'integer' },
          bytes: { type: 'integer' },
          warnings: {
            description: 'Codes of the recommendations it did not meet.',
            type: 'array',
            items: { type: 'string' },
          },
        },
      },
    },
  },
  SignatureRevoked: {
    type: 'object',
    required: ['id', 'reason'],
    properties: { id: { type: 'string' }, reason: { type: 'string' } },
  },
  SuccessionAccepted: {
    type: 'object',
    required: ['code', 'predecessor', 'reason'],
    properties: {
      code: { type: 'string' },
      predecessor: { type: 'string' },
      reason: { type: 'string' },
    },
  },
  WebhookEdited: {
    type: 'object',
    required: ['id', 'changes', 'reason'],
    properties: {
      id: { type: 'string' },
      changes: {
        type: 'object',
        properties: {
          name: {
            description: 'Whom the events go to, for people.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          url: {
            description:
              'Where they are sent. No secret: it stands in the log, for whoever reads it.',
            type: 'object',
            required: ['from', 'to'],
            properties: { from: { type: 'string' }, to: { type: 'string' } },
          },
          types: {
            description: 'Types of the events that are sent, in order; none: all.',
            type: 'object',
            required: ['from', 'to'],
            properties: {
              from: { type: 'array', items: { type: 'string' } },
              to: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
      reason: { type: 'string' },
    },
  },
  WebhookEnded: {
    type: 'object',
    required: ['id', 'reason'],
    properties: { id: { type: 'string' }, reason: { type: 'string' } },
  },
  WebhookPaused: {
    type: 'object',
    required: ['id', 'reason'],
    properties: { id: { type: 'string' }, reason: { type: 'string' } },
  },
  WebhookResumed: {
    type: 'object',
    required: ['id', 'reason'],
    properties: { id: { type: 'string' }, reason: { type: 'string' } },
  },
  WebhookSecretRotated: {
    type: 'object',
    required: ['id', 'secret', 'previousUntil', 'reason'],
    properties: {
      id: { type: 'string' },
      secret: {
        type: 'object',
        required: ['generation', 'keyId'],
        properties: {
          generation: { description: '1, 2, 3 … of one subscription.', type: 'integer' },
          keyId: { type: 'string' },
        },
      },
      previousUntil: {
        description: 'Until when the one before signs beside it, ISO 8601 UTC.',
        type: 'string',
      },
      reason: { type: 'string' },
    },
  },
  WebhookSubscribed: {
    type: 'object',
    required: ['name', 'url', 'types', 'id', 'agency', 'after', 'secret'],
    properties: {
      name: { description: 'Whom the events go to, for people.', type: 'string' },
      url: {
        description: 'Where they are sent. No secret: it stands in the log, for whoever reads it.',
        type: 'string',
      },
      types: {
        description: 'Types of the events that are sent, in order; none: all.',
        type: 'array',
        items: { type: 'string' },
      },
      id: { type: 'string' },
      agency: { description: 'Whose events; `*`: of every agency.', type: 'string' },
      after: {
        description: 'Behind which place of the log; null: from its beginning.',
        type: ['string', 'null'],
      },
      secret: {
        type: 'object',
        required: ['generation', 'keyId'],
        properties: {
          generation: { description: '1, 2, 3 … of one subscription.', type: 'integer' },
          keyId: { type: 'string' },
        },
      },
    },
  },
};
