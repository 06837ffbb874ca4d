import { itemRefOf } from '../../azure/gateway.ts';
import type { Assessment } from '../../readiness/assessment.ts';
import { planGrant, type GrantPart } from '../grant-key-vault-access/plan.ts';
import type { Part } from '../part.ts';
import type { Goal, Plan } from '../plan.ts';
import { chosenVault, defaultKeepDays, fittingPolicies, vaultsThatTake, type BackupKnown } from './flow.ts';

/** The goals that a reading allows, the best first. `grant` is whether a grant may be started here at all. Pure. */
export function goalsFor(assessment: Assessment, grant: boolean): Goal[] {
  const { verdict, protection, grants } = assessment;
  const canGrant = grant && grants.some((need) => need.offered);
  const needed = grants.some((need) => need.required);
  const takes = vaultsThatTake(assessment).length > 0;
  switch (protection.kind) {
    case 'none':
    case 'unknown':
      if (verdict === 'fixable') return canGrant && takes ? ['grant-protect-and-back-up', 'grant'] : [];
      return verdict === 'blocked' || !takes ? [] : ['protect-and-back-up', 'protect'];
    case 'protected':
    case 'protecting':
      if (verdict === 'fixable') return canGrant ? ['grant-and-back-up', 'grant'] : [];
      if (verdict === 'blocked') return [];
      return canGrant && needed ? ['grant-and-back-up', 'back-up-now', 'grant'] : ['back-up-now'];
    case 'stopped':
    case 'soft-deleted':
    case 'elsewhere':
      return [];
  }
}

/** The plan of a finished dialog. Pure: what is not in `known` is not in the plan. */
export function planBackup(known: BackupKnown): Plan {
  const { assessment } = known.reading;
  const grants = known.go.startsWith('grant') ? grantParts(assessment, known.go) : [];
  const after = grants.map((part) => part.id);
  return {
    version: 1,
    goal: known.go,
    vms: [{ id: assessment.vm.id, name: assessment.vm.name }],
    parts: [...grants, ...backupParts(known, after)],
  };
}

function grantParts(assessment: Assessment, goal: Goal): GrantPart[] {
  const then = { 'grant-protect-and-back-up': 'protect', 'grant-and-back-up': 'back-up' } as const;
  const next = goal in then ? then[goal as keyof typeof then] : 'nothing';
  const parts = assessment.grants.map((need, index) => planGrant(need, next, `grant-${index + 1}`));
  return parts.filter((part) => part !== null);
}

function backupParts(known: BackupKnown, after: readonly string[]): Part[] {
  switch (known.go) {
    case 'protect':
      return [protectPart(known, after)];
    case 'protect-and-back-up':
    case 'grant-protect-and-back-up':
      return [protectPart(known, after), backUpPart(known, ['protect'])];
    case 'back-up-now':
    case 'grant-and-back-up':
      return [backUpPart(known, after)];
    case 'grant':
    case 'cancel-job':
    case 'create-policy':
    case 'change-policy':
      return [];
  }
}

function protectPart(known: BackupKnown, after: readonly string[]): Part {
  const { vm } = known.reading.assessment;
  const policy = fittingPolicies(known).find((choice) => choice.id === known.policy);
  return {
    id: 'protect',
    after,
    does: 'protect',
    vm: { id: vm.id, name: vm.name },
    ref: itemRefOf(vm.id, known.vault),
    vaultName: chosenVault(known)?.name ?? known.vault,
    policyId: known.policy,
    policyName: policy?.name ?? known.policy,
    ...keksInReach(known.reading.assessment),
  };
}

function backUpPart(known: BackupKnown, after: readonly string[]): Part {
  const { vm, protection } = known.reading.assessment;
  const ref = protection.item ?? itemRefOf(vm.id, known.vault);
  return {
    id: 'back-up',
    after,
    does: 'back-up-now',
    vm: { id: vm.id, name: vm.name },
    ref,
    vaultName: protection.vaultName ?? chosenVault(known)?.name ?? ref.vaultId,
    keepDays: known.asked.keepDays ?? defaultKeepDays,
    ...keksInReach(known.reading.assessment),
  };
}

// Where a right was missing, Azure's "permissions not configured" may mean just that.
function keksInReach({ findings }: Assessment): { keksInReach?: readonly string[] } {
  const keks = findings.find(({ code }) => code === 'kek-origin.unread')?.params['keys'];
  const rights = findings.filter(({ check }) => check === 'rights');
  const complete = rights.length > 0 && rights.every(({ verdict }) => verdict === 'ok');
  return complete && Array.isArray(keks) ? { keksInReach: keks as readonly string[] } : {};
}
