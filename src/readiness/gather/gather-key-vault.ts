/**
 * Reads one key vault as a VM uses it: itself, the keys and secrets in use, the permissions, and what a grant would
 * need.
 */
import { keyOfId, sameId, subscriptionOf } from '../../core/arm-id.ts';
import type { KeyVaultFacts, RoleAssignment } from '../../azure/gateway.ts';
import { keyVaultPicture } from '../pictures/key-vault-picture.ts';
import type { ObjectReads } from './gather-key-objects.ts';
import { withCopy } from './gather-kek-copy.ts';
import type { KeyVaultUse } from '../key-use.ts';
import { principalOf, type Reader } from './reader.ts';
import type { GrantReading, KeyVaultReading, Read, RoleReading } from '../reading.ts';

/**
 * The use and the VM's region. `late`: its disks named the key vault only now, a round trip later than usual.
 * `objects`: how its keys and secrets are read.
 */
type KeyVaultAsk = {
  readonly use: KeyVaultUse;
  readonly region: string;
  readonly late: boolean;
  readonly objects: ObjectReads;
};

/**
 * Three round trips at most: the vault with keys and secrets; roles; definitions or what a grant needs. A KEK that may
 * be a certificate's takes three more.
 */
export async function gatherKeyVault(reader: Reader, ask: KeyVaultAsk): Promise<KeyVaultReading> {
  const { use } = ask;
  const [{ vault, deleted, sharing }, keys, secrets] = await Promise.all([
    gatherVault(reader, ask),
    Promise.all(use.keys.map(async (key) => withCopy(reader, use.id, await ask.objects.key(use.id, key)))),
    Promise.all(use.secrets.map((secret) => ask.objects.secret(use.id, secret))),
  ]);
  return { id: use.id, keys, secrets, ...vault, deleted, sharing };
}

type VaultPart = Pick<KeyVaultReading, 'vault' | 'roles' | 'grant'>;

async function gatherVault(reader: Reader, ask: KeyVaultAsk) {
  const { id, name } = ask.use;
  const vault = await reader.once(`key vault ${keyOfId(id)}`, () => reader.azure.keyVault(id));
  const subscription = subscriptionOf(id);
  if (vault.ok && vault.value === null) {
    const key = `deleted key vault ${keyOfId(id)}`;
    const [deleted, sharing] = await Promise.all([
      reader.once(key, () => reader.azure.deletedKeyVault(name, ask.region, subscription)),
      sharingOf(reader, subscription),
    ]);
    // Another key vault with this name may have been deleted: names are unique in all of Azure, but only while they
    // exist.
    const own =
      deleted.ok && deleted.value && !sameId(deleted.value.vaultId, id) ? { ...deleted, value: null } : deleted;
    return { vault: { vault, roles: null, grant: null }, deleted: own, sharing };
  }
  return { vault: await gatherAccess(reader, ask, vault), deleted: null, sharing: null };
}

async function gatherAccess(reader: Reader, ask: KeyVaultAsk, vault: Read<KeyVaultFacts | null>): Promise<VaultPart> {
  const facts = vault.ok ? vault.value : null;
  const principal = await principalOf(reader);
  const principalId = principal.ok ? principal.value : null;
  if (!facts || principalId === null) return { vault, roles: null, grant: null };
  const ahead = facts.rbac && ask.late ? () => gatherGrant(reader, facts) : null;
  const { roles, grant } = facts.rbac
    ? await gatherRoles(reader, { id: facts.id, principalId, ahead })
    : { roles: null, grant: null };
  const reading = { id: facts.id, vault, deleted: null, keys: [], secrets: [], roles, grant: null };
  const state = keyVaultPicture(ask.use, reading, principalId).rights?.state;
  const needed = state === 'missing' || state === 'soft' || state === 'denied';
  return { vault, roles, grant: needed ? (grant ?? (await gatherGrant(reader, facts))) : null };
}

// With hundreds of VMs, finding which others a key vault concerns would be repeated for each of them.
function sharingOf({ azure, once, byList }: Reader, subscription: string): Promise<GrantReading['sharing']> {
  const read = () => azure.disks(subscription);
  return byList ? Promise.resolve(null) : once(`disks ${subscription.toLowerCase()}`, read);
}

type RoleAsk = { id: string; principalId: string; ahead: (() => Promise<GrantReading>) | null };

// Definitions are usually cached. If they aren't and the key vault came late, what a grant needs is read together with
// them instead of after them, so that the whole stays within five round trips.
async function gatherRoles(reader: Reader, { id, principalId, ahead }: RoleAsk) {
  const { azure, once, cache, now } = reader;
  const [assignments, denials] = await Promise.all([
    once(`assignments ${keyOfId(id)}`, () => azure.roleAssignments(id, principalId)),
    once(`denials ${keyOfId(id)}`, () => azure.denyAssignments(id)),
  ]);
  const ids = roleIds(assignments.ok ? assignments.value : []);
  const cold = ids.some((role) => cache.get(roleKey(role), now) === undefined);
  const [grant, definitions] = await Promise.all([
    ahead && cold ? ahead() : null,
    Promise.all(ids.map(async (role) => ({ id: role, role: await roleOf(reader, role) }))),
  ]);
  const roles: RoleReading = { assignments, denials, definitions };
  return { roles, grant };
}

function roleOf({ daily, azure }: Reader, id: string) {
  return daily(roleKey(id), () => azure.roleDefinition(id));
}

// The same role has an ID per scope; it is identified by its GUID.
function roleKey(id: string): string {
  return `role ${keyOfId(id)}`;
}

function roleIds(assignments: readonly RoleAssignment[]): readonly string[] {
  return [...new Map(assignments.map(({ roleDefinitionId: id }) => [keyOfId(id), id])).values()];
}

async function gatherGrant(reader: Reader, facts: KeyVaultFacts): Promise<GrantReading> {
  const { azure, once, daily, rules, grants } = reader;
  const { subscription } = facts;
  const roleName = rules.grantRole === 'key-vault-administrator' ? 'Key Vault Administrator' : rules.grantRole;
  const scope = `/subscriptions/${subscription}`;
  const [locks, sharing, role, identity] = await Promise.all([
    once(`locks ${keyOfId(facts.id)}`, () => azure.locks(facts.id)),
    sharingOf(reader, subscription),
    facts.rbac
      ? daily(`role named ${subscription} ${roleName}`, () => onlyRole(azure.roleDefinitionsNamed(scope, roleName)))
      : null,
    grants ? once(`grant identity ${keyOfId(facts.id)}`, () => grants.permissions(facts.id)) : null,
  ]);
  return { locks, sharing, role, identity };
}

async function onlyRole<T>(found: Promise<readonly T[]>): Promise<T | null> {
  return (await found)[0] ?? null;
}
