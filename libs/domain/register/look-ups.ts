import type { RegisterCommand } from './commands.ts';
import type { RegisterEvent } from './events.ts';
import { documentKey, neighboursOf, type RegisterHead } from './register.ts';

/**
 * What of a register is looked up rather than kept at hand: the entries a command is about. Events
 * are found under keys, and a key's events in order are all there is to know of what it names.
 */

/** A key whose events are asked for: all of them, or the last one only. */
export interface Ask {
  readonly key: string;
  readonly lastOnly?: true;
}

const entryKey = (number: number): string => `entry/${number}`;
const keyOfDocument = (dossier: string, document: number): string =>
  `document/${documentKey(dossier, document)}`;

/** Under which keys an event is found later. */
export function keysOfRegisterEvent(event: RegisterEvent): readonly string[] {
  switch (event.type) {
    case 'EntryNumberAssigned': {
      const { number, dossier, document } = event.data;
      return [entryKey(number), keyOfDocument(dossier, document)];
    }
    case 'EntryCorrected':
    case 'EntryNumberVoided':
    case 'CertificationRevoked':
    case 'RevocationPublished':
    case 'CopyStamped':
    case 'CopySigned':
    case 'CorrectionProposed':
      return [entryKey(event.data.number)];
    case 'ProposalWithdrawn':
    case 'ProposalRefused':
    case 'ProposalLapsed':
      return event.data.number === null ? [] : [entryKey(event.data.number)];
    case 'BookOpened':
    case 'BookEdited':
    case 'BookDiscarded':
    case 'BookClosed':
    case 'ClosingProposed':
    case 'NumberingPaused':
    case 'NumbersLost':
    case 'NumberingResumed':
      return [];
    default:
      return event satisfies never;
  }
}

/** Its neighbours' dates bound an entry's own. */
const withNeighbours = (head: Pick<RegisterHead, 'lost'>, number: number): readonly Ask[] =>
  [number, ...neighboursOf(head, number)].map((one) => ({ key: entryKey(one) }));

/** What a command is decided on, beside what is at hand. */
export function asksOfRegisterCommand(
  command: RegisterCommand,
  head: Pick<RegisterHead, 'lost'>,
): readonly Ask[] {
  switch (command.type) {
    case 'AssignEntryNumber':
      return [{ key: keyOfDocument(command.dossier, command.document), lastOnly: true }];
    case 'CorrectEntry':
    case 'ProposeCorrection':
      return withNeighbours(head, command.number);
    case 'ConfirmProposal':
      return command.number === null ? [] : withNeighbours(head, command.number);
    case 'WithdrawProposal':
    case 'RefuseProposal':
      return command.number === null ? [] : [{ key: entryKey(command.number) }];
    case 'VoidEntryNumber':
    case 'RevokeCertification':
    case 'StampCopy':
    case 'SignCopy':
      return [{ key: entryKey(command.number) }];
    case 'OpenBook':
    case 'EditBook':
    case 'DiscardBook':
    case 'CloseBook':
    case 'ProposeClosing':
    case 'PauseNumbering':
    case 'ResumeNumbering':
      return [];
    default:
      return command satisfies never;
  }
}

/** What has to be asked for in turn once the last event of a document is found: all of its entry. */
export const asksOfRegisterEvent = (event: RegisterEvent): readonly Ask[] =>
  event.type === 'EntryNumberAssigned' ? [{ key: entryKey(event.data.number) }] : [];
