import { itemRefOf } from '../../../azure/gateway.ts';
import type { Assessment } from '../../../readiness/findings/assessment.ts';
import { planGrant, type GrantedVm, type GrantPart } from '../../parts/grant-key-vault-access.ts';
import type { PlannedVm } from '../../ground/part.ts';
import { keyVaultsOf } from '../../ground/targets.ts';
import { planRecovery, type RecoverPart } from '../../parts/recover-key-vault.ts';
import type { RegisterPart } from '../../parts/register-provider.ts';
import { verdictOf } from '../../../readiness/findings/verdict.ts';
import type { Part } from '../../parts/parts.ts';
import type { BackUpPart } from '../../parts/back-up-now.ts';
import { keksInReach } from '../../../readiness/findings/keks-in-reach.ts';
import { keyVaultsToRecover } from '../../../readiness/lost-keys.ts';
import { planVersion, type Plan } from '../../parts/plan.ts';
import { choiceOf } from '../../../readiness/chosen-disks.ts';
import { isChosen } from './disks.ts';
import type { ProtectPart } from '../../parts/protect.ts';
import { does, type BackupChoice } from './choices.ts';
import {
  changesDisks,
  chosenVault,
  defaultKeepDays,
  fittingPolicies,
  followsJob,
  vaultsThatTake,
  type BackupKnown,
} from './known.ts';

/**
 * What a choice depends on besides the reading. `grant`: whether a grant can be started here at all; `recover`: whether
 * a key vault can be recovered. `otherDisks`: other disks were chosen than are backed up now.
 */
type Offering = { readonly grant: boolean; readonly recover?: boolean; readonly otherDisks?: boolean };

/**
 * The choices that a reading allows, the best first. A deleted key vault is recovered before anything else: what the
 * VM still needs is only known then. A provider is registered first; the same plan then does what could be chosen
 * without that, unless Azure Backup isn't in the tenant yet: what access it needs is only known then. Pure.
 */
export function choicesFor(assessment: Assessment, offering: Offering): BackupChoice[] {
  if (keyVaultsToRecover(assessment).length > 0) return offering.recover ? ['recover-key-vault'] : [];
  if (providerToRegister(assessment) === null) return choicesOnceRegistered(assessment, offering);
  const findings = assessment.findings.filter((finding) => finding.fix?.kind !== 'register');
  const verdict = verdictOf(findings, assessment.grants);
  const [next] = choicesOnceRegistered({ ...assessment, findings, verdict }, offering);
  const isKnown = !assessment.findings.some(({ code }) => code === 'principal.missing');
  const follows = isKnown ? followers.find((one) => one === next) : undefined;
  return [...(follows ? [`register-provider+${follows}` as const] : []), 'register-provider'];
}

/** What the same plan can do once the provider is registered. */
const followers = [
  'protect+back-up-now',
  'back-up-now',
  'grant-key-vault-access+protect+back-up-now',
  'grant-key-vault-access+back-up-now',
] as const;

/** The resource provider that a VM's subscription lacks; null: none, as far as is known. */
export function providerToRegister({ findings }: Pick<Assessment, 'findings'>): string | null {
  const fixes = findings.flatMap(({ fix }) => (fix?.kind === 'register' ? [fix.provider] : []));
  return fixes[0] ?? null;
}

function choicesOnceRegistered(assessment: Assessment, { grant, otherDisks = false }: Offering): BackupChoice[] {
  const { verdict, protection, grants } = assessment;
  const canGrant = grant && grants.some((need) => need.offered);
  const needed = grants.some((need) => need.required);
  const takes = vaultsThatTake(assessment).length > 0;
  switch (protection.kind) {
    case 'none':
    case 'unknown':
    case 'soft-deleted':
      if (verdict === 'fixable')
        return canGrant && takes ? ['grant-key-vault-access+protect+back-up-now', 'grant-key-vault-access'] : [];
      return verdict === 'blocked' || !takes ? [] : ['protect+back-up-now', 'protect'];
    case 'protected':
    case 'protecting':
      if (verdict === 'fixable') return canGrant ? grantsOfProtected(otherDisks) : [];
      if (verdict === 'blocked') return [];
      if (otherDisks && protection.kind === 'protected') return ['protect', 'protect+back-up-now'];
      return canGrant && needed
        ? ['grant-key-vault-access+back-up-now', 'back-up-now', 'grant-key-vault-access']
        : ['back-up-now'];
    case 'stopped':
    case 'elsewhere':
      return [];
  }
}

/** Azure also checks its access when the disks change. */
function grantsOfProtected(otherDisks: boolean): BackupChoice[] {
  return otherDisks
    ? ['grant-key-vault-access+protect+back-up-now']
    : ['grant-key-vault-access+back-up-now', 'grant-key-vault-access'];
}

/** A finished dialog's plan. Pure: everything in the plan comes from `known`. */
export function planBackup(known: BackupKnown): Plan {
  const { assessment } = known.reading;
  const registers = [...recoverParts(known), ...registerParts(known)];
  const grants = does(known.go, 'grant-key-vault-access') ? grantParts(known) : [];
  // Nothing is given for a backup that can't follow.
  const first = [...registers, ...grants.map((part) => ({ ...part, after: registers.map(({ id }) => id) }))];
  const after = first.map((part) => part.id);
  return {
    version: planVersion,
    vms: [{ id: assessment.vm.id, name: assessment.vm.name }],
    parts: [...first, ...backupParts(known, after)],
  };
}

/** The plan of a choice that could be made now; null if it needs a vault or policy that isn't chosen. */
export function planOfChoice(known: Partial<BackupKnown>, go: BackupChoice): Plan | null {
  if (!known.reading) return null;
  const isPlaced = changesDisks(known.reading) || (known.vault !== undefined && known.policy !== undefined);
  if (does(go, 'protect') && !isPlaced) return null;
  return planBackup({ ...known, go } as BackupKnown);
}

function recoverParts({ go, reading: { assessment } }: BackupKnown): RecoverPart[] {
  if (!does(go, 'recover-key-vault')) return [];
  const { vm, protection } = assessment;
  return keyVaultsToRecover(assessment).map(({ id, name, others }) => {
    const there = { keyVault: { id, name }, others, vm: plannedVm(assessment), vaultName: protection.vaultName };
    // It was looked for in the VM's region.
    return planRecovery({ ...there, region: vm.region ?? '' }, 'nothing');
  });
}

function registerParts({ go, reading: { assessment } }: BackupKnown): RegisterPart[] {
  const provider = does(go, 'register-provider') ? providerToRegister(assessment) : null;
  if (provider === null) return [];
  const then = does(go, 'back-up-now') ? 'back-up' : 'nothing';
  const { subscription } = assessment.vm;
  const vms = [plannedVm(assessment)];
  return [{ id: 'register', after: [], does: 'register-provider', subscription, provider, vms, then }];
}

function grantParts(known: BackupKnown): GrantPart[] {
  const { assessment } = known.reading;
  const then = does(known.go, 'protect') ? 'protect' : does(known.go, 'back-up-now') ? 'back-up' : 'nothing';
  return grantsFor(assessment, { vault: chosenVault(known)?.name ?? null, then });
}

/** The grants that a VM needs, for backups in this vault if it has none yet. */
export function grantsFor(
  assessment: Assessment,
  { vault, then }: { readonly vault: string | null; readonly then: GrantPart['then'] },
): GrantPart[] {
  const vms = [grantedVm(assessment, vault)];
  const parts = assessment.grants.map((need, index) => planGrant(need, { vms, then, id: `grant-${index + 1}` }));
  return parts.filter((part) => part !== null);
}

/** The VM as a plan names it. */
function plannedVm({ vm }: Pick<Assessment, 'vm'>): PlannedVm {
  return { id: vm.id, name: vm.name, os: vm.os, tags: vm.tags };
}

/** The same as the target of a grant; `vault` is where its backups would go, if it has none yet. */
function grantedVm(assessment: Pick<Assessment, 'vm' | 'protection'>, vault: string | null): GrantedVm {
  return { ...plannedVm(assessment), vaultName: assessment.protection.vaultName ?? vault };
}

function backupParts(known: BackupKnown, after: readonly string[]): Part[] {
  const protects = does(known.go, 'protect') ? [protectPart(known, after)] : [];
  const backsUp = does(known.go, 'back-up-now')
    ? [backUpPart(known, protects.length > 0 ? protects.map(({ id }) => id) : after)]
    : [];
  return [...protects, ...backsUp];
}

function protectPart(known: BackupKnown, after: readonly string[]): Part {
  const { assessment } = known.reading;
  const vm = plannedVm(assessment);
  return {
    id: 'protect',
    after,
    does: 'protect',
    vm,
    keyVaults: keyVaultsOf(assessment),
    ...(changesDisks(known.reading) ? placeOfProtected(assessment) : placeOfNew(known, vm)),
    ...disksOfPlan(known),
    ...reachOf(known),
  };
}

function placeOfNew(known: BackupKnown, vm: PlannedVm) {
  const policy = fittingPolicies(known).find((choice) => choice.id === known.policy);
  return {
    ref: itemRefOf(vm.id, known.vault),
    vaultName: chosenVault(known)?.name ?? known.vault,
    policyId: known.policy,
    policyName: policy?.name ?? known.policy,
  };
}

/** Where a VM is protected, and by which policy: that stays when its disks change. */
function placeOfProtected({ protection }: Assessment) {
  const { item, vaultName, policyId, policyName, diskChoice } = protection;
  if (item === null || policyId === null)
    throw new Error('only a VM whose item and policy are known changes its disks');
  return {
    ref: item,
    vaultName: vaultName ?? item.vaultId,
    policyId,
    policyName: policyName ?? policyId,
    changes: { choice: diskChoice },
  };
}

function disksOfPlan({ disks }: BackupKnown): Pick<ProtectPart, 'disks'> {
  const choice = isChosen(disks) ? choiceOf(disks) : null;
  if (!isChosen(disks) || choice === null) return {};
  const named = (choice.only ? disks.taken : disks.out).toSorted((a, b) => a.lun - b.lun);
  return { disks: { ...choice, names: named.map(({ name }) => name) } };
}

function backUpPart(known: BackupKnown, after: readonly string[]): Part {
  const { assessment } = known.reading;
  const { protection } = assessment;
  const vm = plannedVm(assessment);
  // A soft-deleted item stays where it is: the VM is protected again, in another vault.
  const kept = protection.kind === 'soft-deleted' ? null : protection.item;
  const ref = kept ?? itemRefOf(vm.id, known.vault);
  return {
    id: 'back-up',
    after,
    does: 'back-up-now',
    vm,
    keyVaults: keyVaultsOf(assessment),
    ref,
    vaultName: (kept && protection.vaultName) ?? chosenVault(known)?.name ?? ref.vaultId,
    keepDays: known.asked.keepDays ?? defaultKeepDays,
    ...joinOf(known),
    ...reachOf(known),
  };
}

/** The running backup, to follow instead of starting another. */
function joinOf(known: BackupKnown): Partial<Pick<BackUpPart, 'joins'>> {
  const job = followsJob(known);
  return job === null ? {} : { joins: job };
}

function reachOf({ reading }: BackupKnown): { keksInReach?: readonly string[] } {
  const keks = keksInReach(reading.assessment);
  return keks === null ? {} : { keksInReach: keks };
}
