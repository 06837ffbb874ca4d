import type { BotAzure } from './bot-azure.ts';

/**
 * Adds `count` machines to the estate that are like vm-plain-01: without encryption, protected by nobody, ready to be
 * backed up. Resolves with their names.
 */
export async function addMachines(azure: BotAzure, count: number): Promise<string[]> {
  const { vms, disks } = await azure.state();
  const model = vms.find(({ name }) => name === 'vm-plain-01')!;
  const own = disks.filter((disk) => model.disks.some(({ diskId }) => diskId?.endsWith(`/${disk.name}`)));
  const names = Array.from({ length: count }, (_, n) => `vm-more-${String(n + 1).padStart(2, '0')}`);
  const renamed = <T>(value: T, name: string): T =>
    JSON.parse(JSON.stringify(value).replaceAll('vm-plain-01', name)) as T;
  await azure.change({
    vms: [...vms, ...names.map((name, n) => ({ ...renamed(model, name), vmId: guid(n) }))],
    disks: [...disks, ...names.flatMap((name) => own.map((disk) => renamed(disk, name)))],
  });
  return names;
}

function guid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
