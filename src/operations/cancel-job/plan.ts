import type { PartBase } from '../part.ts';

/** Asking Azure to cancel one running job. */
export type CancelPart = PartBase & {
  readonly does: 'cancel-job';
  readonly vm: { readonly id: string; readonly name: string };
  readonly vaultId: string;
  readonly vaultName: string;
  readonly jobId: string;
};
