import type { ComputeEffect } from '../state/effects.ts';
import type { ComputeOperationSpec, DiskSpec, ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import type { World } from '../state/world.ts';
import { makerOf } from '../deployments/makers.ts';
import { goOn } from '../deployments/run.ts';
import { diskId, keyVaultId, same } from '../ids.ts';
import { unlocks } from '../keyvault/encryption-info.ts';
import { stamp } from '../times.ts';
import { takeAway } from '../compute/delete-resource.ts';
import { diskOf, findVm } from '../state/find.ts';

/** Carries out the scheduled effects of Compute and of deployments. */
export function settleCompute(world: World, effect: ComputeEffect): void {
  switch (effect.kind) {
    case 'deployment-goes-on':
      return goOn(world, effect.correlationId);
    case 'resource-made':
      makerOf(effect.resource).end(world, effect.resource);
      return endOperation(world, effect.operationId);
    case 'disk-changed':
      return changeDisk(world, effect);
    case 'resource-gone':
      takeAway(world, effect.resource);
      return endOperation(world, effect.operationId);
    case 'extension-ends':
      return endExtension(world, effect);
    case 'power-changed':
      return changePower(world, effect);
    case 'agent-answers':
      return answer(world, effect.vmId);
    default:
      return effect satisfies never;
  }
}

function changeDisk(world: World, effect: Extract<ComputeEffect, { kind: 'disk-changed' }>): void {
  const disk = world.state.disks.find((one) => same(diskId(one), effect.diskId));
  if (disk && effect.ade) disk.ade = effect.ade;
  else delete disk?.ade;
  endOperation(world, effect.operationId);
}

/** Whatever brings a VM into another state also ends the failure of an earlier one: that is what `reapply` is for. */
function changePower(world: World, { operationId, vmId, power }: Extract<ComputeEffect, { kind: 'power-changed' }>) {
  const vm = findVm(world, vmId);
  if (vm) Object.assign(vm, { power, provisioning: 'Succeeded' });
  endOperation(world, operationId);
}

/**
 * The agent of a new VM responds once the OS has started, which it can't while a disk is locked. Azure restores the
 * settings of Azure Disk Encryption by itself on Windows, for up to 16 disks and 4 TB.
 */
function answer(world: World, id: string): void {
  const vm = findVm(world, id);
  if (vm?.power !== 'running') return;
  const disks = vm.disks.flatMap((disk) => diskOf(world.state, disk) ?? []);
  if (!isOpen(world, vm, disks)) return;
  vm.agent = 'ready';
  const small = disks.length <= 16 && disks.reduce((sum, disk) => sum + disk.sizeGiB, 0) <= 4096;
  if (vm.os === 'Windows' && small && disks[0]?.ade) vm.adeState = 'encrypted';
}

/** With an Entra application the VM names the keys, and its data disks open once the extension is pushed. */
function isOpen({ state }: World, { dualPass }: VmSpec, disks: readonly DiskSpec[]): boolean {
  const [os] = disks;
  if (dualPass && os) return unlocks(state, { ...os, ade: { ...dualPass, settingsVersion: '1.0' } });
  return disks.every((disk) => unlocks(state, disk));
}

function endExtension(world: World, effect: Extract<ComputeEffect, { kind: 'extension-ends' }>): void {
  const vm = findVm(world, effect.vmId);
  const extension = vm?.extensions.find((one) => same(one.name, effect.name));
  if (!vm || !extension) return;
  const error = problemOf(world, vm, extension);
  extension.state = error ? 'Failed' : 'Succeeded';
  if (!error && effect.isNew) settleEncryption(world, vm, extension);
  endOperation(world, effect.operationId, error);
}

/** Disabling is a PUT of the extension too (azure-cli, test_vm_disk_encryption_e2e): the disks lose their settings. */
function settleEncryption({ state }: World, vm: VmSpec, { settings }: ExtensionSpec): void {
  const disks = vm.disks.flatMap((disk) => diskOf(state, disk) ?? []);
  if (settings?.EncryptionOperation === 'DisableEncryption') {
    for (const disk of disks) delete disk.ade;
    vm.adeState = 'none';
  } else if (disks.some(({ ade }) => ade)) vm.adeState = 'encrypted';
}

function problemOf(world: World, vm: VmSpec, { name, settings }: ExtensionSpec): ComputeOperationSpec['error'] {
  if (vm.agent !== 'ready') {
    const linked = `https://aka.ms/vmextension${vm.os.toLowerCase()}troubleshoot`;
    const message = `VM '${vm.name}' has not reported status for VM agent or extensions. Verify that the OS is up and healthy, the VM has a running VM agent, and that it can establish outbound connections to Azure storage. Please refer to ${linked} for additional VM agent troubleshooting information.`;
    return { code: 'VMAgentStatusCommunicationError', message };
  }
  const wanted = [settings?.KeyVaultResourceId, settings?.KekVaultResourceId].filter(
    (id) => typeof id === 'string' && id,
  );
  const closed = wanted.find(
    (id) => !world.state.keyVaults.some((one) => same(keyVaultId(one), String(id)) && one.enabledForDiskEncryption),
  );
  if (closed === undefined) return undefined;
  // The extension's own wording isn't recorded.
  const message = `VM has reported a failure when processing extension '${name}'. Error message: "Key vault '${String(closed)}' is not there or is not enabled for disk encryption."`;
  return { code: 'VMExtensionProvisioningError', message };
}

function endOperation(world: World, id: string | undefined, error?: ComputeOperationSpec['error']): void {
  const operation = world.state.computeOperations.find((one) => one.id === id);
  if (operation) Object.assign(operation, { end: stamp(world.now()), ...(error ? { error } : {}) });
}
