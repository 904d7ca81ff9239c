import type { Changes } from '../changes.ts';
import type { agencyLevelLabels } from '../labels.ts';
import type { AgencyCodes } from './codes.ts';

/** Cấp: since 01/07/2025 there are no districts any more, but their registers are kept for ever. */
export type AgencyLevel = keyof typeof agencyLevelLabels;

export type AgencyRegistered = {
  readonly type: 'AgencyRegistered';
  /** What others call it: since version 2. */
  readonly data: AgencyCodes & {
    readonly code: string;
    readonly name: string;
    readonly level: AgencyLevel;
  };
};
export type AgencyCodesChanged = {
  readonly type: 'AgencyCodesChanged';
  readonly data: {
    readonly code: string;
    readonly changes: Changes<AgencyCodes>;
    readonly reason: string;
  };
};
export type AgencyRenamed = {
  readonly type: 'AgencyRenamed';
  readonly data: {
    readonly code: string;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  };
};
export type AgencyLevelChanged = {
  readonly type: 'AgencyLevelChanged';
  readonly data: {
    readonly code: string;
    readonly from: AgencyLevel;
    readonly to: AgencyLevel;
    readonly reason: string;
  };
};
/** Whether a closing and a correction take two accounts: one that asks, another that confirms. */
export type AgencyFourEyesChanged = {
  readonly type: 'AgencyFourEyesChanged';
  readonly data: {
    readonly code: string;
    readonly from: boolean;
    readonly to: boolean;
    readonly reason: string;
  };
};
/** Stands in the stream of the agency that ends. From here on its registers are its successor's to look after. */
export type AgencyRetired = {
  readonly type: 'AgencyRetired';
  readonly data: {
    readonly code: string;
    readonly successor: string | null;
    readonly retiredOn: string;
    readonly reason: string;
  };
};
/**
 * Stands in the successor's stream, before the retirement: it could take over at that moment. What
 * it may do with the other's registers begins with the other's `AgencyRetired`.
 */
export type SuccessionAccepted = {
  readonly type: 'SuccessionAccepted';
  readonly data: { readonly code: string; readonly predecessor: string; readonly reason: string };
};

export type AgencyEvent =
  | AgencyRegistered
  | AgencyCodesChanged
  | AgencyRenamed
  | AgencyLevelChanged
  | AgencyFourEyesChanged
  | AgencyRetired
  | SuccessionAccepted;
