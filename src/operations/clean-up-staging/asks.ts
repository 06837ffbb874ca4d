import type { Ask } from '../../people/rights.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { CleanUpPart } from './plan.ts';

/** The right to delete what a restore left: on the VM that was backed up, and its staging account. */
export function cleanUpAsks(part: CleanUpPart): readonly Ask[] {
  const dataActions = ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete'];
  const azure = [{ scope: part.staging.id, actions: [], dataActions }];
  return asksOnVm('clean-up-staging', part, azure).map((ask) => ({
    ...ask,
    also: [...(ask.also ?? []), placeOf(part.staging.id)],
  }));
}
