/** What replaces a VM's disks, as chosen, and the plan for it. Pure. */
import type { RestoreProblems } from '../../../azure/gateway.ts';
import { guardRequestOf } from '../../dialogs/guard.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import { offeredPoints } from '../restore-disks/choice.ts';
import type { Destinations, FoundForRestore, RestorePoint } from '../restore-disks/found.ts';
import { plannedPoint, restorePartId, type Priority } from '../../parts/restore-disks.ts';
import type { Current } from './found.ts';
import type { ReplaceDisksPart } from '../../parts/replace-disks.ts';

/** Where Azure stages the restore, and why it is done. `priority`: how soon an archived point is needed. */
type Staging = { readonly account: string; readonly reason: string; readonly priority?: Priority | undefined };

/** What the dialog knows, in the order in which it learns it. */
export type ReplaceKnown = {
  readonly args: readonly string[];
  readonly found: FoundForRestore;
  readonly current: Current;
  readonly point: string;
  readonly destinations: Destinations;
  readonly staging: Staging;
  readonly problems: RestoreProblems;
  readonly typed: string;
  readonly go: 'replace-disks';
  readonly [step: string]: unknown;
};

/** Why a VM's disks can't be replaced, whatever is chosen; null: they can. */
export function whyNot({ found, current }: Partial<ReplaceKnown>): 'ade' | 'ade-unknown' | 'gone' | 'deleted' | null {
  const restorable = found?.restorable;
  if (restorable?.ade === 'gone' || current === null) return 'gone';
  if (restorable?.ade === 'yes') return 'ade';
  if (restorable?.ade === 'unknown') return 'ade-unknown';
  return restorable?.deleted ? 'deleted' : null;
}

/** The points whose disks can replace the VM's: those that aren't encrypted according to Azure. */
export function fitPoints(found: FoundForRestore): readonly RestorePoint[] {
  return offeredPoints(found).filter(({ encrypted }) => encrypted === false);
}

/** Whether the chosen point has to be brought back from the archive tier first. */
export function isArchived({ found, point }: Pick<Partial<ReplaceKnown>, 'found' | 'point'>): boolean {
  return found !== undefined && fitPoints(found).find(({ name }) => name === point)?.archived === true;
}

/** The plan; null if something isn't chosen. */
export function planOf(known: Partial<ReplaceKnown>): Plan | null {
  const { found, current, point, destinations, staging } = known;
  const restorable = found?.restorable;
  const chosen = found && fitPoints(found).find(({ name }) => name === point);
  const account = destinations?.accounts.find(({ id, unfit }) => id === staging?.account && unfit === null);
  if (!restorable || !current || !chosen || !account || !staging || whyNot(known) !== null) return null;
  if (chosen.archived !== (staging.priority !== undefined)) return null;
  const { vm, keyVaults, ref, vaultName, region } = restorable;
  const part: ReplaceDisksPart = {
    id: restorePartId,
    after: [],
    does: 'replace-disks',
    vm,
    keyVaults,
    ref,
    vaultName,
    region,
    point: plannedPoint(chosen),
    staging: { id: account.id, name: account.name },
    rehydrate: staging.priority ?? null,
    guardRequest: guardRequestOf(restorable),
    reason: staging.reason,
    disks: current.disks,
  };
  return { version: planVersion, vms: [{ id: vm.id, name: vm.name }], parts: [part] };
}

/** Azure's objections, except that the VM is running, which the operation waits out. */
export function objections({ problems = [] }: Partial<ReplaceKnown>): RestoreProblems {
  return problems.filter(({ code }) => code !== 'UserErrorVmNotShutDown');
}

/** Whether it can be started: Azure has no other objections, and there is an identity that can. */
export function isPossible(known: Partial<ReplaceKnown>): boolean {
  return known.found?.restorable?.mayRestore === true && known.problems !== undefined && objections(known).length === 0;
}
