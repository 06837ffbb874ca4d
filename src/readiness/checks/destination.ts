/** Checks 23 to 26: a vault in the right place, a fitting policy, Azure's own answer, and the provider. */
import type { VaultFacts } from '../../azure/gateway.ts';
import { sameId } from '../../core/arm-id.ts';
import { lackingActions, sameRegion } from '../destinations.ts';
import { blocked, type Finding, passed, unread } from '../findings/finding.ts';
import { isKeyAccessCode } from '../key-access-code.ts';
import { policyReason } from '../policy-needs.ts';
import { recoveryServices as rsv } from '../provider.ts';
import type { Picture } from '../pictures/picture.ts';
import type { VaultReading } from '../reading.ts';

/** Whether there is a Recovery Services vault in the VM's region and subscription. A protected VM has its vault. */
export function checkVault({ reading, vm, protection }: Picture): readonly Finding[] {
  if (hasVault(protection.kind)) return [];
  const params = { region: vm.region, group: vm.resourceGroup };
  if (!reading.vaults.ok)
    return [unread({ code: 'vault.unreadable', params }, reading.vaults.fault, `${rsv}/Vaults/read`)];
  const isNear = ({ region }: VaultFacts) => sameRegion(region, vm.region);
  const near = reading.vaults.value.filter(isNear).map(({ name }) => name);
  if (near.length > 0) return [passed({ code: 'vault.found', params: { ...params, vaults: near } })];
  const others = reading.vaults.value
    .filter((vault) => !isNear(vault))
    .map(({ name, region }) => `${name} (${region})`);
  const code = others.length > 0 ? 'vault.none-here' : 'vault.none';
  return [blocked({ code, params: { ...params, others } })];
}

/** Whether a policy supports these disks: the present policy, or any of the vaults that could take the VM. */
export function checkPolicy(picture: Picture): readonly Finding[] {
  const { protection, around, traits } = picture;
  if (protection.kind === 'elsewhere') return [];
  if (protection.policy) return policyInForce(picture);
  const readable = around.vaultReadings.flatMap(({ policies }) => (policies.ok ? policies.value : []));
  if (readable.some((policy) => policyReason(policy, traits) === null)) return [passed({ code: 'policy.fits' })];
  const failed = around.vaultReadings.find(({ policies }) => !policies.ok);
  if (failed && !failed.policies.ok) {
    const draft = { code: 'policy.unreadable' as const, params: { vault: nameOf(failed) } };
    return [unread(draft, failed.policies.fault, `${rsv}/Vaults/backupPolicies/read`)];
  }
  if (around.vaultReadings.length === 0) return [];
  const params = { disks: askingEnhanced(traits), vaults: around.vaultReadings.map(nameOf) };
  return [blocked({ code: noneCode(picture, params.disks), params })];
}

/** No policy fits: because of some disks, because disks are left out, or whatever the disks are. */
function noneCode({ traits }: Picture, disks: readonly string[]) {
  if (disks.length > 0) return 'policy.none-fits';
  return traits.choosesOfAde ? 'policy.none-for-choice' : 'policy.none';
}

function policyInForce({ protection, traits }: Picture): readonly Finding[] {
  const policy = protection.policy;
  const reason = policy ? policyReason(policy, traits) : null;
  if (reason?.code === 'policy.disks-of-ade') return []; // that has a finding of its own
  const params = { policy: policy?.name ?? '', disks: askingEnhanced(traits) };
  if (reason?.code === 'policy.crash-consistent')
    return [blocked({ code: 'policy.in-force-crash-consistent', params })];
  return [reason ? blocked({ code: 'policy.in-force-unfit', params }) : passed({ code: 'policy.in-force', params })];
}

/**
 * Azure's own answer about this VM for each vault. It overrides what was inferred here. If Azure reports missing access
 * in a key vault that a grant would give, the finding on permissions is more exact and this one is set aside.
 */
export function checkAzureAnswer({ around, grants }: Picture): readonly Finding[] {
  const offered = grants.find((grant) => grant.offered);
  return around.vaultReadings.flatMap((vault) => {
    const { preValidation } = vault;
    if (preValidation === null) return [];
    const draft = { subject: nameOf(vault), params: { vault: nameOf(vault) } };
    if (!preValidation.ok) {
      const needs = `${rsv}/locations/backupPreValidateProtection/action`;
      return [unread({ ...draft, code: 'azure-says.unreadable' }, preValidation.fault, needs)];
    }
    const { ok, code, message, recommendation } = preValidation.value;
    if (ok) return [passed({ ...draft, code: 'azure-says.yes' })];
    const params = { ...draft.params, azureCode: code ?? '', says: message ?? '', recommends: recommendation ?? '' };
    if (offered && isKeyAccessCode(code)) {
      const fix = { kind: 'grant', keyVaultId: offered.keyVaultId } as const;
      return [blocked({ ...draft, code: 'azure-says.no', params, fix, aside: true })];
    }
    return [blocked({ ...draft, code: 'azure-says.no', params })];
  });
}

/** Whether the subscription may use Azure Backup at all. */
export function checkProvider({ reading, vm }: Picture): readonly Finding[] {
  const params = { provider: rsv, subscription: vm.subscription };
  if (!reading.provider.ok) {
    const needs = 'Microsoft.Resources/subscriptions/providers/read';
    return [unread({ code: 'provider.unreadable', params }, reading.provider.fault, needs)];
  }
  const state = reading.provider.value;
  if (state === 'registered') return [passed({ code: 'provider.registered', params })];
  return [blocked({ code: `provider.${state}`, params, fix: { kind: 'register', provider: rsv } })];
}

/** Check 28: what the bot may do in the vault. If one vault allows it, the others are only no longer offered. */
export function checkBotRights({ around, protection }: Picture): readonly Finding[] {
  const holder = around.vaultReadings.filter(
    ({ vaultId }) =>
      !protection.vaultId || sameId(vaultId, protection.vaultId) === (protection.kind !== 'soft-deleted'),
  );
  if (protection.kind === 'elsewhere' || holder.length === 0) return [];
  const allowed = holder.find((vault) => vault.permissions.ok && lackingActions(vault).length === 0);
  if (allowed) return [passed({ code: 'bot.may', params: { vault: nameOf(allowed) } })];
  const unreadable = holder.find(({ permissions }) => !permissions.ok);
  if (unreadable && !unreadable.permissions.ok) {
    const draft = { code: 'bot.unreadable' as const, params: { vault: nameOf(unreadable) } };
    return [unread(draft, unreadable.permissions.fault, 'Microsoft.Authorization/permissions/read')];
  }
  const actions = [...new Set(holder.flatMap(lackingActions))];
  return [blocked({ code: 'bot.may-not', params: { actions, vaults: holder.map(nameOf) } })];
}

function hasVault(kind: Picture['protection']['kind']): boolean {
  return ['protected', 'stopped', 'elsewhere', 'protecting'].includes(kind);
}

function nameOf({ vaultId }: VaultReading): string {
  return vaultId.split('/').at(-1) ?? vaultId;
}

/** What Standard policies don't support, by name. */
function askingEnhanced({ extendedZone, shared, ...needs }: Picture['traits']): readonly string[] {
  const zone = extendedZone === null ? [] : [`Extended Zone ${extendedZone}`];
  return [...zone, ...shared, ...needs.enhancedOnly, ...needs.tooLargeLeftOut];
}
