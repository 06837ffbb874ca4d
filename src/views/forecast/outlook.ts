/** Whether a VM's next backup will work, and why it or a restore won't, based only on what was read. */
import type { PolicyFacts } from '../../azure/gateway.ts';
import type { Finding } from '../../readiness/findings/finding.ts';
import type { HeldVm } from './forecast-facts.ts';

/**
 * Why: what a check found, or what only a forecast shows. `gone`: there is no such VM; `nameless`: the vault doesn't
 * say which VM it has; `beyond`: there were too many; the others are about a restore. `about`: the vault, the region,
 * or when the newest point was created (ISO text); `every`: how often the policy makes one.
 */
export type Why = { readonly finding: Pick<Finding, 'code' | 'params'> } | OwnWhy;

/** What only a forecast shows. */
export type OwnWhy = {
  readonly own: OwnCause;
  readonly about: string;
  readonly every?: PolicyFacts['schedule']['frequency'];
};

/** Causes that no check finds. */
type OwnCause =
  | 'gone'
  | 'nameless'
  | 'beyond'
  | 'no-identity'
  | 'used-up'
  | 'guarded'
  | 'no-point'
  | 'old-point'
  | 'no-right'
  | 'no-right-group'
  | 'no-right-staging'
  | 'no-right-target'
  | 'no-account'
  | 'no-second-region'
  | 'second-region-unread'
  | 'keys-shut'
  | 'keys-taken'
  | 'schedule-unread'
  | 'points-unread'
  | 'restores-unread'
  | 'guard-unread'
  | 'right-unread'
  | 'right-staging-unread'
  | 'right-target-unread'
  | 'accounts-unread'
  | 'keys-unread';

/** `clear`: everything was read, and nothing blocks it. */
export type RunOutlook = {
  readonly state: 'fails' | 'at-risk' | 'unread' | 'clear';
  readonly why: Why | null;
};

/** Warnings that may end backups one of the next nights; the others cost something or have passed. */
const risks =
  /^(kek-version\.(expired|expires-soon|many)|secret\.(expired|expires-soon|other-version)|principal\.missing-proven|rights\..+-proven|rights\.policies-secrets-backup|extensions\.failed|locks\.(backup-group|vm-read-only)|protection\.other-vm)$/;

/**
 * The next run. It fails if Azure will refuse it; it is at risk from what blocks only Kluis or a person, and from what
 * may end backups soon. What couldn't be read is never clear.
 */
export function runOutlook({ item, assessment, beyond }: HeldVm): RunOutlook {
  if (beyond !== null) return { state: 'unread', why: { own: 'beyond', about: String(beyond) } };
  if (assessment === null) return { state: 'unread', why: { own: 'nameless', about: item.friendlyName } };
  const { findings, protection } = assessment;
  const { works, because } = protection.tonight;
  const weighed = findings.filter(({ aside }) => !aside);
  const blocks = weighed.filter(({ verdict }) => verdict === 'block');
  // Without a VM there is nothing to back up, whatever the vault says.
  const isGone = blocks.some(({ code }) => code === 'vm.missing');
  if (isGone) return { state: 'fails', why: { own: 'gone', about: item.friendlyName } };
  const stop = works === 'no' ? blocks.find(({ code }) => code === because) : undefined;
  if (stop) return of('fails', stop);
  const unread = weighed.find(({ verdict }) => verdict === 'unknown');
  if (unread) return of('unread', unread);
  const risk = blocks[0] ?? weighed.find(({ verdict, code }) => verdict === 'warn' && risks.test(code));
  if (risk) return of('at-risk', risk);
  if (works === 'yes') return { state: 'clear', why: null };
  return of('unread', findings.find(({ code }) => code === because) ?? findings[0]);
}

function of(state: RunOutlook['state'], finding: Finding | undefined): RunOutlook {
  return { state, why: finding ? whyOf(finding) : null };
}

/** A check's finding as a cause. */
export function whyOf({ code, params }: Finding): Why {
  return { finding: { code, params } };
}
