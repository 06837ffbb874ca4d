/** What `/backup cancel` finds running. */
import type { JobFacts, VaultFacts } from '../../../azure/gateway.ts';
import { groupAndName, isJobMeant, firstOfEachVm, vmIdOfJob, vmKeyOfJob } from '../../../azure/job-vm.ts';
import { perVault, readVaults, type PartialRead, type Unread } from '../../../azure/partial-read.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { tagsNow } from '../../dialogs/tags-now.ts';
import type { PlannedVm } from '../../ground/part.ts';

/**
 * A running job as the dialog needs it. `vm.id` is the VM's resource ID as the job names it, whether or not the VM
 * still exists; `calledAs` distinguishes it from another VM of the same name. `startedBy` is the person whose operation
 * started the job.
 */
export type RunningJob = {
  readonly jobId: string;
  readonly vaultId: string;
  readonly vaultName: string;
  readonly vm: PlannedVm;
  readonly calledAs: string;
  readonly since: string | null;
  readonly cancellable: boolean;
  readonly startedBy: string | null;
};

/** A running job in a list; `vm` is group and name. */
export type RunningRow = Pick<RunningJob, 'jobId' | 'vaultName' | 'since'> & { readonly vm: string };

/**
 * What matches the words: one job, or the VMs, as group and name, that each have a running one; and what wasn't read.
 * `rows`: everything that is running, if no words were given.
 */
export type Running = {
  readonly found: RunningJob | null;
  readonly several: readonly string[];
  readonly rows?: readonly RunningRow[];
  readonly unread: readonly Unread[];
};

const dayMs = 86_400_000;

/**
 * Finds what can be cancelled, the newest first: the newest running job of a VM, the one whose ID has this prefix, or
 * all.
 */
export async function findRunning(estate: Estate, asked: string | null): Promise<Running> {
  const { read, unread } = await runningJobs(estate);
  if (asked === null) return { found: null, several: [], rows: read.map(rowOf), unread };
  const jobs = read.filter(({ job }) => isJobMeant(job, asked));
  // Two VMs can share a name, and only one of them is meant.
  const newest = firstOfEachVm(jobs);
  const [only] = newest;
  if (!only) return { found: null, several: [], unread };
  if (newest.length > 1) return { found: null, several: newest.map(({ job }) => groupAndName(job)).sort(), unread };
  return { found: await told(estate, only), several: [], unread };
}

type Found = { readonly vault: VaultFacts; readonly job: JobFacts };

function rowOf({ job, vault }: Found): RunningRow {
  const since = job.startTime?.toISOString() ?? null;
  return { jobId: job.name, vm: groupAndName(job), vaultName: vault.name, since };
}

async function runningJobs({ azureNow, reads, subscriptions }: Estate): Promise<PartialRead<Found>> {
  const now = azureNow().getTime();
  const window = { from: new Date(now - 3 * dayMs), to: new Date(now + 300_000), status: 'InProgress' as const };
  const vaults = await readVaults(reads, subscriptions);
  const lists = await perVault(vaults.read, async (vault) =>
    (await reads.jobs(vault.id, window)).map((job) => ({ vault, job })),
  );
  const startOf = ({ job }: Found) => job.startTime?.getTime() ?? 0;
  const read = lists.read.flat().toSorted((a, b) => startOf(b) - startOf(a));
  return { read, unread: [...vaults.unread, ...lists.unread] };
}

/** Azure says "cancellable" for as long as a backup runs, but cancels only while the snapshot is taken. */
async function told(estate: Estate, { vault, job }: Found): Promise<RunningJob> {
  const full = (await estate.reads.job(vault.id, job.name)) ?? job;
  const inSnapshot = full.operation !== 'Backup' || !/^Completed$/i.test(full.tasks[0]?.status ?? '');
  const namesakes = await estate.vms.named(job.vmName);
  const listed = namesakes.find(({ id }) => keyOfId(id) === vmKeyOfJob(job));
  const id = listed?.id ?? vmIdOfJob(job);
  return {
    jobId: job.name,
    vaultId: vault.id,
    vaultName: vault.name,
    vm: {
      id: id ?? job.vmName,
      name: listed?.name ?? job.vmName,
      os: null,
      tags: id === null ? null : await tagsNow(estate, { id, tags: listed?.tags ?? null }),
    },
    calledAs: namesakes.some((vm) => vm !== listed) ? groupAndName(job) : job.vmName,
    since: job.startTime?.toISOString() ?? null,
    cancellable: full.cancellable && inSnapshot,
    startedBy: await estate.starterOf(job.name),
  };
}
