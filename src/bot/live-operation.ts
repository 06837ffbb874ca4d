/**
 * An operation as workers and cards use it: read from the store and parsed, since a deploy may have come in between.
 */
import type { Plan } from '../operations/parts/plan.ts';
import type { PartStates } from '../operations/wording/progress.ts';
import { readOperation } from '../operations/stored-operation.ts';
import type { StoredOperation } from '../store/operations.ts';

/** A stored operation whose plan and parts this release can read. */
export type LiveOperation = Omit<StoredOperation, 'plan' | 'parts'> & {
  readonly plan: Plan;
  readonly parts: PartStates;
};

/** Those that this release can read. */
export function readable(stored: readonly StoredOperation[]): LiveOperation[] {
  return stored.flatMap((operation) => readOperation(operation) ?? []);
}
