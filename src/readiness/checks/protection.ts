/**
 * Checks 3 and 4: whether the VM is already protected, whether a backup is running, and the day's remaining attempts.
 */
import { attemptLimit } from '../attempts.ts';
import { blocked, type Finding, passed, unread, unsettled, warned } from '../findings/finding.ts';
import type { Picture } from '../pictures/picture.ts';

/** Azure allows nine on-demand backups per VM and UTC day, and recommends three. */
const attemptAdvice = 3;

/** Where the VM is protected, and what that means for protecting it. */
export function checkProtection(picture: Picture): readonly Finding[] {
  const { protection, vm } = picture;
  const params = { vm: vm.name, vault: protection.vaultName ?? '', vaultId: protection.vaultId ?? '' };
  const found = protectionFinding(picture, params);
  if (!protection.earlierVm) return [found];
  return [found, warned({ code: 'protection.other-vm', params, fix: { kind: 'guidance' } })];
}

function protectionFinding(picture: Picture, params: Record<string, string>): Finding {
  const { protection, around } = picture;
  switch (protection.kind) {
    case 'none':
      return passed({ code: 'protection.none', params });
    case 'protected':
      return passed({ code: 'protection.protected', params: { ...params, policy: protection.policyName ?? '' } });
    case 'stopped':
      return warned({
        code: 'protection.stopped',
        params: { ...params, points: protection.points ?? -1 },
        fix: { kind: 'resume' },
      });
    case 'soft-deleted':
      return softDeleted(picture, params);
    case 'elsewhere':
      return blocked({ code: 'protection.elsewhere', params });
    case 'protecting':
      return warned({ code: 'protection.protecting', params, fix: { kind: 'wait' } });
    case 'unknown':
      return around.status.ok
        ? unsettled({ code: 'protection.unclear', params })
        : unread({ code: 'protection.unreadable', params }, around.status.fault, statusAction);
  }
}

/** Azure refuses the VM only in that vault (secure by default, November 2025); another one may protect it. */
function softDeleted(picture: Picture, params: Record<string, string>): Finding {
  const isElsewhere = picture.destinations().vaults.some(({ eligible }) => eligible);
  const draft = { params: { ...params, days: daysLeft(picture) ?? -1 }, fix: { kind: 'undelete' } } as const;
  const code = 'protection.soft-deleted';
  return isElsewhere ? warned({ ...draft, code }) : blocked({ ...draft, code });
}

/** The whole days until a soft-deleted item is purged: never more than there are. Null if Azure doesn't say. */
export function daysLeft({ protection }: Picture): number | null {
  const hours = protection.item?.softDeleted?.remainingHours ?? null;
  return hours === null ? null : Math.max(0, Math.floor(hours / 24));
}

/** A running job is joined; the day's attempts are counted. Nothing for a VM that no vault knows. */
export function checkAttempts({ protection, around, reading, vm }: Picture): readonly Finding[] {
  if (!around.protection) return [];
  const { running, today } = around.protection;
  if (!running.ok) return [unread({ code: 'attempts.unreadable', params: { vm: vm.name } }, running.fault, jobsRead)];
  if (!today.ok) return [unread({ code: 'attempts.unreadable', params: { vm: vm.name } }, today.fault, jobsRead)];
  const opensAt = new Date(new Date(reading.readAt).setUTCHours(24, 0, 0, 0)).toISOString();
  const params = { count: protection.attempts ?? 0, limit: attemptLimit, opensAt };
  const job = protection.running;
  const found = job ? [passed({ code: 'attempts.running', params: { ...params, operation: job.operation } })] : [];
  if (params.count >= attemptLimit)
    return [...found, blocked({ code: 'attempts.used-up', params, fix: { kind: 'wait' } })];
  if (params.count >= attemptAdvice) return [...found, warned({ code: 'attempts.many', params })];
  return [...found, passed({ code: 'attempts.left', params })];
}

const statusAction = 'Microsoft.RecoveryServices/locations/backupStatus/action';
const jobsRead = 'Microsoft.RecoveryServices/Vaults/backupJobs/read';
