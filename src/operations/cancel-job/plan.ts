import type { PartBase, PlannedVm } from '../part.ts';

/** Asking Azure to cancel one running job. `startedBy` is the id of the person who started it here; null: nobody did. */
export type CancelPart = PartBase & {
  readonly does: 'cancel-job';
  readonly vm: PlannedVm;
  readonly vaultId: string;
  readonly vaultName: string;
  readonly jobId: string;
  readonly startedBy: string | null;
};
