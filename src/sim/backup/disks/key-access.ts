import type { World } from '../../state/world.ts';
import type { AdeKeys, VmSpec } from '../../state/state-compute.ts';
import type { KeyVaultSpec } from '../../state/state-keyvault.ts';
import { diskOf } from '../../state/find.ts';
import { BACKUP_APP_ID } from '../../backup-app.ts';
import { keyVaultId, same } from '../../ids.ts';
import { rightsInForce } from '../../keyvault/access-policies.ts';
import { mayDo } from '../../access/rights.ts';

const SECRET_RIGHTS = ['secrets/getSecret/action', 'secrets/readMetadata/action', 'secrets/backup/action'];
const KEY_RIGHTS = ['keys/read', 'keys/backup/action'];

/**
 * Whether Azure Backup can read and copy, right now, every key that the disks of this VM
 * need. A VM without ADE needs none.
 */
export function backupReachesKeys(world: World, vm: VmSpec): boolean {
  const sets = [vm.dualPass, ...vm.disks.map((disk) => diskOf(world.state, disk)?.ade)];
  return sets.every((keys) => !keys || reaches(world, keys));
}

/** Whether any disk of this VM is encrypted with ADE. */
export function isEncrypted(world: World, vm: VmSpec): boolean {
  return vm.dualPass !== undefined || vm.disks.some((disk) => diskOf(world.state, disk)?.ade);
}

function reaches(world: World, keys: AdeKeys): boolean {
  const withKek = keys.keyUrl !== undefined;
  const secretOk = reachesObject(world, keys.secretVaultId, {
    kind: 'secrets',
    url: keys.secretUrl,
    policy: withKek ? ['get', 'list'] : ['get', 'list', 'backup'],
    roles: SECRET_RIGHTS,
  });
  if (!secretOk || !keys.keyUrl) return secretOk;
  return reachesObject(world, keys.keyVaultId ?? '', {
    kind: 'keys',
    url: keys.keyUrl,
    policy: ['get', 'list', 'backup'],
    roles: KEY_RIGHTS,
  });
}

type Needed = { kind: 'keys' | 'secrets'; url: string; policy: string[]; roles: string[] };

function reachesObject(world: World, vaultId: string, needed: Needed): boolean {
  const vault = world.state.keyVaults.find((known) => same(keyVaultId(known), vaultId));
  if (!vault || !passesFirewall(vault) || !isUsable(vault, needed)) return false;
  const app = world.state.directory.servicePrincipals.find((known) => known.appId === BACKUP_APP_ID);
  if (!app) return false;
  return vault.rbac ? byRole(world, vault, { app: app.id, needed }) : byPolicy(world, vault, { app: app.id, needed });
}

/** Azure Backup is a trusted service: only `bypass: None` blocks it. */
function passesFirewall(vault: KeyVaultSpec): boolean {
  const closed = vault.firewall?.defaultAction === 'Deny' || vault.publicNetworkAccess !== 'Enabled';
  return !closed || (vault.firewall?.bypass ?? 'AzureServices') === 'AzureServices';
}

/** The version that the disk names must exist and be enabled. A certificate's key can't be copied. */
function isUsable(vault: KeyVaultSpec, needed: Needed): boolean {
  const [name, version] = needed.url.split('/').slice(-2);
  const object = vault[needed.kind].find((known) => same(known.name, name));
  return !object?.certificate && object?.versions.find((known) => known.version === version)?.enabled === true;
}

function byPolicy(world: World, vault: KeyVaultSpec, asked: { app: string; needed: Needed }): boolean {
  const now = world.now().getTime();
  const given = vault.accessPolicies
    .filter((policy) => same(policy.objectId, asked.app) && !policy.applicationId)
    .flatMap((policy) => rightsInForce(policy, now)[asked.needed.kind] ?? [])
    .map((word) => word.toLowerCase());
  return given.includes('all') || asked.needed.policy.every((word) => given.includes(word));
}

/** Whether a condition lets Azure Backup pass is undecided; here it doesn't. */
function byRole(world: World, vault: KeyVaultSpec, asked: { app: string; needed: Needed }): boolean {
  return asked.needed.roles.every((right) => {
    const action = `Microsoft.KeyVault/vaults/${right}`;
    const verdict = mayDo(world, asked.app, { action, scope: keyVaultId(vault), data: true });
    return verdict.allowed && !verdict.condition;
  });
}
