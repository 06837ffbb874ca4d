/** What the dialog reads: the inventory for a name, and Azure for a VM. */
import type { VmEntry } from '../../../azure/gateway.ts';
import { armId, parseArmId } from '../../../core/arm-id.ts';
import { candidatesFor, type Candidates, type Machine } from './candidates.ts';
import type { Reading, ReadWith } from './known.ts';
import { choicesFor, grantsFor } from './plan-backup.ts';
import type { Target } from '../../../core/vm-target.ts';
import { assess } from '../../../readiness/assess/assess.ts';
import { gather } from '../../../readiness/gather/gather.ts';
import type { Assessment } from '../../../readiness/findings/assessment.ts';
import type { Estate } from '../../dialogs/estate.ts';

const maxRows = 20;

/**
 * The VMs that a target names; if there are none the list is read again, since the VM may have been created a minute
 * ago.
 */
export async function findCandidates(estate: Estate, target: Target): Promise<Candidates> {
  const known = await fromInventory(estate, target);
  const found = known.vms.length > 0 ? known : await estate.vms.refresh().then(() => fromInventory(estate, target));
  if (found.vms.length < 2) return found;
  const vms = await Promise.all(
    found.vms.slice(0, maxRows).map(async (vm) => {
      const [protectedIn, machine] = await Promise.all([vaultOf(estate, vm), machineOf(estate, vm)]);
      return { ...vm, protectedIn, machine };
    }),
  );
  return { ...found, vms };
}

async function fromInventory(estate: Estate, target: Target): Promise<Candidates> {
  const at = (await estate.vms.listedAt()) ?? estate.now();
  const list = {
    subscriptions: estate.subscriptions.length,
    unread: await estate.vms.unlisted(),
    at,
    nearestCommand: estate.nearestCommand,
  };
  const named = candidatesFor(target, await estate.vms.named(target.name), list);
  if (named.vms.length > 0) return named;
  return candidatesFor(target, await estate.vms.all(), list);
}

/** What it is and whether it is running; null if unknown, and the row is then shown without it. */
async function machineOf({ reads }: Estate, { id, classic }: VmEntry): Promise<Machine | null> {
  const vm = classic ? null : await reads.vm(id).catch(() => null);
  return vm && { os: vm.os, size: vm.size, powerState: vm.powerState };
}

/** The name of the Recovery Services vault that protects a VM; null if none does or it is unknown. */
async function vaultOf(estate: Estate, vm: VmEntry): Promise<string | null> {
  if (vm.classic) return null;
  try {
    const { vaultId } = await estate.reads.backupStatus(vm);
    return vaultId === null ? null : (parseArmId(vaultId)?.name ?? null);
  } catch {
    return null; // the row is then shown without it: it only helps to distinguish two VMs
  }
}

/**
 * Everything about one VM, judged by the rules of this installation. `vaultId`: the Recovery Services vault to read;
 * absent: the default one. `chosen`: the disks to judge it with.
 */
export async function readVm(estate: Estate, vmId: string, { vaultId, chosen }: ReadWith = {}): Promise<Reading> {
  const { rules, cache } = estate.readiness;
  const { subscription, name } = armId(vmId);
  const region = await regionOf(estate, name, vmId);
  const now = estate.now();
  const reading = await gather(estate.reads, {
    vmId,
    vaultId,
    chosen,
    subscription,
    region,
    rules,
    cache,
    now,
    grants: estate.grants,
  });
  // It was listed a moment ago: another check finds where it went.
  if (region !== null && reading.vm.ok && reading.vm.value === null) await estate.vms.refresh();
  const assessment = assess(reading, rules);
  const held = grantHeld(estate, assessment);
  const offering = { grant: held === null, recover: estate.restores !== null, otherDisks: chosen !== undefined };
  return { assessment, choices: choicesFor(assessment, offering), grantHeld: held };
}

async function regionOf(estate: Estate, name: string, vmId: string): Promise<string | null> {
  const entries = await estate.vms.named(name);
  return entries.find((entry) => entry.id.toLowerCase() === vmId.toLowerCase())?.region ?? null;
}

/** Where a VM's backups would go by default. */
function presetVaultName({ destinations }: Assessment): string | null {
  const { vaults, preset } = destinations;
  return vaults.find(({ id }) => id === preset.vaultId)?.name ?? null;
}

/** Why no grant can be started from here, if one is missing. */
export function grantHeld(estate: Estate, assessment: Assessment): Reading['grantHeld'] {
  if (assessment.grants.length === 0) return null;
  if (estate.grants === null) return 'no-identity';
  const byPolicy = assessment.grants.filter((need) => need.model === 'policies');
  if (!byPolicy.every((need) => estate.grantByPolicy(need.keyVaultName))) return 'no-identity';
  const parts = grantsFor(assessment, { vault: presetVaultName(assessment), then: 'nothing' });
  return estate.blockedByRules(parts);
}
