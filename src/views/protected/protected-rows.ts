/** The state of each VM in a Recovery Services vault, from one read of the vaults, their policies and the checks. */
import type { PolicyFacts, ProtectedItem, VmEntry, VmFacts } from '../../azure/gateway.ts';
import { perVault, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { indexOf } from '../../readiness/gather/index-of.ts';
import { tried } from '../../readiness/gather/reader.ts';
import { missedRun, plannedRun } from '../../readiness/next-run.ts';
import { kindOfItem } from '../../readiness/protection.ts';
import { whysNow, type WhyNow } from '../jobs/why-now.ts';
import { readProtectedVms, type ProtectedVms } from '../protected-vms.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { narrowed } from '../view.ts';

/** The states of a protected VM, the worst first. `unknown`: too little could be read to tell. */
export const states = ['failing', 'will-fail', 'behind', 'stopped', 'soft-deleted', 'unknown', 'healthy'] as const;

/** A VM in a vault. Times are ISO texts. */
export type ProtectedRow = {
  readonly name: string;
  readonly group: string;
  readonly vault: string;
  readonly policy: string | null;
  readonly state: (typeof states)[number];
  /** The newest recovery point. */
  readonly last: string | null;
  readonly failedAt: string | null;
  readonly next: string | null;
  readonly afterClockChange?: boolean;
  /** When a soft-deleted one is gone for good. */
  readonly keptUntil: string | null;
  /** `earlier`: its backups are another VM's with the same name; `gone`: there is no such VM. */
  readonly of: 'earlier' | 'gone' | null;
  readonly finding: WhyNow['finding'];
  /** What the checks say about the next backup; null: they weren't made. */
  readonly checked: 'clear' | 'in-part' | null;
};

/** All of them. `unchecked`: how many protected VMs that match the words weren't checked. */
export type ProtectedRows = {
  readonly rows: readonly ProtectedRow[];
  readonly unchecked: number;
  readonly unread: readonly Unread[];
};

const hourMs = 3_600_000;

/** Reads them; those that match the words are checked first, and of these the ones that failed. */
export async function readProtectedRows(asked: string, estate: Estate): Promise<ProtectedRows> {
  const now = estate.azureNow();
  const read = await readProtectedVms(estate);
  const holders = new Set(read.items.map(({ vault }) => vault));
  const policies = await perVault([...holders], (vault) => estate.reads.policies(vault.id));
  const [known, policyOf] = [policies.read.flat(), indexOf<PolicyFacts>(({ id }) => keyOfId(id))];
  const byId = new Map(read.vms.map((vm) => [keyOfId(vm.id), vm]));
  const sights = await unlistedVms(read, estate);
  const listed = read.items.map(({ vault, item }) => {
    const sight = sights.get(keyOfId(item.vmId));
    const vm = byId.get(keyOfId(item.vmId)) ?? (sight && sight !== 'gone' ? sight : null);
    const policy = item.policyId === null ? null : policyOf(known, keyOfId(item.policyId));
    return { item, vm, row: rowOf({ item, vault: vault.name, vm, isGone: sight === 'gone', policy }, read, now) };
  });
  const running = listed.filter(({ vm, row }) => vm !== null && isRunning(row.state));
  const fitting = narrowed(running, asked, ({ row }) => textOf(row));
  const first = fitting.toSorted((a, b) => states.indexOf(a.row.state) - states.indexOf(b.row.state));
  const whys = await whysNow(
    first.flatMap(({ vm }) => (vm ? [vm] : [])),
    estate,
  );
  return {
    rows: listed.map(({ row, vm }) => checkedRow(row, (vm && whys.get(keyOfId(vm.id))) ?? null)),
    unchecked: Math.max(0, first.length - whys.size),
    unread: [...read.unread.vms, ...read.unread.items, ...policies.unread],
  };
}

/** The text in which the words after the command are searched. */
export function textOf({ name, group, vault, policy }: ProtectedRow): string {
  return `${name} ${group} ${vault} ${policy ?? ''}`;
}

function isRunning(state: ProtectedRow['state']): boolean {
  return state !== 'stopped' && state !== 'soft-deleted';
}

/** How many VMs that the list doesn't have are read. */
const maxUnlisted = 50;

/**
 * The VMs of items that the list of VMs doesn't have, read now: the list may be some minutes old, and they younger.
 * What isn't in the result couldn't be read.
 */
async function unlistedVms({ items, vms }: ProtectedVms, { reads }: Estate): Promise<ReadonlyMap<string, Sight>> {
  const known = new Set(vms.map(({ id }) => keyOfId(id)));
  const ids = [...new Set(items.map(({ item }) => item.vmId))].filter((id) => !known.has(keyOfId(id)));
  const read = await Promise.all(
    ids
      .filter((id) => parseArmId(id)?.provider.toLowerCase() === 'microsoft.compute')
      .slice(0, maxUnlisted)
      .map(async (id) => [keyOfId(id), await tried(() => reads.vm(id))] as const),
  );
  return new Map(read.flatMap(([id, vm]) => (vm.ok ? [[id, vm.value ? entryOf(vm.value) : 'gone'] as const] : [])));
}

type Sight = VmEntry | 'gone';

function entryOf({ id, name, resourceGroup, subscription, region, created, tags }: VmFacts): VmEntry {
  const made = created ? { created: created.toISOString() } : {};
  return { id, name, resourceGroup, subscription, region, classic: false, tags, ...made };
}

type ListedItem = {
  readonly item: ProtectedItem;
  readonly vault: string;
  readonly vm: VmEntry | null;
  readonly isGone: boolean;
  readonly policy: PolicyFacts | null;
};

function rowOf({ item, vault, vm, isGone, policy }: ListedItem, read: ProtectedVms, now: Date): ProtectedRow {
  const id = parseArmId(item.vmId);
  const of = vm ? (read.protectionOf(vm) === 'open' ? 'earlier' : null) : isGone ? 'gone' : null;
  const state = ofAnother(of, item) ?? stateOf(item, policy, now);
  const hours = item.softDeleted?.remainingHours ?? null;
  const run = policy && isRunning(state) && of !== 'earlier' ? plannedRun(policy, now) : { nextRun: null };
  return {
    name: vm?.name ?? id?.name ?? item.friendlyName,
    group: vm?.resourceGroup ?? id?.resourceGroup ?? '',
    vault,
    policy: item.policyName,
    state,
    last: item.lastRecoveryPoint?.toISOString() ?? null,
    failedAt: state === 'failing' ? (item.lastBackupTime?.toISOString() ?? null) : null,
    next: run.nextRun,
    afterClockChange: 'afterClockChange' in run && run.afterClockChange === true,
    keptUntil: hours === null ? null : new Date(now.getTime() + hours * hourMs).toISOString(),
    of,
    finding: null,
    checked: null,
  };
}

/** What it means that there is another VM, or none, where the backups still run; null: nothing. */
function ofAnother(of: ProtectedRow['of'], item: ProtectedItem): ProtectedRow['state'] | null {
  if (of === null || kindOfItem(item) !== 'protected') return null;
  return of === 'earlier' ? 'behind' : /^Failed$/i.test(item.lastBackupStatus ?? '') ? 'failing' : 'will-fail';
}

function stateOf(item: ProtectedItem, policy: PolicyFacts | null, now: Date): ProtectedRow['state'] {
  const kind = kindOfItem(item);
  if (kind !== 'protected') return kind;
  if (/^Failed$/i.test(item.lastBackupStatus ?? '')) return 'failing';
  if (item.lastRecoveryPoint === null) return 'behind';
  const missed = policy && missedRun(policy, item.lastRecoveryPoint, now);
  return missed === null ? 'unknown' : missed ? 'behind' : 'healthy';
}

function checkedRow(row: ProtectedRow, why: WhyNow | null): ProtectedRow {
  if (why === null || row.of !== null) return row;
  const { finding, isClear } = why;
  // The list of VMs may be older than the check of this one.
  if (finding?.code === 'vm.missing')
    return { ...row, of: 'gone', state: row.state === 'failing' ? 'failing' : 'will-fail' };
  const state = finding && row.state !== 'failing' ? 'will-fail' : row.state;
  return { ...row, state, finding, checked: isClear ? 'clear' : 'in-part' };
}
