/** The VM that is created from the restored disks, as chosen. Pure. */
import { z } from 'zod';
import { sameId } from '../../../core/arm-id.ts';
import { refuse, type Refusal } from '../../../core/refusal.ts';
import type { Parsed } from '../../../dialog/flow.ts';
import type { Shortage } from '../../../readiness/restores/core-quota.ts';
import { isOfAdeSeries } from '../../../readiness/restores/vm-sizes.ts';
import type { CleanUpPart } from '../../parts/clean-up-staging.ts';
import { createVmPartId, type CreateVmPart } from '../../parts/create-vm.ts';
import type { Part } from '../../parts/parts.ts';
import type { Networks, Subnet } from './found.ts';
import type { RestoreDisksPart } from '../../parts/restore-disks.ts';

/** The new VM's name, the ID of the subnet that it joins, and its size; absent: the one that it had. */
export type Machine = { readonly name: string; readonly subnet: string; readonly size?: string | undefined };

/** The value that stands for the VM's old size among the choices. */
export const sizeOfBackup = 'as-backed-up';

type Chosen = {
  readonly target?: { readonly make: 'disks' | 'vm' };
  readonly networks?: Networks;
  readonly machine?: Machine;
};

/** Earlier points have no VM template (Microsoft's documentation of 2017). */
const firstTemplate = Date.parse('2017-04-26T00:00:00Z');

/** Whether a template comes with a point of that time. */
export function hasTemplate(time: string): boolean {
  return Date.parse(time) >= firstTemplate;
}

/** Azure's rule for a VM's name, limited to what both systems allow. */
const allowed = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9_])?$/i;

/** Why a name can't be used; null: it can. */
function wrongName(name: string, { taken }: Networks): 'bad-vm-name' | 'vm-name-taken' | null {
  if (!allowed.test(name)) return 'bad-vm-name';
  return taken.includes(name.toLowerCase()) ? 'vm-name-taken' : null;
}

/** Whether a VM can be created in a size; undefined: the one that it had. */
function isOffered(size: string | undefined, { sizes }: Networks): boolean {
  if (size === undefined) return sizes?.hasWas !== false;
  return sizes?.others.some(({ name }) => name === size) === true;
}

/** Whether the disks are encrypted by Azure Disk Encryption and the size can't support it. */
function isWithoutAde(size: string, { sizes }: Networks): boolean {
  if (!sizes?.tooSmallForAde || size === sizeOfBackup) return false;
  return !isOfAdeSeries(size) || sizes.tooSmallForAde.includes(size);
}

const machineInput = z
  .strictObject({ name: z.string().trim(), subnet: z.string(), size: z.string().optional() })
  .transform(({ size, ...rest }): Machine => (size === undefined || size === sizeOfBackup ? rest : { ...rest, size }));

/** A VM as it was sent; null: it isn't one. */
export function readMachine(input: unknown): Machine | null {
  return machineInput.safeParse(input).data ?? null;
}

/** A field of the VM that no longer fits, and why. */
type Misfit = { readonly field: keyof Machine; readonly why: Refusal };

/** The fields of a VM that don't fit, and why. */
export function misfits({ name, subnet: id, size }: Machine, networks: Networks): readonly Misfit[] {
  const subnet = networks.subnets.find((one) => one.id === id);
  const full = subnet && isFull(subnet) ? { subnet: `${subnet.network}/${subnet.name}` } : null;
  const wrong = wrongName(name, networks);
  const isAdeSize = size === undefined || !isWithoutAde(size, networks);
  return [
    ...(subnet ? [] : [{ field: 'subnet' as const, why: refuse('not-offered') }]),
    ...(full ? [{ field: 'subnet' as const, why: refuse('subnet-full', full) }] : []),
    ...(isAdeSize ? [] : [{ field: 'size' as const, why: refuse('size-without-ade', { size }) }]),
    ...(isAdeSize && !isOffered(size, networks) ? [{ field: 'size' as const, why: refuse('not-offered') }] : []),
    ...(wrong === null ? [] : [{ field: 'name' as const, why: refuse(wrong) }]),
  ];
}

/** The VM as it was sent, or why it can't be used. */
export function parseMachine(input: unknown, networks: Networks): Parsed {
  const machine = readMachine(input);
  if (!machine) return refuse('not-offered');
  const [first] = misfits(machine, networks);
  return first ? first.why : { value: machine };
}

/** Whether a subnet has no address left for an interface; if Azure doesn't say, it is tried. */
export function isFull({ free }: Subnet): boolean {
  return free === 0;
}

/** What the vCPU quotas say about a VM in the chosen size; null: they have room for it. */
export function coresToTell(
  { size }: Machine,
  { sizes }: Networks,
): { size: string | null; short: Shortage | null } | null {
  const other = sizes?.others.find(({ name }) => name === size);
  const room = (size === undefined ? sizes?.wasRoom : other?.room) ?? 'unknown';
  if (room === 'enough') return null;
  return { size: size ?? sizes?.was ?? null, short: room === 'unknown' ? null : room };
}

/** The proposal if it hasn't been named yet. */
export function proposedName(name: string): string {
  return `${name.slice(0, 55)}-restored`;
}

/**
 * The restore, and what comes after it: the VM, its check, and deleting the files (if `direct`, Azure Backup creates
 * the VM itself); the disks alone if only they are wanted; null if something isn't chosen. `keys` come between disks
 * and VM.
 */
export function machineParts(
  disks: RestoreDisksPart,
  { target, networks, machine }: Chosen,
  { direct, keys }: { readonly direct: boolean; readonly keys: readonly Part[] },
): readonly Part[] | null {
  if (target?.make !== 'vm') return [disks, ...keys];
  const subnet = networks?.subnets.find(({ id }) => machine && sameId(id, machine.subnet));
  if (!networks || !machine || !subnet || misfits(machine, networks).length > 0) return null;
  const { vm, keyVaults, ref, vaultName, targetGroup, staging, point } = disks;
  const about = { after: [], vm, keyVaults, ref, vaultName };
  const made = { targetGroup, name: machine.name };
  const { id, network, name } = subnet;
  const at = { ...made, subnet: { id, network, name } };
  const checkVm: Part = { ...about, ...made, id: 'check-vm', does: 'check-vm', encrypted: point.encrypted };
  const cleanUp: CleanUpPart = {
    ...about,
    id: 'clean-up',
    does: 'clean-up-staging',
    staging,
    newVm: machine.name,
    from: null,
  };
  if (direct) return [{ ...disks, ...at, does: 'restore-vm' }, checkVm, { ...cleanUp, ifAny: true }];
  const push: Part = { ...about, ...made, id: 'push-ade', does: 'push-ade-extension' };
  return [
    disks,
    ...keys,
    {
      ...{ ...about, ...at, ...sizeIn(machine, networks), id: createVmPartId, does: 'create-vm' },
      by: hasTemplate(point.time) ? 'template' : 'calls',
    },
    ...(point.encrypted === false ? [] : [push]),
    checkVm,
    cleanUp,
  ];
}

/** The chosen size, with how many disks it takes and the one that it replaces; none: the one that it had. */
function sizeIn({ size }: Machine, { sizes }: Networks): Pick<CreateVmPart, 'size'> {
  const found = sizes?.others.find(({ name }) => name === size);
  if (!found || !sizes) return {};
  return { size: { name: found.name, was: sizes.was, maxDataDisks: found.maxDataDisks } };
}
