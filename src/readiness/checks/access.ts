/** Checks 10, 11 and 12: Azure Backup's identity in this tenant, and its permissions in each key vault. */
import { sameId } from '../../core/arm-id.ts';
import type { GrantNeed, Rights } from '../findings/assessment.ts';
import {
  blocked,
  type Finding,
  type FindingDraft,
  noAnswer,
  passed,
  unread,
  unsettled,
  warned,
} from '../findings/finding.ts';
import type { KeyVaultPicture, RightsPicture } from '../pictures/key-vault-picture.ts';
import type { Picture } from '../pictures/picture.ts';
import { recoveryServices } from '../provider.ts';
import type { KeyVaultReading } from '../reading.ts';

/** The Backup application's object ID. Read only if a key vault is involved. */
export function checkPrincipal({ reading, keyVaults, proven }: Picture): readonly Finding[] {
  if (keyVaults.length === 0) return [];
  if (!reading.principal.ok) {
    return [unread({ code: 'principal.unreadable' }, reading.principal.fault, 'Application.Read.All')];
  }
  if (reading.principal.value !== null) return [passed({ code: 'principal.found' })];
  if (proven) return [warned({ code: 'principal.missing-proven' })];
  const isRegistered = !reading.provider.ok || reading.provider.value === 'registered';
  // Registering the provider creates it in the tenant.
  const fix = { kind: 'register', provider: recoveryServices } as const;
  return [blocked({ code: 'principal.missing', ...(!isRegistered && { fix }) })];
}

/** One finding per key vault. If the vault or the application couldn't be read, their own findings say so. */
export function checkRights({ keyVaults, grants, proven, reading }: Picture): readonly Finding[] {
  return keyVaults.flatMap((keyVault) => {
    if (!keyVault.rights) return [];
    const grant = grants.find(({ keyVaultId }) => sameId(keyVaultId, keyVault.use.id)) ?? null;
    return [rightsFinding({ keyVault, rights: keyVault.rights, grant, proven, vmId: reading.vmId })];
  });
}

type RightsCheck = {
  keyVault: KeyVaultPicture;
  rights: RightsPicture;
  grant: GrantNeed | null;
  proven: boolean;
  vmId: string;
};

function rightsFinding({ keyVault, rights, grant, proven }: RightsCheck): Finding {
  const draft = { subject: keyVault.use.name, params: paramsOf(keyVault, rights) };
  const fix = grant?.offered
    ? ({ kind: 'grant', keyVaultId: grant.keyVaultId } as const)
    : ({ kind: 'guidance' } as const);
  switch (rights.state) {
    case 'complete':
      return passed({ ...draft, code: `rights.${rights.model}-complete` });
    case 'soft':
      return warned({ ...draft, code: 'rights.policies-secrets-backup', fix });
    case 'missing':
      return provable({ ...draft, code: `rights.${rights.model}-missing`, fix }, proven);
    case 'denied':
      return provable({ ...draft, code: 'rights.roles-denied' }, proven);
    case 'conditional':
      return unsettled({ ...draft, code: 'rights.roles-condition' });
    case 'unread':
      return rolesUnread(keyVault.reading, draft);
  }
}

type Provable = 'rights.policies-missing' | 'rights.roles-missing' | 'rights.roles-denied';

// Proof overrides inference: the last backup has copied the keys, whatever the permissions look like now.
function provable(draft: FindingDraft & { code: Provable }, proven: boolean): Finding {
  return proven ? warned({ ...draft, code: `${draft.code}-proven` }) : blocked(draft);
}

function rolesUnread({ roles }: KeyVaultReading, draft: Omit<FindingDraft, 'code'>): Finding {
  const code = 'rights.roles-unreadable';
  if (roles && !roles.assignments.ok) {
    return unread({ ...draft, code }, roles.assignments.fault, 'Microsoft.Authorization/roleAssignments/read');
  }
  if (roles && !roles.denials.ok) {
    return unread({ ...draft, code }, roles.denials.fault, 'Microsoft.Authorization/denyAssignments/read');
  }
  const definition = roles?.definitions.find(({ role }) => !role.ok)?.role;
  const needs = 'Microsoft.Authorization/roleDefinitions/read';
  if (definition && !definition.ok) return unread({ ...draft, code }, definition.fault, needs);
  return unsettled({ ...draft, code, params: { ...draft.params, why: 'unavailable', action: needs, ...noAnswer } });
}

function paramsOf(keyVault: KeyVaultPicture, rights: RightsPicture): Finding['params'] {
  const source = rights.roles?.sources[0];
  return {
    keyVault: keyVault.use.name,
    groups: groupsOf(rights.missing),
    missingKeys: rights.missing.keys,
    missingSecrets: rights.missing.secrets,
    presentKeys: rights.present.keys,
    presentSecrets: rights.present.secrets,
    missingActions: rights.missing.dataActions.map(shortAction),
    presentActions: rights.present.dataActions.map(shortAction),
    role: source?.role ?? '',
    scope: source?.scope ?? '',
    level: source ? levelOf(source.scope, keyVault.use.id) : '',
    through: source?.throughGroup ? 'group' : 'itself',
    denied: (rights.roles?.denied ?? []).map(shortAction),
  };
}

/** In which groups of an access policy permissions are missing, as the wording distinguishes them. */
function groupsOf({ keys, secrets }: Rights): string {
  if (secrets.length === 0) return 'keys';
  return keys.length === 0 ? 'secrets' : 'both';
}

/** A dataAction without the provider that all of them begin with. */
function shortAction(action: string): string {
  return action.replace(/^Microsoft\.KeyVault\/vaults\//i, '');
}

/** Where a role was assigned: on the key vault itself, or above it. */
function levelOf(scope: string, keyVaultId: string): string {
  if (sameId(scope, keyVaultId)) return 'here';
  if (/\/managementGroups\//i.test(scope)) return 'managementGroup';
  if (/\/resourceGroups\/[^/]+$/i.test(scope)) return 'group';
  return /^\/subscriptions\/[^/]+\/?$/i.test(scope) ? 'subscription' : 'above';
}
