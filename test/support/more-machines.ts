import type { BotAzure } from './bot-azure.ts';

/**
 * Adds `count` VMs to the estate that are like another one: vm-plain-01 is unencrypted, unprotected and ready to be
 * backed up. If the other is protected, so are they. Resolves with their names.
 */
export async function addMachines(azure: BotAzure, count: number, like = 'vm-plain-01'): Promise<string[]> {
  const { vms, disks, items } = await azure.state('vms', 'disks', 'items');
  const model = vms.find(({ name }) => name === like)!;
  const protectedBy = items.filter(({ vmGuid }) => vmGuid === model.vmId);
  const own = disks.filter((disk) => model.disks.some(({ diskId }) => diskId?.endsWith(`/${disk.name}`)));
  const names = Array.from({ length: count }, (_, n) => `vm-more-${String(n + 1).padStart(2, '0')}`);
  const renamed = <T>(value: T, name: string): T => JSON.parse(JSON.stringify(value).replaceAll(like, name)) as T;
  await azure.change({
    vms: [...vms, ...names.map((name, n) => ({ ...renamed(model, name), vmId: guid(n) }))],
    disks: [...disks, ...names.flatMap((name) => own.map((disk) => renamed(disk, name)))],
    items: [
      ...items,
      ...names.flatMap((name, n) => protectedBy.map((item) => ({ ...renamed(item, name), vmGuid: guid(n) }))),
    ],
  });
  return names;
}

function guid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
