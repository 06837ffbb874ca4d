/** How to continue after a failed restore. What it created stays, and nothing is created twice. Pure. */
import { firstStates, type PartStates } from '../../wording/progress.ts';
import { cleanUpMemo, type CleanUpPart } from '../../parts/clean-up-staging.ts';
import { createVmMemo } from '../../parts/create-vm.ts';
import type { Kind, Outcome, PartRunner } from '../../ground/part.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import type { Part } from '../../parts/parts.ts';
import { restoreMemo, restorePartId } from '../../parts/restore-disks.ts';
import type { RestorePart } from '../../parts/restore-part.ts';

function isRestore(part: Part): part is RestorePart {
  return part.id === restorePartId;
}

/** How each part runs. */
type RunnerOf = (part: Part) => PartRunner<Kind>;

type Ended = { readonly plan: Plan; readonly parts: PartStates; readonly digest: string };

/**
 * The states from which the same plan continues: finished parts stay done, everything else starts again. Null: it isn't
 * a restore, it is unknown whether Azure restores, or nothing is left to do.
 */
export function resumedStates(
  { plan, parts }: Omit<Ended, 'digest'>,
  runnerOf: RunnerOf,
  now: Date,
): PartStates | null {
  const done = plan.parts.filter(({ id }) => parts[id]?.outcome?.ended === 'done');
  const restore = plan.parts.find(isRestore);
  // A drill has deleted everything by then.
  if (!restore || plan.parts.some(({ does }) => does === 'delete-drill')) return null;
  if (done.length === plan.parts.length || plan.parts.some((part) => isPurged(parts[part.id]?.outcome))) return null;
  if (!done.includes(restore) && !mayBeginAnew(restore, parts, runnerOf)) return null;
  const first = firstStates(plan, runnerOf, now);
  const again = plan.parts
    .filter(({ does }) => does === 'create-vm')
    .map((part) => [part.id, createdBefore(part, first, parts)]);
  return { ...first, ...Object.fromEntries(again), ...Object.fromEntries(done.map(({ id }) => [id, parts[id]])) };
}

/** A VM is created again, knowing what the failed attempt created: Azure keeps it, and a public address is billed. */
function createdBefore({ id }: Part, first: PartStates, parts: PartStates): PartStates[string] {
  const { made, left } = createVmMemo.safeParse(parts[id]?.memo).data ?? {};
  return { ...(first[id] as PartStates[string]), memo: { ...(made && { made }), ...(left && { left }) } };
}

/**
 * Azure itself says that it didn't restore, or it wasn't asked: a part before it failed, or an obstacle was found
 * first. A point that is gone doesn't come back, and a replacement of disks has to be typed and chosen again.
 */
function mayBeginAnew(restore: RestorePart, parts: PartStates, runnerOf: RunnerOf): boolean {
  const { stage, outcome } = parts[restore.id] ?? {};
  if (restore.does === 'replace-disks' || !outcome) return false;
  if (outcome.ended === 'skipped') return true;
  if (outcome.ended !== 'failed' || outcome.failure.internal === 'point-vanished') return false;
  return outcome.failure.origin !== 'internal' || stage === runnerOf(restore).first;
}

/** A key vault that can't be recovered any more: a plan that starts with it can't continue. */
function isPurged(outcome: Outcome | null | undefined): boolean {
  return outcome?.ended === 'failed' && outcome.failure.internal === 'key-vault-purged';
}

const cleanUpPartId = 'clean-up';

/** Whether it has deleted any of the files; a file that it was about to delete counts. */
export function hasDeletedFiles({ parts }: Pick<Ended, 'parts'>): boolean {
  const { outcome, memo } = parts[cleanUpPartId] ?? { outcome: null, memo: {} };
  return outcome?.ended !== 'failed' || (cleanUpMemo.safeParse(memo).data?.deleted?.length ?? 0) > 0;
}

/** The plan that deletes what a restore left in its staging account; null: that is unknown, or already deleted. */
export function cleanUpPlan({ plan, parts, digest }: Ended): Plan | null {
  const restore = plan.parts.find(isRestore);
  const isClean = plan.parts.some(
    ({ does, id }) => does === 'clean-up-staging' && parts[id]?.outcome?.ended === 'done',
  );
  const state = restore && parts[restore.id];
  if (!restore || state?.outcome?.ended !== 'done' || isClean) return null;
  const { disks = null, staged = null } = restoreMemo.safeParse(state.memo).data ?? {};
  if (!staged) return null;
  const { vm, keyVaults, ref, vaultName, staging } = restore;
  const about = { vm, keyVaults, ref, vaultName, staging, newVm: null };
  const from = { disks, staged, plan: digest };
  const part: CleanUpPart = { ...about, id: cleanUpPartId, after: [], does: 'clean-up-staging', from };
  return { version: planVersion, vms: plan.vms, parts: [part] };
}
