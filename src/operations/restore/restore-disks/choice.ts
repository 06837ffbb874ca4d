/** What can be restored, as chosen, and the plan for it. Pure. */
import type { RestoreProblems } from '../../../azure/gateway.ts';
import { ownOf } from '../../../core/own-of.ts';
import { dailyRestores } from '../../../readiness/restores/restore-points.ts';
import { guardRequestOf } from '../../dialogs/guard.ts';
import type { Part } from '../../parts/parts.ts';
import { planVersion, type Plan, type PlanPrices, type Told } from '../../parts/plan.ts';
import { planPoint } from '../../parts/point-disks-to-keys.ts';
import { planRecovery } from '../../parts/recover-key-vault.ts';
import { planPutBack } from '../../parts/restore-key-and-secret.ts';
import type { Consequences, Destinations, FoundForRestore, Networks, Restorable, RestorePoint } from './found.ts';
import { coresToTell, machineParts, type Machine } from './machine.ts';
import { plannedPoint, restorePartId, type Priority, type RestoreDisksPart } from '../../parts/restore-disks.ts';
import type { RestorePart } from '../../parts/restore-part.ts';
import { isFromSnapshot } from '../../wording/point-tier.ts';

/**
 * Where the disks go, why they are restored, and whether a VM is created from them. `priority`: how soon a point in the
 * archive tier is needed; absent for other points.
 */
export type Target = {
  readonly group: string;
  readonly account: string;
  readonly reason: string;
  readonly priority?: Priority | undefined;
  readonly make: 'disks' | 'vm';
};

/** What the dialog knows, in the order in which it learns it. */
export type RestoreKnown = {
  readonly args: readonly string[];
  readonly found: FoundForRestore;
  readonly point: string;
  readonly destinations: Destinations;
  readonly target: Target;
  readonly consequences: Consequences;
  readonly networks: Networks;
  readonly machine: Machine;
  readonly problems: RestoreProblems;
  readonly go: 'restore-disks';
  readonly [step: string]: unknown;
};

/** The points that can be chosen; none if Azure restores no more for now. */
export function offeredPoints({ restorable }: FoundForRestore): readonly RestorePoint[] {
  if (!restorable || (restorable.today ?? 0) >= dailyRestores) return [];
  return restorable.points.filter(({ blocked }) => blocked === null);
}

/** Whether Azure Backup can create a VM from a point itself: only if its disks have no Azure Disk Encryption. */
export function isDirect({ ade }: Restorable, { encrypted }: Pick<RestorePoint, 'encrypted'>): boolean {
  return (ade === 'no' || ade === 'gone') && encrypted === false;
}

/** Whether Azure Backup creates the chosen VM: it can't in another size than the VM had. */
export function isMadeDirectly({ found, point: name, machine }: Partial<RestoreKnown>): boolean {
  const point = found && offeredPoints(found).find((one) => one.name === name);
  return !!found?.restorable && !!point && machine?.size === undefined && isDirect(found.restorable, point);
}

/** Whether the disks had other keys at a point than the VM has now. */
export function keysChanged({ keysSince }: Restorable, { encrypted, time }: RestorePoint): boolean {
  return encrypted !== false && keysSince !== null && time < keysSince;
}

/** The part of a plan that restores the point. */
export function restoreIn({ parts }: Plan): RestorePart {
  return parts.find(({ id }) => id === restorePartId) as RestorePart;
}

/** Whether the chosen point has to be brought back from the archive tier first. */
export function isArchived(found: FoundForRestore, point: string): boolean {
  return offeredPoints(found).find(({ name }) => name === point)?.archived === true;
}

/** The restore of the disks; null if something isn't chosen. */
export function partOf({
  found,
  point,
  destinations,
  target,
  consequences,
}: Partial<RestoreKnown>): RestoreDisksPart | null {
  const restorable = found?.restorable;
  const chosen = found && offeredPoints(found).find(({ name }) => name === point);
  const group = destinations?.groups.find(({ id }) => id === target?.group);
  const account = destinations?.accounts.find(({ id, unfit }) => id === target?.account && unfit === null);
  if (!restorable || !chosen || !group || !account || !target) return null;
  if (chosen.archived !== (target.priority !== undefined)) return null;
  if (account.byIdentity && target.make === 'vm') return null;
  const { vm, keyVaults, ref, vaultName, region } = restorable;
  return {
    id: restorePartId,
    after: [],
    does: 'restore-disks',
    vm,
    keyVaults,
    ref,
    vaultName,
    region,
    point: {
      ...plannedPoint(chosen),
      ...(isFromSnapshot(chosen) && keysChanged(restorable, chosen) && { rotated: true }),
    },
    targetGroup: group,
    staging: { id: account.id, name: account.name, ...(account.byIdentity && { byIdentity: true }) },
    rehydrate: target.priority ?? null,
    guardRequest: guardRequestOf(restorable),
    reason: target.reason,
    ...(consequences && { readers: consequences.who }),
  };
}

/** The restores of the chosen point to every place that is offered. */
export function wholeChoice(known: Partial<RestoreKnown>): readonly RestoreDisksPart[] {
  const { found, point = '', destinations } = known;
  if (!found || !destinations) return [];
  const priority = isArchived(found, point) ? ('Standard' as const) : undefined;
  const targets = destinations.groups.flatMap(({ id: group }) =>
    destinations.accounts.map(({ id: account }): Target => ({ group, account, reason: '', priority, make: 'disks' })),
  );
  return targets.flatMap((target) => partOf({ found, point, destinations, target }) ?? []);
}

/**
 * Everything that would be done, one after another; null if something isn't chosen. The parts after the disks read what
 * they left through `restoredIn`.
 */
export function planOf(known: Partial<RestoreKnown>): Plan | null {
  const disks = partOf(known);
  const restorable = known.found?.restorable;
  if (!disks || !restorable) return null;
  // Only the restore's result says which keys a point's disks need, so they are checked then.
  const locked = disks.point.encrypted !== false;
  const before = [...undeletion(restorable), ...(locked ? recoveries(restorable) : [])];
  const keys = locked ? [planPutBack(whereto(disks, restorable, known)), planPoint(disks)] : [];
  const restored = machineParts(disks, known, { direct: isMadeDirectly(known), keys });
  if (!restored) return null;
  const parts = inOrder([...before, ...restored]);
  const vms = [{ id: disks.vm.id, name: disks.vm.name }];
  const told = toldOf(known);
  return { version: planVersion, vms, parts, ...(told && { told }) };
}

/** For disks that may have been encrypted with an Entra application: where a person has to push the extension to. */
function whereto(disks: RestoreDisksPart, { entraApp, ade }: Restorable, { target, machine }: Partial<RestoreKnown>) {
  const { targetGroup, ...rest } = disks;
  if (!entraApp && ade !== 'gone') return rest;
  return { ...rest, targetGroup, newVm: target?.make === 'vm' ? machine?.name : undefined };
}

/** Copies of the disks stay in the staging account if they come from the vault tier and no VM is created from them. */
function toldOf(known: Partial<RestoreKnown>): Told | null {
  const { found, point: name, target, consequences, networks, machine } = known;
  if (!consequences) return null;
  const restorable = found?.restorable;
  const point = restorable?.points.find((one) => one.name === name);
  const leaves = target?.make === 'disks' && makesCopies(point);
  const { told } = consequences;
  const prices = planPrices(known, point);
  const makesVm = target?.make === 'vm';
  const cores = makesVm && networks && machine ? coresToTell(machine, networks) : null;
  const subnet = makesVm ? networks?.subnets.find(({ id }) => id === machine?.subnet) : undefined;
  const newVm = makesVm ? (machine?.name ?? null) : null;
  return {
    ...told,
    ...(prices && { prices }),
    cost: leaves || told.cost === null ? told.cost : { ...told.cost, staging: null },
    ...(restorable?.entraApp ? { entraApp: { newVm } } : adeLimitsOf(restorable, point, newVm)),
    ...(subnet?.free === null && { subnetUnread: `${subnet.network}/${subnet.name}` }),
    ...(cores && { cores: { region: restorable?.region ?? '', ...cores } }),
  };
}

/** If the VM no longer exists, the point says how many disks it has, but not how large they are. */
function adeLimitsOf(
  restorable: Restorable | null | undefined,
  point: RestorePoint | undefined,
  newVm: string | null,
): Pick<Told, 'beyondAde' | 'adeSizeUnread'> {
  const beyond = restorable?.beyondAde;
  if (!beyond || point?.encrypted === false) return {};
  if (beyond !== 'unknown') return { beyondAde: { ...beyond, newVm } };
  return point?.encrypted === true ? { adeSizeUnread: { disks: point.disks, newVm } } : {};
}

/** Disks from a snapshot aren't copied to the staging account. */
function makesCopies(point: RestorePoint | undefined): boolean {
  return !point || !isFromSnapshot(point);
}

/** The prices of what may exist in the end, or if a part of it fails. */
function planPrices(known: Partial<RestoreKnown>, point: RestorePoint | undefined): PlanPrices | null {
  const { consequences, target, machine } = known;
  const prices = consequences?.prices;
  if (!prices) return null;
  const { currency, disks, staging, vms } = prices;
  const size = machine?.size ?? point?.size ?? null;
  const monthly = size === null ? null : (ownOf(vms, size.toLowerCase()) ?? null);
  const vm = target?.make === 'vm' && machine ? { name: machine.name, size, monthly } : undefined;
  return { currency, disks, copies: makesCopies(point) ? staging : null, ...(vm && { vm }) };
}

/** Azure restores nothing from deleted backups; once undeleted they stay stopped, and can be restored. */
function undeletion({ deleted, vm, ref, vaultName }: Restorable): readonly Part[] {
  return deleted ? [{ id: 'undelete', after: [], does: 'undelete', vm, ref, vaultName }] : [];
}

/** The key vaults are recovered first: no key can exist without them. */
function recoveries({ deletedKeyVaults, vm, vaultName }: Restorable): readonly Part[] {
  return deletedKeyVaults.map(({ region, ...keyVault }) =>
    planRecovery({ keyVault, region, vm, vaultName }, 'restore'),
  );
}

/** Each part waits for the one before it. */
function inOrder(parts: readonly Part[]): readonly Part[] {
  return parts.map((part, at) => ({
    ...part,
    after: parts
      .slice(0, at)
      .slice(-1)
      .map(({ id }) => id),
  }));
}

/** Whether it can be started: Azure has no objections, and there is an identity that can. */
export function isPossible({ found, problems }: Partial<RestoreKnown>): boolean {
  return found?.restorable?.mayRestore === true && problems !== undefined && objectionsIn(problems).length === 0;
}

/** What stands in the way of a start; a restore waits for whoever lets it bring its keys back. */
export function objectionsIn(problems: RestoreProblems): RestoreProblems {
  return problems.filter(({ keys }) => keys === undefined);
}

/** What Azure's validation objected to, as it says it. */
export function inAzuresWords(problems: RestoreProblems): string[] {
  return problems.map(({ message, code, lacks }) => message ?? code ?? lacks ?? '');
}
