/** What a grant would have to give, and whether the bot can offer it. */
import type { AccessPolicy, KeyVaultFacts } from '../azure/gateway.ts';
import { keyOfId, sameId, subscriptionOf } from '../core/arm-id.ts';
import { allowsAction } from '../core/action-match.ts';
import type { GrantNeed, GrantObstacle, Rights } from './findings/assessment.ts';
import type { KeyVaultPicture, RightsPicture } from './pictures/key-vault-picture.ts';
import { isReadOnly, locksOn } from './lock-scope.ts';
import type { GrantReading, VmReading } from './reading.ts';
import { groupRights, policiesOf } from './rights.ts';

/** One need per key vault in which a right is missing, in the order of the key vaults. */
export function grantNeeds(reading: VmReading, keyVaults: readonly KeyVaultPicture[]): readonly GrantNeed[] {
  const principalId = reading.principal.ok ? reading.principal.value : null;
  if (principalId === null) return [];
  const all = new Set(keyVaults.flatMap(disksOf));
  return keyVaults.flatMap((keyVault) => {
    const { facts, rights } = keyVault;
    if (!facts || !rights || !['missing', 'soft', 'denied'].includes(rights.state)) return [];
    const need = needOf({ reading, keyVault, facts, rights, principalId });
    const disks = disksOf(keyVault);
    return [disks.length < all.size ? { ...need, disks } : need];
  });
}

function disksOf({ use }: KeyVaultPicture): readonly string[] {
  return [...new Set([...use.secrets, ...use.keys].flatMap(({ disks }) => disks))];
}

/**
 * The entry that is sent to `accessPolicies/add`: what is held and what is needed, so that it is right
 * whether Azure merges or replaces.
 */
function unionEntry(vault: KeyVaultFacts, principalId: string, needed: Rights): AccessPolicy {
  const held = policiesOf(vault, principalId);
  const union = (group: 'keys' | 'secrets', needs: readonly string[]) => {
    const has = groupRights(held, group);
    return has.includes('all') ? has : [...new Set([...has, ...needs])];
  };
  return {
    tenantId: vault.tenantId,
    objectId: principalId,
    applicationId: null,
    keys: union('keys', needed.keys),
    secrets: union('secrets', needed.secrets),
    certificates: groupRights(held, 'certificates'),
    storage: groupRights(held, 'storage'),
  };
}

type Need = {
  reading: VmReading;
  keyVault: KeyVaultPicture;
  facts: KeyVaultFacts;
  rights: RightsPicture;
  principalId: string;
};

function needOf(need: Need): GrantNeed {
  const { reading, keyVault, facts, rights, principalId } = need;
  const { grant } = keyVault.reading;
  const role = grant?.role?.ok ? grant.role.value : null;
  const obstacles = obstaclesOf(need);
  return {
    keyVaultId: facts.id,
    keyVaultName: facts.name,
    model: rights.model,
    principalId,
    tenantId: facts.tenantId,
    required: rights.state !== 'soft',
    missing: rights.missing,
    present: rights.present,
    entry: rights.model === 'policies' ? unionEntry(facts, principalId, rights.needed) : null,
    role: role ? { id: role.id, name: role.name } : null,
    freesAlso: grant ? freesAlso(grant, facts.id, reading.vmId) : null,
    grantIdentity: grant ? identityOf(grant, facts) : null,
    offered: obstacles.length === 0,
    obstacles,
  };
}

function obstaclesOf({ reading, keyVault, facts, rights }: Need): readonly GrantObstacle[] {
  const { grant } = keyVault.reading;
  const tenant = reading.tenant.ok ? reading.tenant.value : null;
  const locks = grant?.locks.ok ? locksOn(grant.locks.value, facts.id) : [];
  const found: [GrantObstacle, boolean][] = [
    ['lock', locks.some(isReadOnly)],
    ['firewall', keyVault.firewall === 'shut'],
    ['other-subscription', facts.subscription.toLowerCase() !== subscriptionOf(reading.vmId).toLowerCase()],
    ['other-tenant', tenant !== null && tenant.toLowerCase() !== facts.tenantId.toLowerCase()],
    ['denied', rights.state === 'denied'],
    ['role-missing', rights.model === 'roles' && grant?.role?.ok === true && grant.role.value === null],
    ['role-unreadable', rights.model === 'roles' && grant?.role?.ok !== true],
    ['grant-identity', grant !== null && identityOf(grant, facts) === 'may-not'],
  ];
  return found.filter(([, there]) => there).map(([name]) => name);
}

/**
 * The IDs of the other VMs that depend on a key vault; null if that isn't known. The disks name their key vault, so the
 * disks of the subscription say it.
 */
export function freesAlso(
  { sharing }: Pick<GrantReading, 'sharing'>,
  keyVaultId: string,
  vmId: string,
): readonly string[] | null {
  if (!sharing?.ok) return null;
  const owners = sharing.value
    .filter((disk) => disk.ade?.keys.some((keys) => names(keys, keyVaultId)))
    .flatMap((disk) => (disk.managedBy !== null && !sameId(disk.managedBy, vmId) ? [disk.managedBy] : []));
  return [...new Map(owners.map((id) => [keyOfId(id), id])).values()];
}

function names(keys: { secretVaultId: string | null; keyVaultId: string | null }, keyVaultId: string): boolean {
  return [keys.secretVaultId, keys.keyVaultId].some((id) => id !== null && sameId(id, keyVaultId));
}

function identityOf({ identity }: GrantReading, facts: KeyVaultFacts): GrantNeed['grantIdentity'] {
  if (identity === null) return null;
  if (!identity.ok) return 'unknown';
  const action = facts.rbac
    ? 'Microsoft.Authorization/roleAssignments/write'
    : 'Microsoft.KeyVault/vaults/accessPolicies/write';
  return allowsAction(identity.value, action) ? 'may' : 'may-not';
}
