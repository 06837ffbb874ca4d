/** What a drill of a VM would do, as found. Pure. */
import { parseArmId, sameId } from '../../../core/arm-id.ts';
import { guardRequestOf } from '../../dialogs/guard.ts';
import type { CleanUpPart } from '../../parts/clean-up-staging.ts';
import { createVmPartId } from '../../parts/create-vm.ts';
import type { DeleteDrillPart } from '../../parts/delete-drill.ts';
import type { Hindrance } from '../../parts/drill-books.ts';
import { type DrillSetup, named } from '../../parts/drill-setup.ts';
import type { Part } from '../../parts/parts.ts';
import { type Plan, planVersion } from '../../parts/plan.ts';
import { plannedPoint, type RestoreDisksPart, restorePartId } from '../../parts/restore-disks.ts';
import { offeredPoints } from '../../restore/restore-disks/choice.ts';
import type { Restorable, RestorePoint } from '../../restore/restore-disks/found.ts';
import { hasTemplate } from '../../restore/restore-disks/machine.ts';
import { isInVaultAlone, tierOf } from '../../wording/point-tier.ts';
import type { DrillKnown, FoundForDrill } from './found.ts';

/** What blocks a drill first; null: nothing. */
export function hindranceOf(found: FoundForDrill): Hindrance | null {
  const { restorable, setup, openings, taken, staged, lacks } = found;
  if (!restorable || !setup) return 'no-setup';
  if (!restorable.mayRestore) return 'no-identity';
  if (restorable.deleted) return 'deleted';
  if (parseArmId(restorable.vm.id)?.resourceGroup.toLowerCase() === named(setup.group).name.toLowerCase())
    return 'own-group';
  if (pointsOf(found).length === 0)
    return setup.from === 'vault' && pointsOf({ restorable, setup: null }).length > 0 ? 'not-in-vault' : 'no-point';
  if (openings === null) return 'network-unread';
  if (openings.length > 0) return 'network-open';
  if (lacks === null) return 'rights-unread';
  if (lacks.length > 0) return 'no-rights';
  if (!staged) return 'staging';
  return taken ? 'taken' : null;
}

/** The points that a drill can use, the newest first: not archived, with a template, and where its entry says. */
export function pointsOf({ restorable, setup }: Pick<FoundForDrill, 'restorable' | 'setup'>): readonly RestorePoint[] {
  const offered = offeredPoints({ restorable, several: [], unread: [] });
  const usable = offered.filter(({ archived, time }) => !archived && hasTemplate(time));
  return setup?.from === 'vault' ? usable.filter(isInVaultAlone) : usable;
}

/** The name of the VM that a drill creates; there is one drill of a VM at a time. */
export function drillName(vm: string): string {
  return `${vm.slice(0, 55)}-drill`;
}

/**
 * The plan of a drill of one point; null: something blocks it. `standing`: the standing approval on which the schedule
 * starts it; absent: a person does.
 */
export function drillPlan({ found, point: name, standing }: Planned): Plan | null {
  const { restorable, setup } = found;
  const point = pointsOf(found).find((one) => one.name === name);
  if (!restorable || !setup || !point || hindranceOf(found) !== null) return null;
  const vms = [{ id: restorable.vm.id, name: restorable.vm.name }];
  const told = found.consequences?.told;
  const readers = found.consequences?.who ?? null;
  const parts = partsOf(restorable, { setup, point, readers, standing });
  // What is kept for hours costs next to nothing.
  return { version: planVersion, vms, parts, ...(told && { told: { ...told, cost: null } }) };
}

type Planned = Pick<DrillKnown, 'found' | 'point'> & { readonly standing?: string };

type Chosen = {
  readonly standing: string | undefined;
  readonly setup: DrillSetup;
  readonly point: RestorePoint;
  readonly readers: RestoreDisksPart['readers'];
};

function partsOf(restorable: Restorable, { setup, point, readers, standing }: Chosen): readonly Part[] {
  const { vm, keyVaults, ref, vaultName, region } = restorable;
  const about = { vm, keyVaults, ref, vaultName };
  const [targetGroup, staging, name] = [named(setup.group), named(setup.staging), drillName(vm.name)];
  const made = { ...about, targetGroup, name };
  const subnet = subnetOf(setup.subnet);
  const restore: RestoreDisksPart = {
    ...{ ...about, id: restorePartId, after: ['drill'], does: 'restore-disks', region, targetGroup, staging, readers },
    point: { ...plannedPoint(point), tier: tierOf(point) },
    ...{
      rehydrate: null,
      guardRequest: guardRequestOf(restorable),
      reason: 'drill',
      drill: true,
    },
  };
  const deletes: DeleteDrillPart = {
    ...{ ...made, id: 'delete', after: ['check-vm'], runs: 'always', does: 'delete-drill', keepMs: setup.keepMs },
  };
  const cleans: CleanUpPart = {
    ...{ ...about, id: 'clean-up', after: ['delete'], runs: 'always', does: 'clean-up-staging', staging },
    ...{ newVm: name, from: null, ifAny: true, drill: true },
  };
  return [
    { ...made, id: 'drill', after: [], does: 'drill', at: 'start', subnet, ...(standing && { standing }) },
    restore,
    { ...made, id: 'mark', after: [restorePartId], does: 'drill', at: 'restored', subnet },
    { ...made, id: createVmPartId, after: ['mark'], does: 'create-vm', by: 'template', subnet, drill: true },
    { ...made, id: 'check-vm', after: [createVmPartId], does: 'check-vm', encrypted: point.encrypted, drill: true },
    deletes,
    cleans,
  ];
}

/** A subnet of `…/virtualNetworks/<network>/subnets/<name>`. */
function subnetOf(id: string) {
  const [name = '', , network = ''] = id.split('/').reverse();
  return { id, network, name };
}

/** Whether what was shown is still what would be done: the network is closed, and the backups are where they were. */
export function isStill(shown: FoundForDrill, now: FoundForDrill): boolean {
  const [before, after] = [shown.restorable, now.restorable];
  if (!before || !after || hindranceOf(now) !== null) return false;
  return sameId(before.ref.vaultId, after.ref.vaultId) && before.ade === after.ade;
}
