import { tried } from '../../readiness/gather/reader.ts';
import { unfitForStaging } from '../../readiness/staging.ts';
import { sameId, subscriptionOf } from '../../core/arm-id.ts';
import type { Estate } from '../estate.ts';
import { newVmId } from '../create-vm/plan.ts';
import type { Restorable } from '../restore-disks/found.ts';
import { restorePorts } from '../restore-disks/ports.ts';
import { drillName, named } from './choice.ts';
import type { DrillPorts, Found } from './found.ts';
import type { DrillSetup } from './setup.ts';
import { waysOut } from './ways-out.ts';

/** Reads the VM as for a restore, and what of its drill `kluis.yaml` names. */
export function drillPorts(estate: Estate): DrillPorts {
  const restores = restorePorts(estate);
  return {
    find: async (asked) => {
      const found = await restores.find(asked, null);
      const { restorable } = found;
      const setup = restorable && estate.drillOf({ ...restorable.vm, vault: restorable.vaultName });
      const none = { setup: null, openings: null, taken: false, staged: false, consequences: null };
      if (!restorable || !setup) return { ...found, ...none };
      const [openings, taken, staged, consequences] = await Promise.all([
        openingsOf(estate, setup),
        isTaken(estate, restorable, setup),
        isStaged(estate, restorable, setup),
        restores.consequences(restorable, setup.group),
      ]);
      return { ...found, setup, openings, taken, staged, consequences };
    },
  };
}

async function openingsOf({ restores }: Estate, { subnet }: DrillSetup): Promise<Found['openings']> {
  const read = await tried(async () => (restores ? restores.subnetWays(subnet) : null));
  return read.ok && read.value ? waysOut(read.value) : null;
}

async function isTaken({ reads }: Estate, { vm }: Restorable, { group }: DrillSetup): Promise<boolean> {
  return (await reads.vm(newVmId({ targetGroup: named(group), name: drillName(vm.name) }))) !== null;
}

async function isStaged({ reads }: Estate, { region }: Restorable, { staging }: DrillSetup): Promise<boolean> {
  const accounts = await reads.storageAccounts(subscriptionOf(staging));
  const found = accounts.find(({ id }) => sameId(id, staging));
  return found !== undefined && unfitForStaging(found, region) === null;
}
