/** One verdict from many findings. */
import type { AssessmentVerdict, GrantNeed } from './assessment.ts';
import type { Finding } from './finding.ts';
import { sameId } from '../../core/arm-id.ts';

/** Blockers come first, then what is unknown, then warnings. `fixable`: each blocker is fixed by an offered grant. */
export function verdictOf(findings: readonly Finding[], grants: readonly GrantNeed[]): AssessmentVerdict {
  const weighed = findings.filter(({ aside }) => !aside);
  const blocks = weighed.filter(({ verdict }) => verdict === 'block');
  if (blocks.length > 0) return blocks.every((block) => isMended(block, grants)) ? 'fixable' : 'blocked';
  if (weighed.some(({ verdict }) => verdict === 'unknown')) return 'unknown';
  return weighed.some(({ verdict }) => verdict === 'warn') ? 'ready-with-warnings' : 'ready';
}

function isMended({ fix }: Finding, grants: readonly GrantNeed[]): boolean {
  if (fix?.kind !== 'grant') return false;
  return grants.some((grant) => grant.offered && sameId(grant.keyVaultId, fix.keyVaultId));
}
