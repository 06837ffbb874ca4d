/** The VM that is made of the restored disks, as it is chosen. Pure. */
import { sameId } from '../../core/arm-id.ts';
import { createVmPartId, type CreateVmPart } from '../create-vm/plan.ts';
import type { Part } from '../parts.ts';
import type { Networks } from './found.ts';
import type { RestoreDisksPart } from './plan.ts';

/** What the new VM is called, and the id of the subnet that it joins. */
export type Machine = { readonly name: string; readonly subnet: string };

type Chosen = {
  readonly target?: { readonly make: 'disks' | 'vm' };
  readonly networks?: Networks;
  readonly machine?: Machine;
};

/** Points of before have no template of a VM (Microsoft's documentation of 2017). */
const firstTemplate = Date.parse('2017-04-26T00:00:00Z');

/** Whether a template comes with a point of that time. */
export function hasTemplate(time: string): boolean {
  return Date.parse(time) >= firstTemplate;
}

/** Azure's rule for the name of a VM, as far as both systems share it. */
const allowed = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_])?$/i;

/** What keeps a name from being taken; null: nothing. */
export function wrongName(name: string, { taken }: Networks): 'bad-vm-name' | 'vm-name-taken' | null {
  if (!allowed.test(name)) return 'bad-vm-name';
  return taken.includes(name.toLowerCase()) ? 'vm-name-taken' : null;
}

/** What is proposed where nobody has named it yet. */
export function proposedName(name: string): string {
  return `${name.slice(0, 55)}-restored`;
}

/**
 * What comes after the disks: the VM, the look at it, and the files away; none where only the disks are wanted; null
 * while something is not chosen.
 */
export function machineParts(disks: RestoreDisksPart, { target, networks, machine }: Chosen): readonly Part[] | null {
  if (target?.make !== 'vm') return [];
  const subnet = networks?.subnets.find(({ id }) => machine && sameId(id, machine.subnet));
  if (!networks || !machine || !subnet || wrongName(machine.name, networks) !== null) return null;
  const { vm, keyVaults, ref, vaultName, targetGroup, staging, point } = disks;
  const about = { after: [], vm, keyVaults, ref, vaultName };
  const made = { targetGroup, name: machine.name };
  const { id, network, name } = subnet;
  const createVm: CreateVmPart = {
    ...about,
    ...made,
    id: createVmPartId,
    does: 'create-vm',
    subnet: { id, network, name },
  };
  const push = { ...about, ...made, id: 'push-ade', does: 'push-ade-extension' } as const;
  return [
    createVm,
    ...(point.encrypted === false ? [] : [push]),
    { ...about, ...made, id: 'check-vm', does: 'check-vm', encrypted: point.encrypted },
    { ...about, id: 'clean-up', does: 'clean-up-staging', staging, newVm: machine.name, from: null },
  ];
}
