import type { Call } from '../http/call.ts';
import { methodAndPath, type Route } from '../http/route.ts';
import type { KeyVaultSpec, VaultObject } from '../state/state-keyvault.ts';
import { ArmRefusal, ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { at, keyVaultId, same } from '../ids.ts';
import { visible } from '../access/visible.ts';
import { listed, placeOf } from '../http/place.ts';
import { changeAccessPolicies } from './access-policies.ts';
import { putVault } from './put-vault.ts';
import { deletedVaultBody, keyBody, keyVaultBody, secretBody } from './vault-body.ts';

const TYPE = 'Microsoft.KeyVault/vaults';
const SUB = '/subscriptions/:sub';
const VAULTS = `${SUB}/resourcegroups/:group/providers/microsoft.keyvault/vaults`;
const VAULT = `${VAULTS}/:name`;
const READ = `${TYPE}/read`;

/**
 * The control plane of Key Vault: vaults, access policies, keys and secrets without their values. No firewall applies.
 */
export const keyVaultRoutes: Route[] = [
  route(`GET ${SUB}/providers/microsoft.keyvault/vaults`, READ, listVaults),
  route(`GET ${VAULTS}`, READ, listVaults),
  route(`GET ${VAULT}`, READ, (call) => shown(keyVaultBody(theVault(call), call.world.state.tenantId))),
  route(`PUT ${VAULT}`, `${TYPE}/write`, (call) => shown(keyVaultBody(putVault(call), call.world.state.tenantId))),
  route(`PUT ${VAULT}/accesspolicies/:kind`, `${TYPE}/accessPolicies/write`, (call) =>
    shown(changeAccessPolicies(call, theVault(call))),
  ),
  route(`GET ${VAULT}/keys/:object`, `${TYPE}/keys/read`, showKey),
  route(`GET ${VAULT}/keys/:object/versions`, `${TYPE}/keys/versions/read`, listKeyVersions),
  route(`GET ${VAULT}/keys/:object/versions/:keyversion`, `${TYPE}/keys/versions/read`, showKeyVersion),
  route(`GET ${VAULT}/secrets`, `${TYPE}/secrets/read`, listSecrets),
  route(`GET ${VAULT}/secrets/:object`, `${TYPE}/secrets/read`, showSecret),
  route(
    `GET ${SUB}/providers/microsoft.keyvault/locations/:region/deletedvaults/:name`,
    'Microsoft.KeyVault/locations/deletedVaults/read',
    showDeleted,
  ),
  route(
    `GET ${SUB}/providers/microsoft.keyvault/deletedmanagedhsms`,
    'Microsoft.KeyVault/deletedManagedHSMs/read',
    () => shown({ value: [] }),
  ),
  route(`GET ${SUB}/providers/microsoft.keyvault/deletedvaults`, 'Microsoft.KeyVault/deletedVaults/read', listDeleted),
];

function route(call: string, action: string, handle: Route['handle']): Route {
  return { ...methodAndPath(call), type: TYPE, action, handle };
}

function shown(body: Parameters<typeof ok>[0]): Reply {
  return { ...ok(body), headers: { 'x-ms-keyvault-service-version': '1.5.1455.0' } };
}

function listVaults(call: Call): Reply {
  const found = call.world.state.keyVaults.filter(
    (vault) => listed(call, vault) && visible(call, keyVaultId(vault), READ),
  );
  return shown(page<KeyVaultSpec>(call, found, (vault) => keyVaultBody(vault, call.world.state.tenantId)));
}

function showKey(call: Call): Reply {
  const vault = theVault(call);
  const key = theObject(call, vault, 'keys');
  return shown(keyBody(vault, { key, version: newest(key) }, false));
}

function listKeyVersions(call: Call): Reply {
  const vault = theVault(call);
  const key = theObject(call, vault, 'keys');
  return shown(page(call, key.versions, (version) => keyBody(vault, { key, version }, true)));
}

function showKeyVersion(call: Call): Reply {
  const vault = theVault(call);
  const key = theObject(call, vault, 'keys');
  const version = key.versions.find((known) => known.version === call.params.keyversion);
  if (!version)
    throw resourceNotFound(
      `${TYPE}/keys/versions`,
      `${vault.name}/${key.name}/${call.params.keyversion ?? ''}`,
      vault.resourceGroup,
    );
  return shown(keyBody(vault, { key, version }, true));
}

function showSecret(call: Call): Reply {
  const vault = theVault(call);
  const secret = theObject(call, vault, 'secrets');
  return shown(secretBody(vault, secret, newest(secret)));
}

/**
 * Secrets_List of the specification: each in the form of a single one. Whether it includes the version isn't recorded.
 */
function listSecrets(call: Call): Reply {
  const vault = theVault(call);
  return shown(page(call, vault.secrets, (secret) => secretBody(vault, secret, newest(secret))));
}

function showDeleted(call: Call): Reply {
  const found = call.world.state.deletedKeyVaults.find(
    ({ vault }) => same(vault.name, call.params.name) && same(vault.location, call.params.region),
  );
  if (found) return shown(deletedVaultBody(found));
  const text = `The specified deleted vault ${call.params.name ?? ''} does not exist.`;
  throw new ArmRefusal(404, 'DeletedVaultNotFound', text);
}

function listDeleted(call: Call): Reply {
  return shown(page(call, call.world.state.deletedKeyVaults, deletedVaultBody));
}

function theVault(call: Call): KeyVaultSpec {
  const place = placeOf(call);
  const found = at(call.world.state.keyVaults, place);
  if (!found) throw resourceNotFound(TYPE, place.name, place.resourceGroup);
  return found;
}

function theObject(call: Call, vault: KeyVaultSpec, kind: 'keys' | 'secrets'): VaultObject {
  const found = vault[kind].find((object) => same(object.name, call.params.object));
  if (!found)
    throw resourceNotFound(`${TYPE}/${kind}`, `${vault.name}/${call.params.object ?? ''}`, vault.resourceGroup);
  return found;
}

function newest(object: VaultObject): VaultObject['versions'][number] {
  const version = object.versions.at(-1);
  if (!version) throw new Error(`${object.name} has no version`);
  return version;
}
