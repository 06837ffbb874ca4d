/** Continuing a failed restore: what that takes, and the plan that others approve if no approval covers it. */
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { stableUuid } from '../../core/stable-uuid.ts';
import type { PartStates } from '../../operations/wording/progress.ts';
import type { Plan } from '../../operations/parts/plan.ts';
import { hasDeletedFiles, resumedStates } from '../../operations/restore/continue-restore/resume.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { tagsOfVms, withTags } from '../../operations/dialogs/tags-now.ts';
import type { Queries } from '../../store/database.ts';
import { operationById, type StoredOperation } from '../../store/operations.ts';
import type { Deps, Within } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';
import { runnerOf } from '../../operations/list.ts';

/** The operation that continues another one: its predetermined ID, since there is only one, and its first states. */
type Continuation = { readonly id: string; readonly states: PartStates };

/** The ID of the operation that continues another one. */
export function successorOf({ id }: Pick<LiveOperation, 'id'>): string {
  return stableUuid(`${id} goes on`);
}

/** The newest operation that deletes a restore's files (null: none), and the ID of the one that would follow it. */
export async function cleanUpsOf(q: Queries, { id }: Pick<LiveOperation, 'id'>) {
  let last: StoredOperation | null = null;
  let next = stableUuid(`${id} cleans up`);
  for (let one = await operationById(q, next); one; one = await operationById(q, next)) {
    last = one;
    next = stableUuid(`${next} next`);
  }
  return { last, next };
}

/** How a failed restore continues, or why it can't: it needs its files, and it continues once. */
export async function continuationOf(q: Queries, operation: LiveOperation, now: Date): Promise<Continuation | Refusal> {
  const id = successorOf(operation);
  if (await operationById(q, id)) return refuse('outdated-card');
  const { last } = await cleanUpsOf(q, operation);
  const cleaned = last && readOperation(last);
  if (last && (!cleaned || hasDeletedFiles(cleaned))) return refuse('files-deleted');
  const states = operation.status === 'running' ? null : resumedStates(operation, runnerOf, now);
  return states ? { id, states } : refuse('outdated-card');
}

/** The same for a plan that is about to start; null: it continues nothing. */
export async function continuationBy({ deps, unit }: Within, plan: Plan): Promise<Continuation | Refusal | null> {
  if (!plan.continues) return null;
  const stored = await operationById(unit.q, plan.continues.operation, 'toFollow');
  const operation = stored && readOperation(stored);
  return operation ? continuationOf(unit.q, operation, deps.clock.now()) : refuse('outdated-card');
}

/**
 * The plan that continues a failed restore, for approval: the same parts, pinned to that operation and to what is done
 * of it, with the tags that its VM has now; null: nothing can.
 */
export async function planToContinue(deps: Deps, operationId: string): Promise<Plan | null> {
  const { database, clock, azure } = deps;
  const { db } = database;
  const stored = await operationById(db, operationId);
  const operation = stored && readOperation(stored);
  if (!operation || isRefusal(await continuationOf(db, operation, clock.now()))) return null;
  const { plan, parts, createdAt } = operation;
  const done = plan.parts.map(({ id }) => id).filter((id) => parts[id]?.outcome?.ended === 'done');
  const tagged = withTags(plan, await tagsOfVms(azure, plan));
  return { ...tagged, continues: { operation: operationId, at: createdAt.toISOString(), done } };
}
