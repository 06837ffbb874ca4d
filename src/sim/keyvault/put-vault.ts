import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { AccessPolicySpec, KeyVaultSpec } from '../state/state-keyvault.ts';
import { ArmRefusal } from '../http/reply.ts';
import { at, same, type ResourcePath } from '../ids.ts';
import { field, textField } from '../json.ts';
import { placeOf } from '../http/place.ts';
import { stamp } from '../times.ts';

/**
 * PUT of a key vault with `createMode: recover`: a deleted one comes back with its keys, secrets and access policies,
 * but without its role assignments. An existing one stays as it is, which nobody has recorded. Without that mode it is
 * created or updated.
 */
export function putVault(call: Call): KeyVaultSpec {
  const place = placeOf(call);
  const isRecovery = same(textField(field(call.body, 'properties'), 'createMode'), 'recover');
  const there = at(call.world.state.keyVaults, place);
  if (there && isRecovery) return there;
  const deleted = call.world.state.deletedKeyVaults.find(({ vault }) => same(vault.name, place.name));
  if (deleted && !isRecovery) {
    const text =
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.';
    throw new ArmRefusal(409, 'ConflictError', text);
  }
  if (!isRecovery) return there ? updated(call, there) : updated(call, added(call, place));
  const isHere = deleted && same(deleted.vault.location, textField(call.body, 'location'));
  if (!isHere || !at([deleted.vault], place)) {
    const text = `The specified deleted vault ${place.name} does not exist.`;
    throw new ArmRefusal(404, 'DeletedVaultNotFound', text);
  }
  call.world.state.deletedKeyVaults = call.world.state.deletedKeyVaults.filter((one) => one !== deleted);
  call.world.state.keyVaults.push(deleted.vault);
  call.world.changed();
  return deleted.vault;
}

function added(call: Call, place: ResourcePath): KeyVaultSpec {
  const vault: KeyVaultSpec = {
    ...place,
    ...{
      location: textField(call.body, 'location') ?? '',
      tags: {},
      accessPolicies: [],
      publicNetworkAccess: 'Enabled',
    },
    ...{ enabledForDiskEncryption: false, purgeProtection: false, softDeleteDays: 90, keys: [], secrets: [] },
    created: stamp(call.world.now()),
  };
  call.world.state.keyVaults.push(vault);
  return vault;
}

const acls = z.looseObject({
  defaultAction: z.enum(['Allow', 'Deny']),
  bypass: z.enum(['AzureServices', 'None']),
  ipRules: z.array(z.looseObject({ value: z.string() })).nullish(),
});
const sent = z.looseObject({
  accessPolicies: z.array(z.custom<AccessPolicySpec>()).nullish(),
  enabledForDiskEncryption: z.boolean().nullish(),
  enableRbacAuthorization: z.boolean().nullish(),
  enablePurgeProtection: z.boolean().nullish(),
  networkAcls: acls.nullish(),
});

/**
 * What a PUT sends stands in place of what was (azure-rest-api-specs, `VaultProperties`); the addresses that
 * may pass the firewall are only shown, since no caller of the simulator has one.
 */
function updated(call: Call, vault: KeyVaultSpec): KeyVaultSpec {
  const wanted = sent.parse(field(call.body, 'properties'));
  vault.accessPolicies = wanted.accessPolicies ?? vault.accessPolicies;
  vault.enabledForDiskEncryption = wanted.enabledForDiskEncryption ?? vault.enabledForDiskEncryption;
  vault.purgeProtection = wanted.enablePurgeProtection ?? vault.purgeProtection;
  if (typeof wanted.enableRbacAuthorization === 'boolean') vault.rbac = wanted.enableRbacAuthorization;
  const { networkAcls } = wanted;
  if (networkAcls) {
    const { defaultAction, bypass, ipRules } = networkAcls;
    const addresses = (ipRules ?? []).map(({ value }) => value);
    vault.firewall = { defaultAction, bypass, ...(addresses.length > 0 ? { addresses } : {}) };
  }
  call.world.changed();
  return vault;
}
