import { evolveSpecimens, type SpecimenChange, type Specimens } from '../specimen/specimen.ts';
import type { SealEvent, SealFields } from './events.ts';

/** All seal images of one agency. */
export type SealState = Specimens<SealFields>;

export const noSeals = (): SealState => [];

/** Seals belong to the agency. */
export const sealStream = (agency: string): string => `seal-${agency}`;

function changeOf(event: SealEvent): SpecimenChange<SealFields> {
  switch (event.type) {
    case 'SealRegistered':
      return { kind: 'registered', ...event.data };
    case 'SealEdited':
      return { kind: 'edited', ...event.data };
    case 'SealRevoked':
      return { kind: 'revoked', ...event.data };
    default:
      return event satisfies never;
  }
}

export const evolveSeals = (state: SealState, event: SealEvent): SealState =>
  evolveSpecimens(state, changeOf(event));
