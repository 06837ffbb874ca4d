/** What `/backup stop`, `resume` and `undelete` find about a VM, whether or not it still exists. */
import type { Unread } from '../../../azure/partial-read.ts';
import type { FindingToSay } from '../../../message/words.ts';
import type { PlannedVm } from '../../ground/part.ts';
import type { ItemRef, ProtectedItem, VaultFacts } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { readVm } from '../protect/read-vm.ts';
import { guardOf, type OwnedGuard } from '../../dialogs/guard.ts';
import { namedItem, vmOfItem, type ItemInVault } from '../../dialogs/named-item.ts';
import type { ProtectionPart } from '../../parts/protection.ts';
import { backupsStateOf, type BackupsState } from '../../ground/backups-state.ts';

/** Which of the three is asked for. */
export type Change = ProtectionPart['does'];

/**
 * The current state of a VM's backups. `calledAs` distinguishes it from another VM with the same name. `points` and
 * `lastPoint` null: not read, or none; `hoursLeft` until what was deleted is gone; `guard`: what a Resource Guard does
 * about stopping them; for resuming, whether it protects changes of protection, which may include that.
 */
export type Backups = OwnedGuard & {
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly ref: ItemRef;
  readonly vaultName: string;
  readonly standing: BackupsState;
  readonly policyName: string | null;
  readonly points: number | null;
  readonly lastPoint: string | null;
  readonly hoursLeft: number | null;
  /** What resuming needs; null: it isn't requested, or they aren't stopped. */
  readonly resume: Resume | null;
};

/** The vault's policies that fit the VM, and what blocks its backups; null: nothing does. */
type Resume = {
  readonly policies: readonly { readonly id: string; readonly name: string }[];
  readonly preset: string | null;
  readonly blocked: FindingToSay | null;
};

/** What matches the words: the backups of one VM, or of several VMs, as group and name; and what wasn't read. */
export type FoundItem = {
  readonly backups: Backups | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

/** The states that each of them starts from, the one it means first. */
const wanted: Readonly<Record<Change, readonly BackupsState[]>> = {
  'stop-protection': ['on', 'stopped', 'deleted'],
  'resume-protection': ['stopped', 'on', 'deleted'],
  undelete: ['deleted', 'stopped', 'on'],
};

/** Finds the backups of a VM in the vaults, whether or not the VM still exists. */
export async function findBackups(estate: Estate, asked: string, change: Change): Promise<FoundItem> {
  const rank = (item: ProtectedItem) => wanted[change].indexOf(backupsStateOf(item));
  const { found, several, unread } = await namedItem(estate, asked, rank);
  return { backups: found && (await told(estate, found, change)), several, unread };
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
  const { assessment } = await readVm(estate, vmId, { vaultId: ref.vaultId });
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
