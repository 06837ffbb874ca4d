import type { DataDisk, InstanceViewStatus, OSDisk, VirtualMachine } from '@azure/arm-compute';
import type { AttachedDisk, VmFacts } from '../../facts.ts';
import { timeOrNull } from './azure-times.ts';
import { idOf, listOf, numberOrNull, required, tagsOf, wordOrNull } from './azure-values.ts';
import { diskKeys, type KeyReferences } from './disk-keys.ts';
import { extensionsOf } from './vm-extensions.ts';

/** A VM with its instance view as the product sees it. */
export function vmFacts(vm: VirtualMachine): VmFacts {
  const { id, name, resourceGroup, subscription } = idOf(vm.id);
  return {
    id,
    name,
    resourceGroup,
    subscription,
    region: required(vm.location, 'location'),
    extendedZone: vm.extendedLocation?.type === 'EdgeZone' ? wordOrNull(vm.extendedLocation.name) : null,
    size: wordOrNull(vm.hardwareProfile?.vmSize),
    vmId: wordOrNull(vm.vmId),
    created: timeOrNull(vm.timeCreated),
    tags: tagsOf(vm.tags),
    os: osOf(vm),
    provisioningState: wordOrNull(vm.provisioningState),
    powerState: codeStarting('PowerState/', vm.instanceView?.statuses),
    agent: agentOf(vm),
    extensionsAllowed: vm.osProfile?.allowExtensionOperations ?? null,
    extensions: extensionsOf(vm),
    ...securityOf(vm),
    interfaceIds: interfaceIdsOf(vm),
    disks: disksOf(vm),
  };
}

function osOf(vm: VirtualMachine): VmFacts['os'] {
  const os = vm.storageProfile?.osDisk?.osType;
  return os === 'Windows' || os === 'Linux' ? os : null;
}

function agentOf({ instanceView }: VirtualMachine): VmFacts['agent'] {
  const agent = instanceView?.vmAgent;
  if (!agent) return null;
  const [status] = listOf(agent.statuses);
  return { status: wordOrNull(status?.displayStatus ?? status?.code), version: wordOrNull(agent.vmAgentVersion) };
}

function securityOf({ securityProfile: profile }: VirtualMachine) {
  return {
    securityType: wordOrNull(profile?.securityType),
    encryptionAtHost: profile?.encryptionAtHost ?? false,
    encryptionIdentity: wordOrNull(profile?.encryptionIdentity?.userAssignedIdentityResourceId) !== null,
  };
}

function interfaceIdsOf({ networkProfile }: VirtualMachine): readonly string[] {
  const all = listOf(networkProfile?.networkInterfaces);
  return all.toSorted((a, b) => Number(b.primary ?? false) - Number(a.primary ?? false)).flatMap(({ id }) => id ?? []);
}

function disksOf(vm: VirtualMachine): readonly AttachedDisk[] {
  const { osDisk, dataDisks } = vm.storageProfile ?? {};
  const data = listOf(dataDisks).map((disk) => attached('data', disk, vm));
  return osDisk ? [attached('os', osDisk, vm), ...data] : data;
}

// Only the OS disk of the model can have settings; both kinds are read through their common shape.
function attached(
  role: AttachedDisk['role'],
  disk: Partial<OSDisk & Pick<DataDisk, 'lun'>>,
  vm: VirtualMachine,
): AttachedDisk {
  const view = listOf(vm.instanceView?.disks).find(({ name }) => name === disk.name);
  const model = disk.encryptionSettings;
  return {
    role,
    name: disk.name ?? '',
    id: wordOrNull(disk.managedDisk?.id),
    lun: numberOrNull(disk.lun),
    unmanaged: !disk.managedDisk && Boolean(disk.vhd),
    ephemeral: disk.diffDiskSettings?.option === 'Local',
    writeAccelerator: disk.writeAcceleratorEnabled ?? false,
    sizeGiB: numberOrNull(disk.diskSizeGB),
    modelAde: model && isOn(model) ? diskKeys(model) : null,
    viewAde: listOf(view?.encryptionSettings).filter(isOn).map(diskKeys),
    encryptionState: codeStarting('EncryptionState/', view?.statuses),
  };
}

// A decrypted VM keeps its settings with `enabled` false.
function isOn(settings: KeyReferences & { enabled?: boolean }): boolean {
  return settings.enabled !== false;
}

function codeStarting(prefix: string, statuses: readonly InstanceViewStatus[] | undefined): string | null {
  return listOf(statuses).find(({ code }) => code?.startsWith(prefix))?.code ?? null;
}
