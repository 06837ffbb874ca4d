/** What a forecast reads about restores: by lists, and in full only for the VMs about which those leave a doubt. */
import type {
  DiskFacts,
  JobFacts,
  PolicyFacts,
  ProtectedItem,
  RecoveryPoint,
  StorageAccount,
  VaultFacts,
} from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Read } from '../../readiness/reading.ts';
import { isBroughtBack, locksDisks } from '../../readiness/lost-keys.ts';
import { policyRuns } from '../../readiness/next-run.ts';
import { restoresWindow } from '../../readiness/restores/restore-points.ts';
import { stagingOf, subscriptionOfRestores } from '../../readiness/staging.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import {
  guardOutlook,
  keysOutlook,
  type GuardOutlook,
  type KeysOutlook,
} from '../../operations/restore/restore-disks/restore-checks.ts';
import { areKeysLost, type Checked } from './checked.ts';
import { readRestoreRights, type RestoreRights } from './restore-rights.ts';

/**
 * What a restore needs. `rights` null: no identity can restore. `secondRegion`: a rule requires every vault to have
 * copies in one. `guards` and `jobs`, today's restores, by the vault's ID.
 */
export type RestoreFacts = {
  readonly rights: RestoreRights | null;
  /** By the subscription, in lower case. */
  readonly accounts: ReadonlyMap<string, Read<readonly StorageAccount[]>>;
  readonly guards: ReadonlyMap<string, GuardOutlook>;
  readonly jobs: ReadonlyMap<string, Read<readonly JobFacts[]>>;
  readonly secondRegion: boolean;
};

/**
 * What was read in full of a VM, since lists leave a doubt: its recovery points, and whether a restore could bring its
 * keys back. Null: not asked.
 */
export type Doubts = {
  readonly points: Read<readonly RecoveryPoint[]> | null;
  readonly keys: KeysOutlook | null;
};

type Held = { readonly item: ProtectedItem; readonly vault: VaultFacts };

/** Reads what all restores need. */
export async function readRestores(held: readonly Held[], estate: Estate): Promise<RestoreFacts> {
  const { reads, restores, readiness, azureNow } = estate;
  const vaults = [...new Set(held.map(({ vault }) => vault))];
  const subscriptions = [...new Set(held.map(({ item, vault }) => restoreSubscription({ item, vault })))];
  const perVault = <T>(read: (vault: VaultFacts) => Promise<T>) =>
    Promise.all(vaults.map(async (vault) => [keyOfId(vault.id), await read(vault)] as const));
  const [listed, guards, jobs] = await Promise.all([
    Promise.all(subscriptions.map(async (id) => [id, await tried(() => reads.storageAccounts(id))] as const)),
    perVault((vault) => guardOutlook(estate, vault)),
    perVault((vault) => tried(() => reads.jobs(vault.id, restoresWindow(azureNow())))),
  ]);
  const accounts = new Map(listed);
  const rights = restores && (await readRestoreRights({ restores, reads, held, accounts }));
  const { secondRegion } = readiness.rules;
  return { rights, accounts, guards: new Map(guards), jobs: new Map(jobs), secondRegion };
}

/** The subscription of a VM's restores, in lower case. */
export function restoreSubscription({ item, vault }: Held): string {
  return subscriptionOfRestores(item.vmId, vault.id).toLowerCase();
}

type Judged = Held & {
  readonly policy: PolicyFacts | null;
  readonly assessment: Checked | null;
  readonly disks: readonly DiskFacts[];
};

/** For how many VMs more than lists is read. */
const maxDoubtful = 100;

type Around = { readonly estate: Estate; readonly restores: RestoreFacts };

/** The same VMs, with what was read of those about which lists leave a doubt. */
export async function withDoubts<T extends Judged>(vms: readonly T[], around: Around): Promise<(T & Doubts)[]> {
  const { estate } = around;
  const runsOf = policyRuns(estate.azureNow());
  const isOld = ({ item, policy }: T) => {
    const last = item.lastRecoveryPoint;
    return last === null || (policy && runsOf(policy).missed(last)) !== false;
  };
  const doubtful = vms.filter((vm) => isOld(vm) || areKeysInDoubt(vm) || isStagedByIdentity(vm, around.restores));
  const read = new Set(doubtful.slice(0, maxDoubtful));
  return Promise.all(
    vms.map(async (vm) => {
      if (!read.has(vm)) return { ...vm, points: null, keys: null };
      const [points, keys] = await Promise.all([
        tried(() => estate.reads.recoveryPoints(vm.item.ref)),
        canComeBack(vm) ? keysOutlook(estate, vm.disks) : null,
      ]);
      return { ...vm, points, keys };
    }),
  );
}

/** Whether the keys of its disks, as listed, can't be used, or it can't be told. */
function areKeysInDoubt({ assessment }: Judged): boolean {
  return !assessment || assessment.encryption.kind === 'unknown' || areKeysLost(assessment);
}

function canComeBack({ assessment }: Judged): boolean {
  if (!assessment || !areKeysLost(assessment)) return false;
  return assessment.findings.filter(locksDisks).every(isBroughtBack);
}

/** Whether its disks have keys of Azure Disk Encryption now. */
export function usesAde({ encryption: { kind } }: Pick<Checked, 'encryption'>): boolean {
  return kind === 'ade-kek' || kind === 'ade-bek';
}

/** Only the vault's own identity gets into any account, so that Kluis can't read what a restore leaves there. */
function isStagedByIdentity({ item, vault, assessment }: Judged, { accounts }: RestoreFacts): boolean {
  const read = accounts.get(restoreSubscription({ item, vault }));
  if (!read?.ok || !assessment || !usesAde(assessment)) return false;
  const staged = { region: vault.region, vaultIdentity: vault.systemIdentity };
  const fit = read.value.map((account) => stagingOf(account, staged)).filter(({ unfit }) => unfit === null);
  return fit.length > 0 && fit.every(({ byIdentity }) => byIdentity);
}
