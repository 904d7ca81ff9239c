import { nameOf, partsOf } from '../names.ts';
import type { DossierEvent, DossierExtended, DossierKey, DossierReceived } from './events.ts';

export type Appointment = Pick<DossierExtended['data'], 'dueAt' | 'reason' | 'agreedInWriting'>;

/** A dossier from when it was handed in; what became of its documents stands in the registers. */
export type Dossier = DossierReceived['data'] & {
  /** As the law has it; `dueAt` is as last promised. */
  readonly firstDueAt: string;
  readonly appointment: Appointment | null;
} & (
    { readonly state: 'received' } | { readonly state: 'returned'; readonly returnReason: string }
  );

/** Why it cannot be promised for a time. */
export type AppointmentFault = 'past' | 'not-later' | 'too-far' | 'day-off';

/** One dossier; null until it is received. */
export type DossierState = Dossier | null;

export const noDossier = (): DossierState => null;

const PREFIX = 'dossier-';

export const dossierStream = ({ agency, dossier }: DossierKey): string =>
  `${PREFIX}${nameOf(agency, dossier)}`;

/** The inverse of `dossierStream`; undefined where the stream is no dossier's. */
export function dossierOf(stream: string): DossierKey | undefined {
  if (!stream.startsWith(PREFIX)) return undefined;
  const [agency, dossier, ...others] = partsOf(stream.slice(PREFIX.length));
  const isOne = agency !== undefined && dossier !== undefined && others.length === 0;
  return isOne ? { agency, dossier } : undefined;
}

const types: readonly string[] = [
  'DossierReceived',
  'DossierExtended',
  'DossierReturned',
] satisfies DossierEvent['type'][];

export const isDossierEvent = (event: { readonly type: string }): event is DossierEvent =>
  types.includes(event.type);

/** @throws Error when the log changes a dossier that was never received: the log is damaged. */
function known(state: DossierState, { dossier }: DossierKey): Dossier {
  if (!state) throw new Error(`dossier ${dossier} was never received`);
  return state;
}

/** The dossier after an event. Never refuses, validates or reads a clock. */
export function evolveDossier(state: DossierState, event: DossierEvent): DossierState {
  switch (event.type) {
    case 'DossierReceived': {
      const { dueAt: firstDueAt } = event.data;
      return { ...event.data, firstDueAt, appointment: null, state: 'received' };
    }
    case 'DossierExtended': {
      const { dueAt, reason, agreedInWriting } = event.data;
      const appointment = { dueAt, reason, agreedInWriting };
      return { ...known(state, event.data), dueAt, appointment };
    }
    case 'DossierReturned': {
      const { reason: returnReason } = event.data;
      return { ...known(state, event.data), state: 'returned', returnReason };
    }
    default:
      return event satisfies never;
  }
}
