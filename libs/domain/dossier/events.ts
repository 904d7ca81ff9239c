/** Names and fields below are a storage format for ever; `golden/` holds one JSON per event and version. */

/** Whose dossier it is; its stream is named by both. */
export interface DossierKey {
  readonly agency: string;
  /** Mã hồ sơ. */
  readonly dossier: string;
}

export type DossierReceived = {
  readonly type: 'DossierReceived';
  readonly data: DossierKey & {
    readonly receivedAt: string;
    /** By the calendar of that moment: a later one changes nothing of it. */
    readonly dueAt: string;
    /** False where a year it was reckoned by was not announced yet. */
    readonly calendarKnown: boolean;
    /** How many originals: each is to have a number of its own. */
    readonly documents: number;
    readonly requester: string | null;
  };
};
/** An appointment (phiếu hẹn) to give it back later (NĐ 23/2015 Điều 21). */
export type DossierExtended = {
  readonly type: 'DossierExtended';
  readonly data: DossierKey & {
    readonly dueBefore: string;
    readonly dueAt: string;
    readonly reason: string;
    /** Whether the requester has agreed to it in writing. */
    readonly agreedInWriting: boolean;
  };
};
/** Given back without certification. */
export type DossierReturned = {
  readonly type: 'DossierReturned';
  readonly data: DossierKey & { readonly reason: string };
};
export type DossierEvent = DossierReceived | DossierExtended | DossierReturned;
