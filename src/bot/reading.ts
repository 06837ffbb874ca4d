/** What a dialog looks at: the inventory for a name, and Azure for a VM. */
import type { VmEntry } from '../azure/gateway.ts';
import { armId, parseArmId } from '../core/arm-id.ts';
import { candidatesFor, type Candidates } from '../operations/protect/candidates.ts';
import type { BackupPorts, Reading } from '../operations/protect/flow.ts';
import { asksOf } from '../operations/asks.ts';
import { goalsFor, grantsFor } from '../operations/protect/plan-backup.ts';
import type { Target } from '../core/vm-target.ts';
import { assess } from '../readiness/assess.ts';
import { gather } from '../readiness/gather.ts';
import type { Assessment } from '../readiness/assessment.ts';
import { inventoryListedAt as listedAt, inventoryNamed, inventoryOf } from '../store/inventory.ts';
import type { Deps } from './deps.ts';
import { refusalOf } from './gate.ts';
import { refreshInventory, unlisted } from './inventory.ts';

const mostRows = 20;

/** The ports of the backup dialog. */
export function portsOf(deps: Deps): BackupPorts {
  return {
    candidates: (target) => findCandidates(deps, target),
    reading: (vmId, vaultId) => readVm(deps, vmId, vaultId),
  };
}

/** The VMs that a target names; on a miss the list is read anew, since the VM may have been made a minute ago. */
async function findCandidates(deps: Deps, target: Target): Promise<Candidates> {
  const known = await fromInventory(deps, target);
  const found = known.vms.length > 0 ? known : await refreshInventory(deps).then(() => fromInventory(deps, target));
  if (found.vms.length < 2) return found;
  const vms = await Promise.all(
    found.vms.slice(0, mostRows).map(async (vm) => ({ ...vm, protectedIn: await vaultOf(deps, vm) })),
  );
  return { ...found, vms };
}

async function fromInventory(deps: Deps, target: Target): Promise<Candidates> {
  const q = deps.database.db;
  const at = (await listedAt(q)) ?? deps.clock.now();
  const list = { subscriptions: deps.azure.subscriptions.length, unread: await unlisted(deps), at };
  const named = candidatesFor(target, (await inventoryNamed(q, 'vm', target.name)) as VmEntry[], list);
  if (named.vms.length > 0) return named;
  return candidatesFor(target, (await inventoryOf(q, 'vm')) as VmEntry[], list);
}

/** The name of the Recovery Services vault that protects a VM; null where none does or it cannot be told. */
async function vaultOf(deps: Deps, vm: VmEntry): Promise<string | null> {
  if (vm.classic) return null;
  try {
    const { vaultId } = await deps.azure.reads.backupStatus(vm);
    return vaultId === null ? null : (parseArmId(vaultId)?.name ?? null);
  } catch {
    return null; // the row is then shown without it: this only helps to tell two VMs apart
  }
}

/** Everything about one VM, with what the rules of this installation make of it. */
async function readVm(deps: Deps, vmId: string, vaultId?: string): Promise<Reading> {
  const { rules, cache } = deps.readiness;
  const { subscription, name } = armId(vmId);
  const region = await regionOf(deps, name, vmId);
  const now = deps.clock.now();
  const reading = await gather(deps.azure.reads, {
    vmId,
    vaultId,
    subscription,
    region,
    rules,
    cache,
    now,
    grants: deps.azure.grants,
  });
  // It was listed a moment ago: whoever checks again shall find where it went.
  if (region !== null && reading.vm.ok && reading.vm.value === null) await refreshInventory(deps);
  const assessment = assess(reading, rules);
  const held = grantHeld(deps, assessment);
  return { assessment, goals: goalsFor(assessment, held === null), grantHeld: held };
}

async function regionOf(deps: Deps, name: string, vmId: string): Promise<string | null> {
  const entries = (await inventoryNamed(deps.database.db, 'vm', name)) as VmEntry[];
  return entries.find((entry) => entry.id.toLowerCase() === vmId.toLowerCase())?.region ?? null;
}

/** Where the backups of a VM would go if nothing else is chosen. */
function presetVaultName({ destinations }: Assessment): string | null {
  const { vaults, preset } = destinations;
  return vaults.find(({ id }) => id === preset.vaultId)?.name ?? null;
}

/** Why no grant may be started from here, where one is missing. */
export function grantHeld(deps: Deps, assessment: Assessment): Reading['grantHeld'] {
  if (assessment.grants.length === 0) return null;
  if (deps.azure.grants === null) return 'no-identity';
  const byPolicy = assessment.grants.filter((need) => need.model === 'policies');
  if (!byPolicy.every((need) => deps.authority.grantByPolicy(need.keyVaultName))) return 'no-identity';
  return refusalOf(
    deps.authority.rules(
      asksOf({ parts: grantsFor(assessment, { vault: presetVaultName(assessment), then: 'nothing' }) }),
    ),
  );
}
