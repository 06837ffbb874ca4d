import { AzureFault } from '../../../azure/faults.ts';
import type { AzureGateway, AzureReads, GrantWrites, KeyVaultFacts } from '../../../azure/gateway.ts';
import { grantsByAccessPolicy, type KluisConfig } from '../../../config/kluis-config.ts';
import { allowsAction } from '../../../core/action-match.ts';
import type { FoundEstate } from './check-estate.ts';
import { ok, problem, someOf, type Finding } from '../finding.ts';
import { askedLack, type AskedLack } from '../asked-lack.ts';
import { toldLacks, toldUnasked, toldWhole } from '../rights-told.ts';
import type { GivenRole } from '../role-files.ts';

const about = 'Rights';
const who = 'the grant identity';
const assigning = 'Microsoft.Authorization/roleAssignments/write';

/** What this check needs. `principal` is the grant identity's object ID; null if unknown. */
type GrantChecked = {
  readonly gateway: Pick<AzureGateway, 'reads' | 'grants'>;
  readonly roles: readonly GivenRole[];
  readonly estate: readonly FoundEstate[];
  readonly config: KluisConfig;
  readonly principal: string | null;
};

/** Compares the grant identity's permissions with its role files, at each key vault in which grants are enabled. */
export async function checkGrantRights(checked: GrantChecked): Promise<readonly Finding[]> {
  const { gateway, estate, config, principal } = checked;
  if (!gateway.grants) return [];
  const ids = estate.flatMap(({ keyVaults }) => keyVaults);
  const facts = (await Promise.all(ids.map((id) => readOrNull(gateway.reads, id)))).filter((one) => one !== null);
  const open = facts.filter((one) => one.rbac || grantsByAccessPolicy(config, one.name));
  if (open.length === 0) return [ok(about, 'no key vault that disks use has grants enabled')];
  const asked = await Promise.all(open.map((one) => askAt(checked, gateway.grants as GrantWrites, one)));
  const lacks = asked.flatMap(({ lack }) => lack ?? []);
  const unasked = asked.flatMap(({ scope, read }) => (read ? [] : scope));
  const whole = lacks.length + unasked.length === 0 ? [toldWhole(who, `${open.length} key vaults`)] : [];
  return [
    ...whole,
    ...toldLacks(who, lacks),
    ...toldUnasked(who, unasked),
    ...(await roleToGive(gateway.reads, open, config)),
    ...(principal === null ? [] : await unfenced(gateway.reads, open, principal)),
  ];
}

async function readOrNull(reads: Pick<AzureReads, 'keyVault'>, id: string): Promise<KeyVaultFacts | null> {
  try {
    return await reads.keyVault(id);
  } catch (error) {
    if (error instanceof AzureFault) return null; // the operating identity's own check reports it
    throw error;
  }
}

function askAt(
  { roles }: Pick<GrantChecked, 'roles'>,
  grants: Pick<GrantWrites, 'permissions'>,
  { id, rbac }: KeyVaultFacts,
): Promise<AskedLack> {
  const role = roles.find(({ scopes }) => scopes.includes(rbac ? 'keyVaultGroup' : 'keyVaults'));
  if (!role) throw new Error('identities.json gives the grant identity no role for key vaults');
  return askedLack(grants, { role, scope: id, actions: role.actions });
}

/** Key vaults with roles need the role that a grant assigns, in each subscription. */
async function roleToGive(
  reads: Pick<AzureReads, 'roleDefinitionsNamed'>,
  open: readonly KeyVaultFacts[],
  { azure }: Pick<KluisConfig, 'azure'>,
): Promise<readonly Finding[]> {
  if (azure.grantRole !== 'backup-key-reader') return [];
  const bySubscription = new Map(open.filter(({ rbac }) => rbac).map((one) => [one.subscription, one]));
  const lacking: string[] = [];
  for (const [subscription, { id }] of bySubscription) {
    const found = await reads.roleDefinitionsNamed(id, azure.grantRole).catch(() => null);
    if (found?.length === 0) lacking.push(subscription);
  }
  if (lacking.length === 0) return [];
  const remedy =
    'Name them in assignableScopes and create it: az role definition create --role-definition manifest/azure/backup-key-reader-role.json';
  return [problem(about, `the role backup-key-reader doesn't exist in ${someOf(lacking)}`, remedy)];
}

async function unfenced(
  reads: Pick<AzureReads, 'roleAssignments' | 'roleDefinition'>,
  open: readonly KeyVaultFacts[],
  principal: string,
): Promise<readonly Finding[]> {
  const found = await unfencedAssignments(reads, open, principal);
  if (found.length === 0) return [];
  const remedy = 'Assign the role again with the condition of manifest/azure/identities.json';
  return [
    problem(about, `${who} can give any role to anyone in ${someOf(found)}: its assignment has no condition`, remedy),
  ];
}

/**
 * The key vaults with roles in which a principal can assign roles without a condition: whoever takes over the bot could
 * assign themselves any role there. What can't be read is left out.
 */
async function unfencedAssignments(
  reads: Pick<AzureReads, 'roleAssignments' | 'roleDefinition'>,
  keyVaults: readonly Pick<KeyVaultFacts, 'id' | 'name' | 'rbac'>[],
  principal: string,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { id, name } of keyVaults.filter(({ rbac }) => rbac)) {
    const assignments = await reads.roleAssignments(id, principal).catch(() => []);
    for (const { roleDefinitionId } of assignments.filter(({ condition }) => condition === null)) {
      const role = await reads.roleDefinition(roleDefinitionId).catch(() => null);
      if (role && allowsAction(role.permissions, assigning)) found.add(name);
    }
  }
  return [...found];
}
