import type { ProtectedItem, VaultFacts } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { backupPorts } from '../protect/ports.ts';
import { guardOf, type OwnedGuard } from '../../dialogs/guard.ts';
import { namedItem, vmOfItem, type ItemInVault } from '../../dialogs/named-item.ts';
import type { Backups, ProtectionPorts, Resume, Change } from './found.ts';
import { backupsStateOf, type BackupsState } from '../../ground/backups-state.ts';

/** The states that each of them starts from, the one it means first. */
const wanted: Readonly<Record<Change, readonly BackupsState[]>> = {
  'stop-protection': ['on', 'stopped', 'deleted'],
  'resume-protection': ['stopped', 'on', 'deleted'],
  undelete: ['deleted', 'stopped', 'on'],
};

/** Finds the backups of a VM in the vaults, whether or not the VM still exists. */
export function protectionPorts(estate: Estate): ProtectionPorts {
  return {
    find: async (asked, change) => {
      const { found, several, unread } = await namedItem(estate, asked, (item) =>
        wanted[change].indexOf(backupsStateOf(item)),
      );
      return { backups: found && (await told(estate, found, change)), several, unread };
    },
  };
}

async function told(estate: Estate, { vault, item }: ItemInVault, change: Change): Promise<Backups> {
  const { reads } = estate;
  const standing = backupsStateOf(item);
  const [named, points, guard, resume] = await Promise.all([
    vmOfItem(estate, item),
    tried(() => reads.recoveryPoints(item.ref)),
    guardAgainst(estate, vault, change),
    change === 'resume-protection' && standing === 'stopped' ? resumeOf(estate, item) : null,
  ]);
  const times = points.ok ? points.value.map(({ time }) => time.getTime()) : [];
  return {
    ...named,
    ref: item.ref,
    vaultName: vault.name,
    standing,
    policyName: item.policyName === '' ? null : item.policyName,
    points: points.ok ? points.value.length : null,
    lastPoint: times.length > 0 ? new Date(Math.max(...times)).toISOString() : null,
    hoursLeft: item.softDeleted?.remainingHours ?? null,
    ...guard,
    resume,
  };
}

/** Undeleting is nothing that a guard protects (Microsoft's multi-user-authorization-concept). */
async function guardAgainst(estate: Estate, vault: VaultFacts, change: Change): Promise<OwnedGuard> {
  if (change === 'undelete') return { guard: 'none', guardOwners: null };
  return guardOf(estate, vault, change === 'stop-protection' ? 'stop' : 'change-protection');
}

/** The VM is judged as for a backup; that its protection is stopped doesn't block here. */
async function resumeOf(estate: Estate, { vmId, ref }: ProtectedItem): Promise<Resume> {
  const { assessment } = await backupPorts(estate).reading(vmId, { vaultId: ref.vaultId });
  const { vaults, policies } = assessment.destinations;
  const ofVault = Object.entries(policies).find(([id]) => sameId(id, ref.vaultId))?.[1] ?? [];
  const blocked = assessment.findings.find(
    ({ verdict, code }) => verdict === 'block' && !code.startsWith('protection.') && !code.startsWith('destination.'),
  );
  return {
    policies: ofVault.filter(({ fits }) => fits).map(({ id, name }) => ({ id, name })),
    preset: vaults.find(({ id }) => sameId(id, ref.vaultId))?.presetPolicyId ?? null,
    blocked: blocked ? { code: blocked.code, params: blocked.params } : null,
  };
}
