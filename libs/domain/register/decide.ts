import type { RegisterCommand } from './commands.ts';
import { decideBook } from './decide-book.ts';
import { decideCopy } from './decide-copy.ts';
import { decideEntry } from './decide-entry.ts';
import { decideProposal } from './decide-proposal.ts';
import { decideNumbering } from './decide-numbering.ts';
import type { RegisterEvent } from './events.ts';
import type { RegisterState } from './register.ts';

/** What a command leads to: events; none where it was carried out before. @throws Refusal */
export function decideRegister(
  state: RegisterState,
  command: RegisterCommand,
): readonly RegisterEvent[] {
  switch (command.type) {
    case 'OpenBook':
    case 'EditBook':
    case 'DiscardBook':
    case 'CloseBook':
      return decideBook(state, command);
    case 'AssignEntryNumber':
    case 'CorrectEntry':
    case 'VoidEntryNumber':
    case 'RevokeCertification':
      return decideEntry(state, command);
    case 'StampCopy':
    case 'SignCopy':
      return decideCopy(state, command);
    case 'PauseNumbering':
    case 'ResumeNumbering':
      return decideNumbering(state, command);
    case 'ProposeClosing':
    case 'ProposeCorrection':
    case 'ConfirmProposal':
    case 'WithdrawProposal':
    case 'RefuseProposal':
      return decideProposal(state, command);
    default:
      return command satisfies never;
  }
}
