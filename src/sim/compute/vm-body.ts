import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import type { AttachedDiskSpec, ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import { interfaceId, same, vmId } from '../ids.ts';
import { offsetTime } from '../times.ts';
import { encryptionKeys } from './disk-body.ts';
import { diskOf } from '../state/find.ts';
import { instanceView } from './instance-view.ts';

/** From this api-version on a VM has an etag, its creation time, and its extensions in `resources`. */
const RICH = '2021-11-01';

type Asked = { readonly version: string; readonly instanceView: boolean };

/** A VM as Compute returns it in this api-version; with its instance view if requested. */
export function vmBody(state: SimState, vm: VmSpec, asked: Asked): JsonBody {
  const rich = asked.version >= RICH;
  return {
    name: vm.name,
    id: vmId(vm),
    type: 'Microsoft.Compute/virtualMachines',
    location: vm.location,
    tags: vm.tags,
    ...(vm.zones ? { zones: vm.zones } : {}),
    properties: {
      hardwareProfile: { vmSize: vm.size },
      provisioningState: vm.provisioning,
      vmId: vm.vmId,
      storageProfile: storageProfile(state, vm, rich),
      ...(vm.fromDisks ? {} : { osProfile: osProfile(vm, rich) }),
      ...securityProfile(vm),
      networkProfile: {
        networkInterfaces: (vm.interfaceIds ?? [interfaceId({ ...vm, name: `${vm.name}VMNic` })]).map((id) =>
          interfaceReference(state, id),
        ),
      },
      ...(asked.instanceView ? { instanceView: instanceView(state, vm) } : {}),
      ...(rich ? { timeCreated: offsetTime(vm.created) } : {}),
    },
    ...(asked.version >= '2024-03-01' ? { etag: '"2"' } : {}),
    ...(rich && vm.extensions.length > 0 ? { resources: vm.extensions.map((one) => extensionBody(vm, one)) } : {}),
  };
}

/** The same in a list, which names extensions by ID alone (TestVirtualMachineGetStatus of azure-powershell). */
export function listedVmBody(state: SimState, vm: VmSpec, asked: Asked): JsonBody {
  const { resources, ...body } = vmBody(state, vm, asked);
  if (!resources) return body;
  return { ...body, resources: vm.extensions.map(({ name }) => ({ id: `${vmId(vm)}/extensions/${name}` })) };
}

/**
 * The same in a list with `statusOnly=true`, documented as "run time status of all Virtual Machines". Which fields that
 * leaves isn't recorded; here it is the instance view, and what names the VM.
 */
export function statusBody(state: SimState, vm: VmSpec): JsonBody {
  const { name, id, type, location } = vmBody(state, vm, { version: '', instanceView: false });
  const { provisioning: provisioningState, vmId: guid } = vm;
  return {
    name,
    id,
    type,
    location,
    properties: { vmId: guid, provisioningState, instanceView: instanceView(state, vm) },
  };
}

/** A VM extension as a resource. */
export function extensionBody(vm: VmSpec, extension: ExtensionSpec): JsonBody {
  return {
    name: extension.name,
    id: `${vmId(vm)}/extensions/${extension.name}`,
    type: 'Microsoft.Compute/virtualMachines/extensions',
    location: vm.location,
    properties: {
      autoUpgradeMinorVersion: true,
      provisioningState: extension.state,
      publisher: extension.publisher,
      type: extension.type,
      typeHandlerVersion: extension.version,
      ...(extension.forceUpdateTag ? { forceUpdateTag: extension.forceUpdateTag } : {}),
      ...(extension.settings ? { settings: extension.settings } : {}),
    },
  };
}

/** With the option only where one was set; what Azure says without isn't recorded. */
function interfaceReference({ networkInterfaces }: SimState, id: string): JsonBody {
  const deleteOption = networkInterfaces.find((one) => same(interfaceId(one), id))?.deleteOption;
  return { id, ...(deleteOption ? { properties: { deleteOption } } : {}) };
}

function storageProfile(state: SimState, vm: VmSpec, rich: boolean): JsonBody {
  const os = vm.disks.find((disk) => disk.role === 'os');
  return {
    ...(vm.fromDisks ? {} : { imageReference: imageReference(vm) }),
    osDisk: {
      osType: vm.os,
      ...(os
        ? attachedBody(state, os, { createOption: vm.fromDisks ? 'Attach' : 'FromImage', caching: 'ReadWrite' })
        : {}),
      ...(vm.dualPass ? { encryptionSettings: { ...encryptionKeys(vm.dualPass), enabled: true } } : {}),
    },
    dataDisks: vm.disks
      .filter((disk) => disk.role === 'data')
      .map((disk) => ({
        lun: disk.lun,
        ...attachedBody(state, disk, { createOption: 'Attach', caching: 'None' }),
        toBeDetached: false,
      })),
    ...(rich ? { diskControllerType: 'SCSI' } : {}),
  };
}

function imageReference({ os }: VmSpec): JsonBody {
  const windows = os === 'Windows';
  return {
    publisher: windows ? 'MicrosoftWindowsServer' : 'Canonical',
    offer: windows ? 'WindowsServer' : 'ubuntu-24_04-lts',
    sku: windows ? '2022-datacenter-g2' : 'server',
    version: 'latest',
    exactVersion: windows ? '20348.4405.251112' : '24.04.202510010',
  };
}

function attachedBody(state: SimState, disk: AttachedDiskSpec, how: JsonBody): JsonBody {
  const managed = diskOf(state, disk);
  const place = disk.vhd
    ? { vhd: { uri: disk.vhd } }
    : {
        managedDisk: {
          storageAccountType: managed?.sku ?? 'Premium_LRS',
          ...(managed?.diskEncryptionSetId ? { diskEncryptionSet: { id: managed.diskEncryptionSetId } } : {}),
          id: disk.diskId,
        },
      };
  return {
    name: disk.name,
    ...how,
    ...(disk.caching ? { caching: disk.caching } : {}),
    ...place,
    deleteOption: disk.deleteOption ?? 'Detach',
    ...(managed ? { diskSizeGB: managed.sizeGiB } : {}),
  };
}

function osProfile(vm: VmSpec, rich: boolean): JsonBody {
  const patch = {
    patchSettings: {
      patchMode: vm.os === 'Windows' ? 'AutomaticByOS' : 'ImageDefault',
      assessmentMode: 'ImageDefault',
    },
  };
  const platform = rich ? { enableVMAgentPlatformUpdates: true } : {};
  const system =
    vm.os === 'Windows'
      ? { windowsConfiguration: { provisionVMAgent: true, enableAutomaticUpdates: true, ...patch, ...platform } }
      : { linuxConfiguration: { disablePasswordAuthentication: true, provisionVMAgent: true, ...patch, ...platform } };
  return {
    computerName: vm.name,
    adminUsername: 'contosoadmin',
    ...system,
    secrets: [],
    allowExtensionOperations: vm.extensionsAllowed,
    requireGuestProvisionSignal: true,
  };
}

function securityProfile(vm: VmSpec): JsonBody {
  const parts: JsonBody = {
    ...(vm.securityType
      ? { uefiSettings: { secureBootEnabled: true, vTpmEnabled: true }, securityType: vm.securityType }
      : {}),
    ...(vm.encryptionAtHost ? { encryptionAtHost: true } : {}),
    ...(vm.encryptionIdentity ? { encryptionIdentity: { userAssignedIdentityResourceId: vm.encryptionIdentity } } : {}),
  };
  return Object.keys(parts).length > 0 ? { securityProfile: parts } : {};
}
