import type { JsonBody } from '../json.ts';
import type { SimState } from '../state/state.ts';
import type { AttachedDiskSpec, ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import { offsetTime } from '../times.ts';
import { encryptionKeys } from './disk-body.ts';
import { diskOf } from '../state/find.ts';

/** A VM's current state. For a VM that is off hardly anything is known: no agent, no extensions, no encryption. */
export function instanceView(state: SimState, vm: VmSpec): JsonBody {
  const time = offsetTime(vm.created);
  const running = vm.power === 'running' && vm.provisioning !== 'Creating';
  return {
    ...(running && vm.agent === 'ready' ? guest(vm) : {}),
    ...(running && vm.agent !== 'absent' ? { vmAgent: agent(vm, time) } : {}),
    disks: vm.disks.map((disk) => ({
      name: disk.name,
      ...(running ? encryption(state, vm, disk) : {}),
      statuses: diskStatuses(state, vm, { disk, time }),
    })),
    ...(running && vm.extensions.length > 0 ? { extensions: vm.extensions.map((one) => extensionView(vm, one)) } : {}),
    hyperVGeneration: 'V2',
    statuses: [provisioning(vm, time), ...(vm.provisioning === 'Creating' ? [] : [power(vm)])],
  };
}

function guest(vm: VmSpec): JsonBody {
  return vm.os === 'Windows'
    ? { computerName: vm.name, osName: 'Windows Server 2022 Datacenter', osVersion: '10.0.20348.4405' }
    : { computerName: vm.name, osName: 'ubuntu', osVersion: '24.04' };
}

function agent(vm: VmSpec, time: string): JsonBody {
  if (vm.agent === 'notReady') {
    const message = 'VM status blob is found but not yet populated.';
    const status = {
      code: 'ProvisioningState/Unavailable',
      level: 'Warning',
      displayStatus: 'Not Ready',
      message,
      time,
    };
    return { vmAgentVersion: 'Unknown', statuses: [status] };
  }
  const message =
    vm.os === 'Windows' ? 'GuestAgent is running and processing the extensions.' : 'Guest Agent is running';
  return {
    vmAgentVersion: vm.os === 'Windows' ? '2.7.41491.1183' : '2.11.1.12',
    statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready', message, time }],
    extensionHandlers: vm.extensions.map((one) => ({
      type: `${one.publisher}.${one.type}`,
      typeHandlerVersion: one.runtimeVersion,
      status: { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Ready' },
    })),
  };
}

function encryption(state: SimState, vm: VmSpec, disk: AttachedDiskSpec): JsonBody {
  const ade = diskOf(state, disk)?.ade ?? (disk.role === 'os' ? vm.dualPass : undefined);
  return ade ? { encryptionSettings: [{ enabled: true, ...encryptionKeys(ade) }] } : {};
}

function diskStatuses(state: SimState, vm: VmSpec, shown: { disk: AttachedDiskSpec; time: string }): JsonBody[] {
  const { disk, time } = shown;
  const made = { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', time };
  const encrypted = vm.adeState === 'encrypted' && vm.power === 'running' && (diskOf(state, disk)?.ade ?? vm.dualPass);
  if (!encrypted) return [made];
  return [made, { code: 'EncryptionState/encrypted', level: 'Info', displayStatus: 'Encryption is enabled on disk' }];
}

/** An extension's own status; one still at work has reported nothing yet. */
export function extensionView(vm: VmSpec, extension: ExtensionSpec): JsonBody {
  const type = `${extension.publisher}.${extension.type}`;
  const ade = extension.type.startsWith('AzureDiskEncryption');
  if (extension.state === 'Creating' || extension.state === 'Updating') return { name: extension.name, type };
  const ended = extension.state === 'Succeeded' ? 'succeeded' : 'failed';
  const text = { level: ended === 'failed' ? 'Error' : 'Info', displayStatus: `Provisioning ${ended}` };
  return {
    name: extension.name,
    type,
    typeHandlerVersion: extension.runtimeVersion,
    ...(ade ? { substatuses: [substatus(vm)] } : {}),
    statuses: [{ code: `ProvisioningState/${ended}`, ...text, message: `[${extension.runtimeVersion}] ` }],
  };
}

/** The encryption status is JSON inside a text, worded as the extension words it. */
function substatus(vm: VmSpec): JsonBody {
  const words = {
    none: 'NotEncrypted',
    encrypted: 'Encrypted',
    encrypting: 'EncryptionInProgress',
    restartPending: 'VMRestartPending',
    failed: 'Unknown',
  }[vm.adeState];
  const component = vm.os === 'Windows' ? 'BitlockerExtension' : 'Microsoft.Azure.Security.AzureDiskEncryptionForLinux';
  return {
    code: `ComponentStatus/${component}/succeeded`,
    level: 'Info',
    displayStatus: 'Provisioning succeeded',
    message: `{"os": "${words}", "data": "${words}"}`,
  };
}

function provisioning(vm: VmSpec, time: string): JsonBody {
  switch (vm.provisioning) {
    case 'Succeeded':
      return { code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: 'Provisioning succeeded', time };
    case 'Failed':
      return { code: 'ProvisioningState/failed', level: 'Error', displayStatus: 'Provisioning failed', time };
    case 'Creating':
      return { code: 'ProvisioningState/creating', level: 'Info', displayStatus: 'Creating' };
    case 'Deleting':
      return { code: 'ProvisioningState/deleting', level: 'Info', displayStatus: 'Deleting' };
    case 'Updating':
      return { code: 'ProvisioningState/updating', level: 'Info', displayStatus: 'Updating' };
  }
}

function power(vm: VmSpec): JsonBody {
  const words = { running: 'VM running', stopped: 'VM stopped', deallocated: 'VM deallocated' }[vm.power];
  return { code: `PowerState/${vm.power}`, level: 'Info', displayStatus: words };
}
