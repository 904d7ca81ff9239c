import type { ImageStore } from '#image-store';
import type { AgencyGate } from './agency-gate.ts';
import type { Request } from './batch.ts';
import type { Runners } from './runners.ts';

/** What commands are run with. */
export interface Tools {
  readonly runners: Runners;
  readonly gate: AgencyGate;
  readonly images: ImageStore;
}

/** Who asks, under which ids, with what else and on which revision: what goes with every command. */
export type Asked = Pick<Request<never>, 'context' | 'alongside' | 'ifRevision'>;
