/** Which rights Azure Backup needs in a key vault, which it has, and which are missing. */
import type { AccessPolicy, DenyAssignment, KeyVaultFacts, RoleAssignment } from '../azure/gateway.ts';
import { keyOfId } from '../core/arm-id.ts';
import { allowsData } from '../core/action-match.ts';
import type { Rights } from './findings/assessment.ts';
import type { KeyVaultUse } from './key-use.ts';
import type { RoleReading } from './reading.ts';

const policyRights = ['get', 'list', 'backup'];
const keyActions = ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/backup/action'];
const secretActions = [
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/backup/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
];

/** No rights at all. */
export const noRights: Rights = { keys: [], secrets: [], dataActions: [] };

/**
 * What is needed: of the access policies the two groups keys and secrets, of roles the dataActions; each
 * only for what the vault holds.
 */
export function neededRights(use: KeyVaultUse, model: 'policies' | 'roles'): Rights {
  const keys = use.keys.length > 0;
  const secrets = use.secrets.length > 0;
  if (model === 'policies') {
    return { keys: keys ? policyRights : [], secrets: secrets ? policyRights : [], dataActions: [] };
  }
  return { keys: [], secrets: [], dataActions: [...(keys ? keyActions : []), ...(secrets ? secretActions : [])] };
}

/** The entries of the Backup application itself: an entry with an application id is somebody acting through it. */
export function policiesOf(vault: KeyVaultFacts, principalId: string): readonly AccessPolicy[] {
  return vault.policies.filter(
    (policy) =>
      policy.objectId.toLowerCase() === principalId.toLowerCase() &&
      policy.tenantId.toLowerCase() === vault.tenantId.toLowerCase() &&
      policy.applicationId === null,
  );
}

/** All rights of these entries in one group, in lower case, each once. */
export function groupRights(policies: readonly AccessPolicy[], group: 'keys' | 'secrets' | 'certificates' | 'storage') {
  return [...new Set(policies.flatMap((policy) => policy[group].map((right) => right.toLowerCase())))];
}

/** The rights held by access policies. */
export function rightsByPolicies(vault: KeyVaultFacts, principalId: string): Rights {
  const policies = policiesOf(vault, principalId);
  return { keys: groupRights(policies, 'keys'), secrets: groupRights(policies, 'secrets'), dataActions: [] };
}

/** What is needed and not held. "all" in a group is every right of it. */
export function missingRights(needed: Rights, present: Rights): Rights {
  const lacks = (need: readonly string[], has: readonly string[]) =>
    has.includes('all') ? [] : need.filter((right) => !has.includes(right));
  return {
    keys: lacks(needed.keys, present.keys),
    secrets: lacks(needed.secrets, present.secrets),
    dataActions: lacks(needed.dataActions, present.dataActions),
  };
}

/** Whether nothing is in it. */
export function isNone(rights: Rights): boolean {
  return rights.keys.length + rights.secrets.length + rights.dataActions.length === 0;
}

/**
 * What roles give of the needed dataActions. `sources`: the roles that give at least one, with the scope they were
 * given at, and whether to a group.
 */
export type RoleRights = {
  readonly held: readonly string[];
  readonly heldUnderCondition: readonly string[];
  readonly denied: readonly string[];
  readonly unread: boolean;
  readonly sources: readonly { readonly role: string; readonly scope: string; readonly throughGroup: boolean }[];
};

/** Judges the role assignments that reach the Backup application, inherited ones and those through groups included. */
export function rightsByRoles(needed: readonly string[], reading: RoleReading, principalId: string): RoleRights {
  const assignments = reading.assignments.ok ? reading.assignments.value : [];
  const given = assignments.map((assignment) => ({ assignment, ...resolve(reading, assignment) }));
  const holds = (conditional: boolean) =>
    needed.filter((action) =>
      given.some((one) => (conditional || one.assignment.condition === null) && allowsData(one.blocks, action)),
    );
  const useful = given.filter(({ blocks }) => needed.some((action) => allowsData(blocks, action)));
  return {
    held: holds(false),
    heldUnderCondition: holds(true),
    denied: deniedBy(needed, reading.denials.ok ? reading.denials.value : [], principalId),
    unread: !reading.assignments.ok || given.some((one) => one.unread),
    sources: useful.map(({ assignment, name }) => ({
      role: name,
      scope: assignment.scope,
      throughGroup: assignment.principalId.toLowerCase() !== principalId.toLowerCase(),
    })),
  };
}

function resolve(reading: RoleReading, assignment: RoleAssignment) {
  const found = reading.definitions.find(({ id }) => keyOfId(id) === keyOfId(assignment.roleDefinitionId));
  // A role that is gone gives nothing; a role that could not be read may give anything.
  if (!found?.role.ok) return { blocks: [], name: '', unread: true };
  return { blocks: found.role.value?.permissions ?? [], name: found.role.value?.name ?? '', unread: false };
}

function deniedBy(needed: readonly string[], denials: readonly DenyAssignment[], principalId: string) {
  const me = principalId.toLowerCase();
  const mine = denials.filter(
    (denial) =>
      (denial.everyone || denial.principals.some((id) => id.toLowerCase() === me)) &&
      !denial.excluded.some((id) => id.toLowerCase() === me),
  );
  return needed.filter((action) => mine.some((denial) => allowsData(denial.permissions, action)));
}
