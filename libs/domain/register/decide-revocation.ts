import { requireDate, requireText } from '../checks.ts';
import { refuse } from '../refusal.ts';
import type { RevokeCertification } from './commands.ts';
import { requireEntry, requireStanding } from './decide-correction.ts';
import type { Entry } from './entry.ts';
import type { EntryEvent, ProposalLapsed, Publication } from './events.ts';
import { lapseOf } from './proposal.ts';
import type { RegisterState } from './register.ts';

/** Where and when the decision was made public; undefined where neither is said. */
function publicationIn(command: RevokeCertification): Publication | undefined {
  const { publishedAt, publishedOn, decisionDate, today } = command;
  if (publishedAt === undefined && publishedOn === undefined) return undefined;
  const where = requireText('publishedAt', publishedAt ?? '');
  const on = requireDate('publishedOn', publishedOn ?? '');
  if (on > today) refuse('DATE_IN_FUTURE', { field: 'publishedOn' });
  if (on < decisionDate) refuse('PUBLISHED_BEFORE_DECISION', { decisionDate });
  return { publishedAt: where, publishedOn: on };
}

type Revoked = Extract<Entry, { state: 'revoked' }>;

/** What the same decision, said again, adds: where it was made public, if nobody said so before. */
function added(entry: Revoked, command: RevokeCertification): readonly EntryEvent[] {
  const isSame =
    entry.decisionNumber === requireText('decisionNumber', command.decisionNumber) &&
    entry.decisionDate === command.decisionDate;
  const publication = isSame ? publicationIn(command) : undefined;
  const { bookId, number, publishedAt, publishedOn } = entry;
  const isKnown =
    publication === undefined ||
    (publication.publishedAt === publishedAt && publication.publishedOn === publishedOn);
  if (isSame && isKnown) return [];
  if (!publication || publishedOn !== undefined)
    return refuse('ENTRY_REVOKED', { numberText: entry.numberText });
  return [{ type: 'RevocationPublished', data: { bookId, number, ...publication } }];
}

/** TT 01/2020 Điều 7. Allowed in a closed book: a wrong copy may be found years later. */
export function revokeCertification(
  state: RegisterState,
  command: RevokeCertification,
): readonly (EntryEvent | ProposalLapsed)[] {
  const [, entry] = requireEntry(state, command.bookId, command.number);
  const decisionNumber = requireText('decisionNumber', command.decisionNumber);
  const decisionDate = requireDate('decisionDate', command.decisionDate);
  if (entry.state === 'revoked') return added(entry, command);
  requireStanding(entry);
  if (decisionDate > command.today) refuse('DATE_IN_FUTURE', { field: 'decisionDate' });
  if (decisionDate < entry.certifiedOn) {
    refuse('DECISION_BEFORE_ENTRY', { certifiedOn: entry.certifiedOn });
  }
  const issuer = command.decisionIssuer;
  const decisionIssuer = issuer === undefined ? null : requireText('decisionIssuer', issuer);
  const publication = publicationIn(command);
  const reason = requireText('reason', command.reason);
  const { bookId, number } = entry;
  const data = { bookId, number, decisionNumber, decisionDate, decisionIssuer, reason };
  return [
    ...lapseOf(entry.proposal, { bookId, number }),
    { type: 'CertificationRevoked', data },
    ...(publication
      ? [{ type: 'RevocationPublished' as const, data: { bookId, number, ...publication } }]
      : []),
  ];
}
