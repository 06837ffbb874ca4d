import type { Call } from '../http/call.ts';
import { ArmRefusal, type Reply } from '../http/reply.ts';
import type { AdeKeys, DiskSpec } from '../state/state-compute.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { later } from '../state/later.ts';
import { diskId } from '../ids.ts';
import { field, part, textField, type JsonBody } from '../json.ts';
import { span } from '../state/world.ts';
import { computeHeaders, startComputeOperation } from './compute-operations.ts';
import { diskBody } from './disk-body.ts';

/**
 * Changes where a disk's keys are, the only change of a disk that is simulated: 202 and a call to follow, as recorded
 * for other writes of disks; a PATCH with these settings isn't.
 */
export function patchDisk(call: Call, disk: DiskSpec): Reply {
  const ade = settingsIn(call.body);
  const scope = diskId(disk);
  for (const on of [ade?.secretVaultId, ade?.keyVaultId]) {
    const needs = ['Microsoft.KeyVault/vaults/deploy/action'];
    if (on !== undefined) enforceLinked(call, { action: 'Microsoft.Compute/disks/write', scope, needs, on });
  }
  const operation = startComputeOperation(call, { location: disk.location, kind: 'DiskOperations' });
  const operationId = operation.id;
  later(call.world, span(call.world, 2, 6), { kind: 'disk-changed', operationId, diskId: scope, ade });
  const { properties, ...rest } = diskBody(disk);
  const body = { ...rest, properties: { ...(properties as JsonBody), provisioningState: 'Updating' } };
  return { status: 202, headers: computeHeaders(call, operation), body, limit: 'compute' };
}

/** The settings in a body; null: encryption is disabled. */
function settingsIn(body: unknown): DiskSpec['ade'] | null {
  const asked = part(body, 'properties', 'encryptionSettingsCollection');
  const enabled = field(asked, 'enabled');
  if (typeof enabled !== 'boolean') {
    throw missing('encryptionSettingsCollection.enabled', ' (The simulator changes nothing else of a disk.)');
  }
  if (!enabled) return null;
  const all = field(asked, 'encryptionSettings');
  const [first, ...others] = Array.isArray(all) ? (all as unknown[]) : [];
  if (others.length > 0) throw missing('encryptionSettings', ' (The simulator keeps the keys of one volume.)');
  return { ...keysIn(first), settingsVersion: textField(asked, 'encryptionSettingsVersion') ?? '1.0' };
}

function keysIn(settings: unknown): AdeKeys {
  const secretUrl = textField(field(settings, 'diskEncryptionKey'), 'secretUrl');
  const secretVaultId = textField(part(settings, 'diskEncryptionKey', 'sourceVault'), 'id');
  if (!secretUrl) throw missing('diskEncryptionKey.secretUrl');
  if (!secretVaultId) throw missing('diskEncryptionKey.sourceVault.id');
  if (!field(settings, 'keyEncryptionKey')) return { secretUrl, secretVaultId };
  const keyUrl = textField(field(settings, 'keyEncryptionKey'), 'keyUrl');
  const keyVaultId = textField(part(settings, 'keyEncryptionKey', 'sourceVault'), 'id');
  if (!keyUrl) throw missing('keyEncryptionKey.keyUrl');
  if (!keyVaultId) throw missing('keyEncryptionKey.sourceVault.id');
  return { secretUrl, secretVaultId, keyUrl, keyVaultId };
}

function missing(name: string, note = ''): ArmRefusal {
  return new ArmRefusal(400, 'InvalidParameter', `Required parameter '${name}' is missing (null).${note}`);
}
