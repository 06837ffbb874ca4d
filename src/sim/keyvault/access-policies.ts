import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { AccessPolicySpec, KeyVaultSpec, PolicyPermissions } from '../state/state-keyvault.ts';
import { ArmRefusal } from '../http/reply.ts';
import { keyVaultId, same } from '../ids.ts';
import { span } from '../state/world.ts';

const words = z.array(z.string()).optional();
const entry = z.looseObject({
  tenantId: z.string(),
  objectId: z.string(),
  applicationId: z.string().nullish(),
  permissions: z.looseObject({ keys: words, secrets: words, certificates: words, storage: words }),
});
const input = z.looseObject({ properties: z.looseObject({ accessPolicies: z.array(entry) }) });

const GROUPS = ['keys', 'secrets', 'certificates', 'storage'] as const;

/**
 * PUT accessPolicies/{add,replace,remove}. `add` merges into the entry of the same principal, `remove` takes
 * permissions away, `replace` writes the whole list. A change shows at once and takes effect a minute or two later.
 */
export function changeAccessPolicies(call: Call, vault: KeyVaultSpec): JsonBody {
  const parsed = input.safeParse(call.body);
  if (!parsed.success) throw new ArmRefusal(400, 'BadRequest', 'Request body is invalid: accessPolicies.');
  const sent = parsed.data.properties.accessPolicies.map(entryOf);
  const now = call.world.now().getTime();
  const inForceAt = now + span(call.world, 60, 120);
  const kind = (call.params.kind ?? '').toLowerCase();
  if (kind === 'replace') {
    vault.accessPolicies = sent.map((policy) => ({
      ...policy,
      inForceAt,
      before: standing(vault, policy)?.permissions ?? {},
    }));
  } else if (kind === 'remove') {
    for (const policy of sent) removeRights(vault, policy);
  } else {
    for (const policy of sent) addRights(vault, policy, { now, inForceAt });
  }
  call.world.changed();
  return {
    id: `${keyVaultId(vault)}/accessPolicies/`,
    type: 'Microsoft.KeyVault/vaults/accessPolicies',
    properties: { accessPolicies: sent },
  };
}

/** The permissions that an entry gives now, all in lower case: the previous ones until the new ones take effect. */
export function rightsInForce(policy: AccessPolicySpec, now: number): PolicyPermissions {
  return (policy.inForceAt ?? 0) > now ? (policy.before ?? {}) : policy.permissions;
}

function entryOf(sent: z.infer<typeof entry>): AccessPolicySpec {
  const permissions: PolicyPermissions = {};
  for (const group of GROUPS) {
    const given = sent.permissions[group];
    if (given) permissions[group] = given.map((word) => word.toLowerCase());
  }
  return {
    tenantId: sent.tenantId,
    objectId: sent.objectId,
    ...(sent.applicationId ? { applicationId: sent.applicationId } : {}),
    permissions,
  };
}

function standing(vault: KeyVaultSpec, policy: AccessPolicySpec): AccessPolicySpec | undefined {
  return vault.accessPolicies.find(
    (known) => same(known.objectId, policy.objectId) && (known.applicationId ?? '') === (policy.applicationId ?? ''),
  );
}

function addRights(vault: KeyVaultSpec, policy: AccessPolicySpec, when: { now: number; inForceAt: number }): void {
  const { now, inForceAt } = when;
  const known = standing(vault, policy);
  if (!known) {
    vault.accessPolicies.push({ ...policy, before: {}, inForceAt });
    return;
  }
  const merged: PolicyPermissions = {};
  for (const group of GROUPS) {
    const all = [...(known.permissions[group] ?? []), ...(policy.permissions[group] ?? [])];
    if (all.length > 0) merged[group] = [...new Set(all.map((word) => word.toLowerCase()))];
  }
  known.before = structuredClone(rightsInForce(known, now));
  known.permissions = merged;
  known.inForceAt = inForceAt;
}

function removeRights(vault: KeyVaultSpec, policy: AccessPolicySpec): void {
  const known = standing(vault, policy);
  if (!known) return;
  for (const group of GROUPS) {
    const taken = policy.permissions[group] ?? [];
    const left = (known.permissions[group] ?? []).filter((word) => !taken.includes(word.toLowerCase()));
    if (left.length > 0) known.permissions[group] = left;
    else Reflect.deleteProperty(known.permissions, group);
  }
  const empty = GROUPS.every((group) => (known.permissions[group] ?? []).length === 0);
  if (empty) vault.accessPolicies = vault.accessPolicies.filter((one) => one !== known);
}
