import type { Call } from '../http/call.ts';
import { ArmRefusal, type Reply } from '../http/reply.ts';
import type { ExtensionSpec, VmSpec } from '../state/state-compute.ts';
import { later } from '../state/later.ts';
import { same, vmId } from '../ids.ts';
import { field, textField } from '../json.ts';
import { span } from '../state/world.ts';
import { computeHeaders, startComputeOperation } from './compute-operations.ts';
import { extensionBody } from './vm-body.ts';

const PUBLISHER = 'Microsoft.Azure.Security';
const VERSIONS: Record<string, { version: string; runtimeVersion: string }> = {
  AzureDiskEncryption: { version: '2.2', runtimeVersion: '2.5.0.6' },
  AzureDiskEncryptionForLinux: { version: '1.1', runtimeVersion: '1.4.0.10' },
};

/** Puts an extension on a VM: 201 for a new one, otherwise 200, and a call to follow. */
export function putExtension(call: Call, vm: VmSpec): Reply {
  const name = call.params.extension ?? '';
  const properties = field(call.body, 'properties');
  const wanted = wantedExtension(name, properties);
  if (vm.power !== 'running')
    throw new ArmRefusal(409, 'OperationNotAllowed', 'Cannot modify extensions in the VM when the VM is not running.');
  const before = vm.extensions.find((one) => same(one.name, name));
  // Azure does nothing when the tag hasn't changed: the extension isn't run again.
  const isNew = wanted.forceUpdateTag === undefined || wanted.forceUpdateTag !== before?.forceUpdateTag;
  const extension: ExtensionSpec = { ...wanted, state: before ? 'Updating' : 'Creating' };
  vm.extensions = [...vm.extensions.filter((one) => one !== before), extension];
  const operation = startComputeOperation(call, { location: vm.location, kind: 'operations' });
  const ends = { kind: 'extension-ends' as const, operationId: operation.id, vmId: vmId(vm), name, isNew };
  // Recorded: two minutes and twenty seconds.
  later(call.world, span(call.world, 120, 180), ends);
  const status = before ? 200 : 201;
  // Recorded of the first time (azure-cli, test_vm_disk_encryption_e2e, 2025-11-16).
  const told: Record<string, string> = before ? {} : { 'azure-asyncnotification': 'Enabled' };
  const headers = { ...computeHeaders(call, operation), ...told };
  return { status, headers, body: extensionBody(vm, extension), limit: 'compute' };
}

function wantedExtension(name: string, properties: unknown): Omit<ExtensionSpec, 'state'> {
  const [publisher = '', type = '', version = ''] = ['publisher', 'type', 'typeHandlerVersion'].map(
    (wanted) => textField(properties, wanted) ?? '',
  );
  const known = same(publisher, PUBLISHER) && Object.hasOwn(VERSIONS, type) ? VERSIONS[type] : undefined;
  if (!known)
    throw new ArmRefusal(
      404,
      'ArtifactNotFound',
      `The VM extension with publisher '${publisher}' and type '${type}' could not be found. (The simulator has those of Azure Disk Encryption.)`,
    );
  if (known.version !== version)
    throw new ArmRefusal(
      404,
      'ArtifactVersionNotFound',
      `No version found in the artifact repository that satisfies the requested version '${version}' for VM extension with publisher '${publisher}' and type '${type}'.`,
    );
  const forceUpdateTag = textField(properties, 'forceUpdateTag');
  const settings = field(properties, 'settings');
  return {
    name,
    publisher,
    type,
    ...known,
    ...(forceUpdateTag === undefined ? {} : { forceUpdateTag }),
    ...(typeof settings === 'object' && settings !== null
      ? { settings: settings as NonNullable<ExtensionSpec['settings']> }
      : {}),
  };
}
