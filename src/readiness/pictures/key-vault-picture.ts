/** A key vault as the checks, the grants and the cards see it: use, facts, permissions and firewall together. */
import type { KeyVaultFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { AssessedKeyVault, Rights } from '../findings/assessment.ts';
import type { KeyVaultUse } from '../key-use.ts';
import type { KeyVaultReading } from '../reading.ts';
import {
  isNone,
  missingRights,
  neededRights,
  noRights,
  rightsByPolicies,
  rightsByRoles,
  type RoleRights,
} from '../rights.ts';

/** `verdict` of the permissions: `soft` means that only the one on which Microsoft's pages disagree is missing. */
export type RightsPicture = {
  readonly model: 'policies' | 'roles';
  readonly state: 'complete' | 'soft' | 'missing' | 'denied' | 'conditional' | 'unread';
  readonly needed: Rights;
  readonly present: Rights;
  readonly missing: Rights;
  readonly roles: RoleRights | null;
};

/** A key vault with everything derived from its readings. `rights` is null if vault or principal are unknown. */
export type KeyVaultPicture = {
  readonly use: KeyVaultUse;
  readonly reading: KeyVaultReading;
  readonly facts: KeyVaultFacts | null;
  readonly state: AssessedKeyVault['state'];
  readonly rights: RightsPicture | null;
  readonly firewall: AssessedKeyVault['firewall'];
};

/** Joins the uses with their readings, in the order of the uses. */
export function keyVaultPictures(
  uses: readonly KeyVaultUse[],
  readings: readonly KeyVaultReading[],
  principalId: string | null,
): readonly KeyVaultPicture[] {
  return uses.flatMap((use) => {
    const reading = readings.find(({ id }) => keyOfId(id) === keyOfId(use.id));
    return reading ? [keyVaultPicture(use, reading, principalId)] : [];
  });
}

/** The same for one key vault. */
export function keyVaultPicture(
  use: KeyVaultUse,
  reading: KeyVaultReading,
  principalId: string | null,
): KeyVaultPicture {
  const facts = reading.vault.ok ? reading.vault.value : null;
  return {
    use,
    reading,
    facts,
    state: stateOf(reading),
    rights: facts && principalId !== null ? rightsOf({ use, reading, facts, principalId }) : null,
    firewall: facts ? firewallOf(facts) : null,
  };
}

/** The part that is kept in an assessment. */
export function assessedKeyVault({ use, facts, state, rights, firewall }: KeyVaultPicture): AssessedKeyVault {
  const model = facts ? (facts.rbac ? 'roles' : 'policies') : null;
  return {
    id: use.id,
    name: use.name,
    model,
    state,
    holds: [...(use.secrets.length > 0 ? (['bek'] as const) : []), ...(use.keys.length > 0 ? (['kek'] as const) : [])],
    needed: rights?.needed ?? (model ? neededRights(use, model) : noRights),
    present: rights?.present ?? noRights,
    missing: rights?.missing ?? noRights,
    firewall,
  };
}

function stateOf({ vault, deleted }: KeyVaultReading): AssessedKeyVault['state'] {
  if (!vault.ok) return 'unreadable';
  if (vault.value !== null) return 'present';
  // It doesn't exist, and whether it can be recovered couldn't be read: so it isn't known to be purged.
  if (!deleted?.ok) return 'unreadable';
  return deleted.value === null ? 'gone' : 'deleted';
}

function firewallOf({ firewall }: KeyVaultFacts): KeyVaultPicture['firewall'] {
  if (firewall.publicAccess === 'SecuredByPerimeter') return 'perimeter';
  if (firewall.publicAccess === 'Enabled' && firewall.defaultAction !== 'Deny') return 'open';
  return firewall.bypass === 'None' ? 'shut' : 'trusted';
}

type RightsInput = { use: KeyVaultUse; reading: KeyVaultReading; facts: KeyVaultFacts; principalId: string };

function rightsOf(asked: RightsInput): RightsPicture {
  return asked.facts.rbac ? byRoles(asked) : byPolicies(asked);
}

function byPolicies({ use, facts, principalId }: RightsInput): RightsPicture {
  const needed = neededRights(use, 'policies');
  const present = rightsByPolicies(facts, principalId);
  const missing = missingRights(needed, present);
  const onlySecretsBackup = missing.keys.length === 0 && missing.secrets.join() === 'backup' && use.wrapped;
  const state = isNone(missing) ? 'complete' : onlySecretsBackup ? 'soft' : 'missing';
  return { model: 'policies', state, needed, present, missing, roles: null };
}

function byRoles({ use, reading, principalId }: RightsInput): RightsPicture {
  const needed = neededRights(use, 'roles');
  if (!reading.roles)
    return { model: 'roles', state: 'unread', needed, present: noRights, missing: noRights, roles: null };
  const roles = rightsByRoles(needed.dataActions, reading.roles, principalId);
  const present = { ...noRights, dataActions: roles.held };
  const missing = missingRights(needed, present);
  const state = stateOfRoles({ needed, missing, roles, denialsRead: reading.roles.denials.ok });
  return { model: 'roles', state, needed, present, missing: state === 'unread' ? noRights : missing, roles };
}

type Judged = { needed: Rights; missing: Rights; roles: RoleRights; denialsRead: boolean };

function stateOfRoles({ needed, missing, roles, denialsRead }: Judged): RightsPicture['state'] {
  if (roles.denied.length > 0) return 'denied';
  if (isNone(missing)) return denialsRead ? 'complete' : 'unread';
  if (roles.unread) return 'unread';
  return roles.heldUnderCondition.length === needed.dataActions.length ? 'conditional' : 'missing';
}
