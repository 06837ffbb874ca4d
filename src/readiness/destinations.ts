/**
 * Which Recovery Services vaults and policies can protect the VM, the others with the reason, and what is preselected.
 */
import type { PolicyFacts, PreValidation, VaultFacts } from '../azure/gateway.ts';
import { keyOfId, sameId } from '../core/arm-id.ts';
import { allowsAction } from '../core/action-match.ts';
import type { Destinations, PolicyChoice, Reason, VaultChoice } from './findings/assessment.ts';
import { nextRun } from './next-run.ts';
import { newPolicyReasons, type PolicyNeeds, policyReason } from './policy-needs.ts';
import type { ProtectionPicture } from './protection.ts';
import type { VaultReading } from './reading.ts';
import type { ReadinessRules } from './rules.ts';

/**
 * What the choice depends on. `excused`: Azure's refusal is the missing access that a grant fixes, so it is no reason
 * against a vault.
 */
type DestinationAsk = {
  readonly region: string;
  readonly subscription: string;
  readonly vaults: readonly VaultFacts[];
  readonly readings: readonly VaultReading[];
  readonly traits: PolicyNeeds;
  readonly protection: ProtectionPicture;
  readonly rules: ReadinessRules;
  readonly now: Date;
  readonly excused: (answer: PreValidation) => boolean;
};

/** The actions that protecting a VM, and its first backup, need in the vault. */
const protectActions = [
  'Microsoft.RecoveryServices/Vaults/backupFabrics/refreshContainers/action',
  'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write',
] as const;

/** All vaults of the subscription as choices, the policies of those that were read, and the preset. */
export function destinationsOf(ask: DestinationAsk): Destinations {
  const policies: Record<string, readonly PolicyChoice[]> = {};
  const vaults = ask.vaults.map((vault) => {
    const reading = ask.readings.find((one) => keyOfId(one.vaultId) === keyOfId(vault.id));
    const choices = reading?.policies.ok ? reading.policies.value.map((policy) => policyChoice(policy, ask)) : null;
    if (choices) policies[vault.id] = choices;
    return vaultChoice(vault, { ask, reading: reading ?? null, choices });
  });
  const chosen = presetVault(vaults);
  const preset = { vaultId: chosen?.id ?? null, policyId: chosen?.presetPolicyId ?? null };
  return { vaults, policies, preset, newPolicy: newPolicyReasons(ask.traits) };
}

/** Whether two regions are the same: Azure writes `West Europe` and `westeurope`. */
export function sameRegion(a: string, b: string): boolean {
  const plain = (region: string) => region.toLowerCase().replace(/\s/g, '');
  return plain(a) === plain(b);
}

function policyChoice(facts: PolicyFacts, { traits, now }: DestinationAsk): PolicyChoice {
  const reason = policyReason(facts, traits);
  const next = nextRun(facts, now)?.toISOString() ?? null;
  return { id: facts.id, name: facts.name, facts, nextRun: next, fits: reason === null, reason };
}

type Seen = { ask: DestinationAsk; reading: VaultReading | null; choices: readonly PolicyChoice[] | null };

function vaultChoice(vault: VaultFacts, seen: Seen): VaultChoice {
  const reason = vaultReason(vault, seen);
  const fitting = (seen.choices ?? []).filter((choice) => choice.fits);
  const preset = fitting.find((choice) => choice.name.toLowerCase() === 'defaultpolicy') ?? fitting[0];
  return {
    id: vault.id,
    name: vault.name,
    region: vault.region,
    redundancy: vault.redundancy,
    softDeleteDays: vault.softDelete.days,
    immutability: vault.immutability,
    multiUserAuthorization: vault.multiUserAuthorization,
    isDefault: isDefault(vault, seen.ask.rules),
    eligible: reason === null,
    looked: seen.reading !== null,
    reason,
    presetPolicyId: reason === null ? (preset?.id ?? null) : null,
  };
}

function vaultReason(vault: VaultFacts, { ask, reading, choices }: Seen): Reason | null {
  const { protection } = ask;
  if (protection.kind === 'soft-deleted') {
    if (sameId(protection.vaultId ?? '', vault.id)) return { code: 'destination.soft-deleted', params: {} };
  } else if (protection.vaultId !== null && !sameId(protection.vaultId, vault.id)) {
    return { code: 'destination.other-vault', params: { vault: protection.vaultName ?? protection.vaultId } };
  }
  if (!sameRegion(vault.region, ask.region)) {
    return { code: 'destination.region', params: { region: vault.region, vmRegion: ask.region } };
  }
  if (vault.subscription.toLowerCase() !== ask.subscription.toLowerCase()) {
    return { code: 'destination.subscription', params: { subscription: vault.subscription } };
  }
  const lacking = reading ? lackingActions(reading) : [];
  if (lacking.length > 0) return { code: 'destination.no-right', params: { actions: lacking } };
  if (choices && !choices.some((choice) => choice.fits)) return { code: 'destination.no-policy', params: {} };
  return reading ? azureReason(reading, ask) : null;
}

/** Whether a vault can protect disks like these, by the bot's permissions there and by its policies. */
export function takes(reading: VaultReading, traits: PolicyNeeds): boolean {
  if (lackingActions(reading).length > 0 || !reading.policies.ok) return false;
  return reading.policies.value.some((policy) => policyReason(policy, traits) === null);
}

/** The actions that protecting needs in a vault and the bot lacks there; empty if that couldn't be read. */
export function lackingActions({ permissions }: VaultReading): readonly string[] {
  return permissions.ok ? protectActions.filter((action) => !allowsAction(permissions.value, action)) : [];
}

function azureReason({ preValidation }: VaultReading, ask: DestinationAsk): Reason | null {
  if (!preValidation?.ok || preValidation.value.ok || ask.excused(preValidation.value)) return null;
  const { code, message } = preValidation.value;
  return { code: 'destination.azure-refuses', params: { azureCode: code ?? '', says: message ?? '' } };
}

/** Whether a vault is the one to preselect: the one named in the settings, otherwise one with the tag. */
export function isDefault(vault: VaultFacts, rules: ReadinessRules): boolean {
  if (rules.defaultVault !== null) return vault.name.toLowerCase() === rules.defaultVault.toLowerCase();
  const tag = Object.entries(vault.tags).find(([name]) => name.toLowerCase() === 'kluis-default');
  return tag !== undefined && tag[1].toLowerCase() !== 'false';
}

function presetVault(vaults: readonly VaultChoice[]): VaultChoice | null {
  const eligible = vaults.filter((vault) => vault.eligible);
  const defaults = eligible.filter((vault) => vault.isDefault);
  if (eligible.length === 1) return eligible[0] ?? null;
  return defaults.length === 1 ? (defaults[0] ?? null) : null;
}
