/** Whether the next scheduled backup will work. */
import type { Tonight } from '../findings/assessment.ts';
import type { Finding } from '../findings/finding.ts';
import { plannedRun } from '../next-run.ts';
import type { ProtectionPicture } from '../protection.ts';

// What prevents a person from starting a backup now, or from protecting again, doesn't affect a run that Azure starts
// itself.
const notForSchedules = new Set(['attempts', 'vault', 'bot', 'azure-says', 'protection', 'locks']);

/** From the findings: what Azure blocks stops the run; a rule of this installation doesn't. */
export function tonightOf(protection: ProtectionPicture, findings: readonly Finding[], now: Date): Tonight {
  const none = { nextRun: null, because: `protection.${protection.kind}` };
  if (protection.kind !== 'protected') {
    const closed = protection.kind === 'elsewhere' || protection.kind === 'unknown' || protection.kind === 'protecting';
    return { works: closed ? 'unknown' : 'no', ...none };
  }
  const next = protection.policy ? plannedRun(protection.policy, now) : { nextRun: null };
  const weighed = findings.filter(({ check, aside }) => !aside && !notForSchedules.has(check));
  const stopper = weighed.find(({ verdict, refuses }) => verdict === 'block' && refuses === 'azure');
  if (stopper) return { works: 'no', ...next, because: stopper.code };
  if (protection.earlierVm) return { works: 'unknown', ...next, because: 'protection.other-vm' };
  const doubt = weighed.find(({ verdict, code }) => verdict === 'unknown' || code.endsWith('-proven'));
  return { works: doubt ? 'unknown' : 'yes', ...next, because: doubt?.code ?? null };
}
