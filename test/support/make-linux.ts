import type { BotAzure } from './bot-azure.ts';

/** Makes a VM, and its backups, Linux. */
export async function makeLinux(azure: BotAzure, name: string): Promise<void> {
  const { vms, disks, items } = await azure.state('vms', 'disks', 'items');
  const linux = <T extends { readonly os?: 'Windows' | 'Linux' }>(one: T): T => ({ ...one, os: 'Linux' });
  const isOf = ({ managedBy }: { readonly managedBy?: string }) => managedBy?.endsWith(`/${name}`) === true;
  await azure.change({
    vms: vms.map((vm) => (vm.name === name ? linux(vm) : vm)),
    disks: disks.map((disk) => (isOf(disk) && disk.os ? linux(disk) : disk)),
    items: items.map((item) => {
      const { machine } = item;
      if (machine?.vm.name !== name) return item;
      const own = machine.disks.map((disk) => (disk.os ? linux(disk) : disk));
      return { ...item, machine: { vm: linux(machine.vm), disks: own } };
    }),
  });
}
