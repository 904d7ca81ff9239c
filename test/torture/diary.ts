import type { Asked } from '../histories/numbering.ts';

/** What callers were told, who know nothing of the service but its answers. */
export interface Diary {
  /** Requests for numbers, by the register they were asked of. */
  readonly asked: Map<string, Asked[]>;
  /** Entries as they were last acknowledged, by `{book}/entries/{number}`. */
  readonly entries: Map<string, Acknowledged>;
  /** Documents of a dossier, as its receiving was acknowledged, by `{agency}/dossiers/{code}`; undefined: none was, yet. */
  readonly dossiers: Map<string, number | undefined>;
  readonly pictures: Picture[];
  /** Answers that no caller should ever get. */
  readonly faults: string[];
  /** Commands that were acknowledged, and requests that had to be sent again. */
  acknowledged: number;
  repeated: number;
}

export interface Acknowledged {
  readonly requester: string;
  readonly state: 'assigned' | 'corrected' | 'voided';
}

export interface Picture {
  /** Where its bytes are, and for whom. */
  readonly path: string;
  readonly token: string;
  /** Hash of what is seen in it: a picture is served without its metadata. */
  readonly seen: string;
}

export const emptyDiary = (): Diary => ({
  asked: new Map(),
  entries: new Map(),
  dossiers: new Map(),
  pictures: [],
  faults: [],
  acknowledged: 0,
  repeated: 0,
});
