import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { DeletedObject, KeyVaultSpec, ObjectVersion, VaultObject } from '../state/state-keyvault.ts';
import { ArmRefusal } from '../http/reply.ts';
import { same } from '../ids.ts';
import { textField } from '../json.ts';
import { newGuid, span } from '../state/world.ts';
import { stamp } from '../times.ts';
import { opened } from './backup-blob.ts';
import { objectUrl } from './secret-content.ts';

/** The two kinds of objects that the simulated data plane has. */
type Kind = 'keys' | 'secrets';

/** One call of the data plane to an existing key vault. */
export type ObjectCall = { readonly call: Call; readonly vault: KeyVaultSpec; readonly kind: Kind };

/** One version of a key or a secret. */
export type FoundObject = { readonly object: VaultObject; readonly version: ObjectVersion };

const secretInput = z.object({
  value: z.string(),
  contentType: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** The object that the path names; undefined if it doesn't exist, or while it is being recovered. */
export function objectNamed({ call, vault, kind }: ObjectCall): VaultObject | undefined {
  return vault[kind].find((one) => same(one.name, call.params.object) && !isComingBack(call, one));
}

/** As `objectNamed`, but throws Azure's 404. */
export function theObject(asked: ObjectCall): VaultObject {
  const found = objectNamed(asked);
  if (!found) throw notFound(asked.kind, asked.call.params.object ?? '');
  return found;
}

/** The version that the path names, or the newest. Throws Azure's 404. */
export function versionNamed(asked: ObjectCall): FoundObject {
  const object = theObject(asked);
  const { version: wanted } = asked.call.params;
  const version = wanted ? object.versions.find((one) => same(one.version, wanted)) : object.versions.at(-1);
  if (!version) throw notFound(asked.kind, `${object.name}/${wanted ?? ''}`);
  return { object, version };
}

/** The deleted object that the path names. Throws Azure's 404. */
export function deletedNamed({ call, vault, kind }: ObjectCall): DeletedObject {
  const found = deletedOf(vault, kind).find((one) => same(one.name, call.params.object));
  if (found) return found;
  const [code, word] = kind === 'keys' ? ['KeyNotFound', 'Key'] : ['SecretNotFound', 'Secret'];
  throw new ArmRefusal(404, code, `Deleted ${word} not found: ${call.params.object ?? ''}`);
}

/** What was deleted in a key vault and can still be recovered. */
export function deletedOf(vault: KeyVaultSpec, kind: Kind): readonly DeletedObject[] {
  return (kind === 'keys' ? vault.deletedKeys : vault.deletedSecrets) ?? [];
}

/** Puts a value into a new version of a secret, creating the secret if it doesn't exist. */
export function setSecret(asked: ObjectCall): FoundObject {
  const { call, vault } = asked;
  const input = secretInput.safeParse(call.body);
  if (!input.success) throw new ArmRefusal(400, 'BadParameter', 'Property  has invalid value\r\n');
  const { contentType, ...holds } = input.data;
  const name = call.params.object ?? '';
  enforceNotDeleted(asked, name);
  const version: ObjectVersion = {
    version: newGuid(call.world).replaceAll('-', ''),
    enabled: true,
    created: stamp(call.world.now()),
    holds: { ...holds, ...(contentType === undefined ? {} : { contentType }) },
  };
  const known = vault.secrets.find((one) => same(one.name, name));
  const object = known ?? { name, versions: [] };
  object.versions.push(version);
  if (!known) vault.secrets.push(object);
  call.world.changed();
  return { object, version };
}

/**
 * Restores a backed-up object with all its versions to a key vault where its name is free. How Azure refuses a backup
 * from another subscription or geography isn't recorded: here it can't be read.
 */
export function restore(asked: ObjectCall): FoundObject {
  const { call, vault, kind } = asked;
  const object = opened(vault, kind, Buffer.from(textField(call.body, 'value') ?? '', 'base64url'));
  const version = object?.versions.at(-1);
  if (!object || !version)
    throw new ArmRefusal(400, 'Malformed backup blob', 'Backup blob contains invalid or corrupt version.');
  enforceNotDeleted(asked, object.name);
  if (vault[kind].some((one) => same(one.name, object.name))) {
    const word = wordOf(kind);
    const url = objectUrl(vault, kind, { name: object.name, version: version.version });
    const text = `There was a conflict restoring the ${word} '${url}'. This can happen if either: a second ${word} with the same name was created after the first ${word} was deleted; thus trying to restore a ${word} whose name is already in use. To fix this, rename the second ${word} to something else so that the restore works.`;
    throw new ArmRefusal(409, 'Conflict', text);
  }
  vault[kind].push(object);
  call.world.changed();
  return { object, version };
}

/**
 * Recovers a deleted object. For some seconds it is found neither among the deleted nor among the others, as recorded.
 */
export function recover(asked: ObjectCall): FoundObject {
  const { call, vault, kind } = asked;
  const deleted = deletedOf(vault, kind).find((one) => same(one.name, call.params.object));
  if (!deleted) throw notFound(kind, call.params.object ?? '');
  const { deletedAt: _deletedAt, ...object } = deleted;
  const rest = deletedOf(vault, kind).filter((one) => one !== deleted);
  if (kind === 'keys') vault.deletedKeys = rest;
  else vault.deletedSecrets = rest;
  object.recoveredAt = call.world.now().getTime() + span(call.world, 2, 6);
  vault[kind].push(object);
  call.world.changed();
  const version = object.versions.at(-1);
  if (!version) throw notFound(kind, object.name);
  return { object, version };
}

function isComingBack(call: Call, object: VaultObject): boolean {
  return (object.recoveredAt ?? 0) > call.world.now().getTime();
}

/** The name of an object that is deleted or being recovered isn't free. */
function enforceNotDeleted({ call, vault, kind }: ObjectCall, name: string): void {
  const word = wordOf(kind);
  const begin = `${word === 'key' ? 'Key' : 'Secret'} ${name} is currently`;
  if (deletedOf(vault, kind).some((one) => same(one.name, name))) {
    const text = `${begin} in a deleted but recoverable state, and its name cannot be reused; in this state, the ${word} can only be recovered or purged.`;
    throw new ArmRefusal(409, 'Conflict', text).because('ObjectIsDeletedButRecoverable');
  }
  if (vault[kind].some((one) => same(one.name, name) && isComingBack(call, one))) {
    throw new ArmRefusal(409, 'Conflict', `${begin} being recovered.`).because('ObjectIsBeingRecovered');
  }
}

function wordOf(kind: Kind): 'key' | 'secret' {
  return kind === 'keys' ? 'key' : 'secret';
}

function notFound(kind: Kind, name: string): ArmRefusal {
  const word = wordOf(kind);
  const code = kind === 'keys' ? 'KeyNotFound' : 'SecretNotFound';
  return new ArmRefusal(
    404,
    code,
    `A ${word} with (name/id) ${name} was not found in this key vault. If you recently deleted this ${word} you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}
