import { describe, expect, it } from '@jest/globals';
import {
  decideDossier,
  dossierStream,
  evolveDossier,
  noDossier,
  type DossierCommand,
  type DossierEvent,
} from '#domain';
import {
  AGENCY_DOSSIER,
  extendDossier,
  receiveDossier,
  returnDossier,
} from '../../../../test/support/dossier-samples.ts';
import { DossiersCheck } from './check-dossiers.ts';

const stream = dossierStream(AGENCY_DOSSIER);

const played = (...commands: readonly DossierCommand[]): readonly DossierEvent[] =>
  commands.reduce<readonly DossierEvent[]>(
    (events, command) => [
      ...events,
      ...decideDossier(events.reduce(evolveDossier, noDossier()), command),
    ],
    [],
  );

/** Types of the events at which something is found. */
function foundIn(events: readonly DossierEvent[]): readonly unknown[] {
  const found: unknown[] = [];
  const check = new DossiersCheck();
  for (const event of events)
    check.see(stream, event, (code, details) => found.push([code, details?.['type']]));
  return found;
}

const [received, extended, returned] = played(
  receiveDossier(),
  extendDossier(),
  returnDossier(),
) as [DossierEvent, DossierEvent, DossierEvent];

describe('what a log says of a dossier', () => {
  it('is sound where commands have led to it', () => {
    expect(foundIn([received, extended, returned])).toEqual([]);
  });

  it.each<[string, readonly DossierEvent[], string]>([
    ['received twice', [received, received], 'DossierReceived'],
    ['promised before it was received', [extended], 'DossierExtended'],
    ['promised after it was given back', [received, returned, extended], 'DossierExtended'],
    ['given back twice', [received, returned, returned], 'DossierReturned'],
    [
      'promised from another time than it was due at',
      [received, extended, extended],
      'DossierExtended',
    ],
  ])('is not where it was %s', (_what, events, type) => {
    expect(foundIn(events)).toEqual([['DOSSIER_CHANGE', type]]);
  });
});
