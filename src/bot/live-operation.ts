/**
 * An operation as the workers and cards use it: read from the store and parsed, since there may have been a deploy in
 * between.
 */
import type { Plan } from '../operations/plan.ts';
import type { PartStates } from '../operations/cards/progress.ts';
import { readOperation } from '../operations/stored-operation.ts';
import type { StoredOperation } from '../store/operations.ts';

/** A stored operation whose plan and parts this release can read. */
export type LiveOperation = Omit<StoredOperation, 'plan' | 'parts'> & {
  readonly plan: Plan;
  readonly parts: PartStates;
};

/** Those of them that this release can read. */
export function readable(stored: readonly StoredOperation[]): LiveOperation[] {
  return stored.flatMap((operation) => readOperation(operation) ?? []);
}
