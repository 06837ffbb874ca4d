/** Every VM of the estate to pick from, as typed in a command. */
import type { VmEntry } from '../../azure/gateway.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { sharedNames } from '../../core/vm-target.ts';
import type { Queries } from '../../store/database.ts';
import { inventoryOf } from '../../store/inventory.ts';

/** The type-ahead source of a list that searches all VMs. */
export const everyVm = 'vms';

/** All of them as last listed, by name; one that shares its name is typed with its group. */
export async function vmChoices(q: Queries): Promise<{ readonly title: string; readonly value: string }[]> {
  const listed = (await inventoryOf(q, 'vm')) as VmEntry[];
  const isShared = sharedNames(listed.map(({ name }) => name));
  return listed.map(({ id, name }) => {
    const group = parseArmId(id)?.resourceGroup;
    return { title: group ? `${name} · ${group}` : name, value: group && isShared(name) ? `${group}/${name}` : name };
  });
}
