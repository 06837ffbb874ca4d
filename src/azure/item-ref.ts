import { armId } from '../core/arm-id.ts';
import type { ItemRef } from './facts.ts';

/**
 * Where the item of a VM is in a Recovery Services vault. Azure builds both names from the VM's group and name, so the
 * place of an item is known before it exists. Group and name keep the case of `vmId`; Azure compares them without.
 */
export function itemRefOf(vmId: string, vaultId: string): ItemRef {
  const vm = armId(vmId);
  const tail = `iaasvmcontainerv2;${vm.resourceGroup};${vm.name}`;
  return { vaultId, container: `IaasVMContainer;${tail}`, item: `VM;${tail}` };
}

/** `VM;iaasvmcontainerv2;rg;vm` and `iaasvmcontainerv2;rg;vm` name the same machine. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/^(vm|iaasvmcontainer);/, '');
}
