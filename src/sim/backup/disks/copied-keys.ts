import type { CopiedKeys, ItemSpec, KeyHome, PointSpec } from '../../state/state-backup.ts';
import type { AttachedDiskSpec, VmSpec } from '../../state/state-compute.ts';
import type { SimState } from '../../state/state.ts';
import type { VaultObject } from '../../state/state-keyvault.ts';
import { isTaken } from './taken-disks.ts';
import { diskOf } from '../../state/find.ts';
import { keyVaultId, same } from '../../ids.ts';

/** What a backup made now copies of the keys of a VM's disks; nothing if none is encrypted. */
export function copiedKeys(
  state: SimState,
  vm: VmSpec,
  exclusion?: ItemSpec['diskExclusion'],
): Pick<PointSpec, 'copiedKeys'> {
  const found = vm.disks.filter((disk) => isTaken(disk, exclusion)).flatMap((disk) => copyOf(state, vm, disk));
  return found.length > 0 ? { copiedKeys: found } : {};
}

/** With an Entra application the VM's model has the settings, of its OS disk alone. */
function copyOf(state: SimState, vm: VmSpec, attached: AttachedDiskSpec): CopiedKeys[] {
  const { ade: own, bek } = diskOf(state, attached) ?? {};
  const ade = own ?? (vm.dualPass && attached.role === 'os' ? { ...vm.dualPass, settingsVersion: '1.0' } : undefined);
  if (!ade || bek === undefined) return [];
  const secret = objectAt(state, 'secrets', { vaultId: ade.secretVaultId, url: ade.secretUrl });
  const key = ade.keyUrl ? objectAt(state, 'keys', { vaultId: ade.keyVaultId, url: ade.keyUrl }) : undefined;
  if (!secret || (ade.keyUrl && !key)) return [];
  const lun = attached.role === 'os' ? -1 : attached.lun;
  return [{ lun, name: attached.name, bek, ade: { ...ade }, secret, ...(key ? { key } : {}) }];
}

function objectAt(
  state: SimState,
  kind: 'keys' | 'secrets',
  at: { vaultId: string | undefined; url: string },
): { from: KeyHome; object: VaultObject } | undefined {
  const vault = state.keyVaults.find((known) => same(keyVaultId(known), at.vaultId));
  const object = vault?.[kind].find((known) => same(known.name, at.url.split('/').at(-2)));
  if (!vault || !object) return undefined;
  const { subscription, location, name } = vault;
  return { from: { subscription, location, name }, object: structuredClone(object) };
}
