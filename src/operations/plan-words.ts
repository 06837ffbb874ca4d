/** A plan in words, and as the equivalent `az` commands. Pure. */
import type { Block } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { armId } from '../core/arm-id.ts';
import type { BackUpPart } from './back-up-now/plan.ts';
import type { GrantPart } from './grant-key-vault-access/plan.ts';
import type { Part } from './part.ts';
import type { Plan } from './plan.ts';
import type { ProtectPart } from './protect/plan.ts';

const dayMs = 86_400_000;
const keyVaultApi = '2026-02-01';

/** What a plan will do, one line per step. */
export function planLines(words: Words, plan: Plan, now: Date): Block {
  const lines = plan.parts.flatMap((part) => linesOf(words, part, now));
  return { kind: 'list', ordered: true, items: lines.map((text) => ({ text })) };
}

/** The commands that do the same, each on a line of its own. */
export function planCommands(plan: Plan, now: Date): Block {
  return { kind: 'code', lines: plan.parts.map((part) => commandOf(part, now)) };
}

function linesOf(words: Words, part: Part, now: Date): string[] {
  switch (part.does) {
    case 'grant-key-vault-access':
      return grantLines(words, part);
    case 'protect':
      return [words.say('plan.protect', { vm: part.vm.name, vault: part.vaultName, policy: part.policyName })];
    case 'back-up-now': {
      const until = words.date(new Date(now.getTime() + part.keepDays * dayMs));
      return [words.say('plan.back-up', { vm: part.vm.name, until }), words.say('plan.verify')];
    }
  }
}

function grantLines(words: Words, part: GrantPart): string[] {
  const keyVault = part.keyVault.name;
  const wait = words.say('plan.grant-wait', { minutes: part.by.model === 'policies' ? 3 : 10 });
  if (part.by.model === 'roles') return [words.say('plan.grant-roles', { keyVault, role: part.by.roleName }), wait];
  return [words.say('plan.grant-policies', { keyVault, rights: rightsText(words, part) }), wait];
}

/** `backup on keys and backup on secrets` */
export function rightsText(words: Words, { missing }: Pick<GrantPart, 'missing'>): string {
  const keys = missing.keys.length > 0 ? [words.say('plan.rights-keys', { rights: missing.keys })] : [];
  const secrets = missing.secrets.length > 0 ? [words.say('plan.rights-secrets', { rights: missing.secrets })] : [];
  return words.names([...keys, ...secrets]);
}

/** The `az` command of one part. */
export function commandOf(part: Part, now: Date): string {
  switch (part.does) {
    case 'grant-key-vault-access':
      return grantCommand(part);
    case 'protect':
      return protectCommand(part);
    case 'back-up-now':
      return backUpCommand(part, now);
  }
}

/** `az keyvault set-policy` would read and rewrite the whole key vault, so the call that only adds is shown instead. */
function grantCommand({ by, keyVault, principalId }: GrantPart): string {
  if (by.model === 'policies') {
    const { tenantId, objectId, keys, secrets, certificates, storage } = by.entry;
    const permissions = { keys, secrets, certificates, storage };
    const body = { properties: { accessPolicies: [{ tenantId, objectId, permissions }] } };
    const url = `https://management.azure.com${keyVault.id}/accessPolicies/add?api-version=${keyVaultApi}`;
    return `az rest --method put --url '${url}' --body '${JSON.stringify(body)}'`;
  }
  const who = `--assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal`;
  return `az role assignment create ${who} --role '${by.roleName}' --scope '${keyVault.id}'`;
}

function protectCommand({ ref, vm, policyName }: ProtectPart): string {
  const vault = armId(ref.vaultId);
  const where = `--resource-group ${vault.resourceGroup} --vault-name ${vault.name}`;
  return `az backup protection enable-for-vm ${where} --vm '${vm.id}' --policy-name '${policyName}'`;
}

function backUpCommand({ ref, keepDays }: BackUpPart, now: Date): string {
  const vault = armId(ref.vaultId);
  const where = `--resource-group ${vault.resourceGroup} --vault-name ${vault.name}`;
  const what = `--container-name '${ref.container}' --item-name '${ref.item}' --backup-management-type AzureIaasVM`;
  const [year, month, day] = new Date(now.getTime() + keepDays * dayMs).toISOString().slice(0, 10).split('-');
  return `az backup protection backup-now ${where} ${what} --retain-until ${day}-${month}-${year}`;
}
