import type { VmEntry } from '../azure/gateway.ts';
import { inventoryOf } from '../store/inventory.ts';
import type { Deps } from './deps.ts';
import type { Suggest } from './port.ts';

/** Answers a type-ahead from the inventory only, so that it comes within the time that a client waits. */
export function suggester(deps: Deps): Suggest {
  return async ({ dataset, text, limit }) => {
    if (dataset !== 'vms') return [];
    const vms = (await inventoryOf(deps.database.db, 'vm')) as VmEntry[];
    const wanted = text.toLowerCase();
    const fitting = vms.filter((vm) => vm.name.toLowerCase().includes(wanted));
    return fitting.slice(0, limit).map((vm) => ({ title: `${vm.resourceGroup}/${vm.name}`, value: vm.id }));
  };
}
