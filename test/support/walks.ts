import type { RefusalCode } from '#domain';
import type { ImageProblemCode } from '#image-store';

/**
 * Every refusal tells a remedy, and doing what it says lets the command through. Each code is walked
 * in one of three tables: what a register or a webhook refuses where it is decided, everything else
 * over HTTP. A new code does not compile until it is in one of them.
 */
export type WalkedOverHttp =
  | Extract<
      RefusalCode,
      `AGENCY_${string}` | `SUCCESSOR_${string}` | `SIGNATURE_${string}` | `SEAL_${string}`
    >
  | OfPictures
  | OfMandates
  | OfDossiers
  // Told by what an agency says of its people.
  | 'PROPOSAL_NEEDED'
  | 'PROPOSALS_OFF'
  | ImageProblemCode;
/** Codes of signatures and seals alike. */
export type OfPictures = 'IMAGES_EXHAUSTED' | 'SPECIMENS_EXHAUSTED' | 'VERSIONS_EXHAUSTED';
/** What a number stands on is seen where it is given. */
type OfMandates = Exclude<Extract<RefusalCode, `MANDATE${string}`>, 'MANDATE_MISSING'>;
/** Codes of dossiers, which have streams of their own. */
type OfDossiers =
  Extract<RefusalCode, `DOSSIER_${string}` | `APPOINTMENT_${string}`> | 'TIME_FORMAT';
export type WalkedInWebhook = Extract<RefusalCode, `WEBHOOK_${string}`>;
/** `VALIDATION` is several of the others. */
export type WalkedInRegister = Exclude<
  RefusalCode,
  WalkedOverHttp | WalkedInWebhook | 'VALIDATION'
>;
