import type { JobFacts, VaultFacts } from '../../../azure/gateway.ts';
import { groupAndName, isJobMeant, firstOfEachVm, vmIdOfJob, vmKeyOfJob } from '../../../azure/job-vm.ts';
import { perVault, readVaults, type PartialRead } from '../../../azure/partial-read.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import type { CancelPorts, Running, RunningJob, RunningRow } from './running.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { tagsNow } from '../../dialogs/tags-now.ts';

const dayMs = 86_400_000;

/**
 * Finds what can be cancelled, the newest first: the newest running job of a VM, the one whose ID has this prefix, or
 * all.
 */
export function cancelPorts(estate: Estate): CancelPorts {
  return { running: (asked) => (asked === null ? listRunning(estate) : findRunning(estate, asked)) };
}

type Found = { readonly vault: VaultFacts; readonly job: JobFacts };

async function listRunning(estate: Estate): Promise<Running> {
  const { read, unread } = await runningJobs(estate);
  return { found: null, several: [], rows: read.map(rowOf), unread };
}

function rowOf({ job, vault }: Found): RunningRow {
  const since = job.startTime?.toISOString() ?? null;
  return { jobId: job.name, vm: groupAndName(job), vaultName: vault.name, since };
}

async function findRunning(estate: Estate, asked: string): Promise<Running> {
  const { read, unread } = await runningJobs(estate);
  const jobs = read.filter(({ job }) => isJobMeant(job, asked));
  // Two VMs can share a name, and only one of them is meant.
  const newest = firstOfEachVm(jobs);
  const [only] = newest;
  if (!only) return { found: null, several: [], unread };
  if (newest.length > 1) return { found: null, several: newest.map(({ job }) => groupAndName(job)).sort(), unread };
  return { found: await told(estate, only), several: [], unread };
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
