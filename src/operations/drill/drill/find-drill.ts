import { tried } from '../../../readiness/gather/reader.ts';
import { unfitForStaging } from '../../../readiness/staging.ts';
import { allowsAction } from '../../../core/action-match.ts';
import { sameId, subscriptionOf } from '../../../core/arm-id.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { newVmId } from '../../parts/create-vm.ts';
import type { Restorable } from '../../restore/restore-disks/found.ts';
import { findRestorable, readConsequences } from '../../restore/restore-disks/restorable.ts';
import { drillName } from './choice.ts';
import type { FoundForDrill } from './found.ts';
import { type DrillSetup, named } from '../../parts/drill-setup.ts';
import { drillOf } from '../../../core/drill-tag.ts';
import { egressPaths } from './egress-paths.ts';

/** Reads the VM as for a restore, and what `kluis.yaml` names for its drill. */
export async function findDrill(estate: Estate, asked: string): Promise<FoundForDrill> {
  const found = await findRestorable(estate, asked, null);
  const { restorable } = found;
  const setup = restorable && estate.drillOf({ ...restorable.vm, vault: restorable.vaultName });
  const none = { setup: null, openings: null, lacks: null, taken: false, staged: false, consequences: null };
  if (!restorable || !setup) return { ...found, ...none };
  const [openings, lacks, taken, staged, consequences] = await Promise.all([
    openingsOf(estate, setup),
    lacksOf(estate, setup),
    isTaken(estate, restorable, setup),
    isStaged(estate, restorable, setup),
    readConsequences(estate, restorable, setup.group),
  ]);
  return { ...found, setup, openings, lacks, taken, staged, consequences };
}

async function openingsOf({ restores }: Estate, { subnet }: DrillSetup): Promise<FoundForDrill['openings']> {
  const read = await tried(async () => (restores ? restores.subnetWays(subnet) : null));
  return read.ok && read.value ? egressPaths(read.value) : null;
}

/** Without these permissions, what a drill creates would stay. */
const toTakeAway = [
  'Microsoft.Resources/tags/write',
  'Microsoft.Compute/virtualMachines/read',
  'Microsoft.Compute/virtualMachines/delete',
  'Microsoft.Compute/disks/delete',
  'Microsoft.Network/networkInterfaces/delete',
];

async function lacksOf({ restores }: Estate, { group }: DrillSetup): Promise<FoundForDrill['lacks']> {
  if (!restores) return null;
  const has = await tried(() => restores.permissions(group));
  return has.ok ? toTakeAway.filter((action) => !allowsAction(has.value, action)) : null;
}

/**
 * Whether a drill of the VM is running, or a finished one left something: a VM of its name, or anything that its rows
 * name and that still has its tag.
 */
async function isTaken(
  { reads, restores, drills }: Estate,
  { vm }: Restorable,
  { group }: DrillSetup,
): Promise<boolean> {
  if ((await reads.vm(newVmId({ targetGroup: named(group), name: drillName(vm.name) }))) !== null) return true;
  if ((await drills.running()).some(({ id }) => sameId(id, vm.id))) return true;
  for (const { operation, ids } of await drills.unfinished(vm.id))
    for (const id of ids) if (drillOf((await restores?.deletable(id))?.tags ?? {}) === operation) return true;
  return false;
}

async function isStaged({ reads }: Estate, { region }: Restorable, { staging }: DrillSetup): Promise<boolean> {
  const accounts = await reads.storageAccounts(subscriptionOf(staging));
  const found = accounts.find(({ id }) => sameId(id, staging));
  return found !== undefined && unfitForStaging(found, region) === null;
}
