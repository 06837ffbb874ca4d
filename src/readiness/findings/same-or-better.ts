/** Whether what a person saw is still valid at the click. */
import type { Assessment, GrantNeed } from './assessment.ts';
import type { Finding, Verdict } from './finding.ts';
import { sameId } from '../../core/arm-id.ts';

const gravity: Record<Verdict, number> = { ok: 0, warn: 1, unknown: 2, block: 3 };

/**
 * True if nothing got worse: every present problem was shown, and no present grant gives more than was shown. A problem
 * counts as shown if the same check reported the same for the same subject, or something more severe. Improvements, and
 * values that changed within a case, such as a count, are no reason to ask again.
 */
export function sameVerdictOrBetter(shown: Assessment, now: Assessment): boolean {
  const troubles = now.findings.filter(({ verdict, aside }) => verdict !== 'ok' && !aside);
  return (
    troubles.every((trouble) => wasShown(trouble, shown)) &&
    givesNoMore(shown.grants, now.grants) &&
    protectionHolds(shown, now)
  );
}

function wasShown(trouble: Finding, shown: Assessment): boolean {
  return shown.findings.some(
    ({ check, code, subject, verdict, aside }) =>
      !aside &&
      check === trouble.check &&
      subject === trouble.subject &&
      (code === trouble.code
        ? gravity[verdict] >= gravity[trouble.verdict]
        : gravity[verdict] > gravity[trouble.verdict]),
  );
}

/** Whether no present grant gives more than was shown: it may shrink, but neither grow nor change its kind. */
export function givesNoMore(shown: readonly GrantNeed[], now: readonly GrantNeed[]): boolean {
  return now.every((grant) =>
    shown.some((before) => sameId(before.keyVaultId, grant.keyVaultId) && isWithin(grant, before)),
  );
}

function isWithin(grant: GrantNeed, before: GrantNeed): boolean {
  const within = (now: readonly string[], then: readonly string[]) => now.every((right) => then.includes(right));
  return (
    before.model === grant.model &&
    before.principalId === grant.principalId &&
    (grant.offered || !before.offered) &&
    within(grant.missing.keys, before.missing.keys) &&
    within(grant.missing.secrets, before.missing.secrets) &&
    within(grant.missing.dataActions, before.missing.dataActions)
  );
}

// A VM that somebody protected in the meantime is adopted; one that is no longer where it was counts as changed.
function protectionHolds(shown: Assessment, now: Assessment): boolean {
  const [before, after] = [shown.protection, now.protection];
  if (before.kind === 'none' || before.vaultId === null) return true;
  return after.vaultId !== null && sameId(before.vaultId, after.vaultId);
}
