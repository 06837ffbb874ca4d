import type { JobFacts, VaultFacts, VmEntry } from '../azure/gateway.ts';
import { groupAndName, isJobMeant, firstOfEachVm, vmIdOfJob, vmKeyOfJob } from '../azure/job-vm.ts';
import { perVault, readVaults, type PartialRead } from '../azure/partial-read.ts';
import { keyOfId } from '../core/arm-id.ts';
import type { CancelPorts, Running, RunningJob, RunningRow } from '../operations/cancel-job/running.ts';
import { inventoryNamed } from '../store/inventory.ts';
import type { Deps } from './deps.ts';
import { starterOf } from './job-starter.ts';

const dayMs = 86_400_000;

/** Finds what can be cancelled: the newest running job of a VM, the one whose id begins like this, or all; the newest first. */
export function cancelPorts(deps: Deps): CancelPorts {
  return { running: (asked) => (asked === null ? listRunning(deps) : findRunning(deps, asked)) };
}

type Found = { readonly vault: VaultFacts; readonly job: JobFacts };

async function listRunning(deps: Deps): Promise<Running> {
  const { read, unread } = await runningJobs(deps);
  return { found: null, several: [], rows: read.map(rowOf), unread };
}

function rowOf({ job, vault }: Found): RunningRow {
  const since = job.startTime?.toISOString() ?? null;
  return { jobId: job.name, vm: groupAndName(job), vaultName: vault.name, since };
}

async function findRunning(deps: Deps, asked: string): Promise<Running> {
  const { read, unread } = await runningJobs(deps);
  const jobs = read.filter(({ job }) => isJobMeant(job, asked));
  // Two VMs may share a name, and only one of them is meant.
  const newest = firstOfEachVm(jobs);
  const [only] = newest;
  if (!only) return { found: null, several: [], unread };
  if (newest.length > 1) return { found: null, several: newest.map(({ job }) => groupAndName(job)).sort(), unread };
  return { found: await told(deps, only), several: [], unread };
}

async function runningJobs({ azure, clock }: Deps): Promise<PartialRead<Found>> {
  const now = clock.now().getTime() + (azure.clockSkew() ?? 0);
  const window = { from: new Date(now - 3 * dayMs), to: new Date(now + 300_000), status: 'InProgress' as const };
  const vaults = await readVaults(azure.reads, azure.subscriptions);
  const lists = await perVault(vaults.read, async (vault) =>
    (await azure.reads.jobs(vault.id, window)).map((job) => ({ vault, job })),
  );
  const startOf = ({ job }: Found) => job.startTime?.getTime() ?? 0;
  const read = lists.read.flat().toSorted((a, b) => startOf(b) - startOf(a));
  return { read, unread: [...vaults.unread, ...lists.unread] };
}

/** Azure says "cancellable" for as long as a backup runs, but cancels only while the snapshot is taken. */
async function told(deps: Deps, { vault, job }: Found): Promise<RunningJob> {
  const full = (await deps.azure.reads.job(vault.id, job.name)) ?? job;
  const inSnapshot = full.operation !== 'Backup' || !/^Completed$/i.test(full.tasks[0]?.status ?? '');
  const namesakes = (await inventoryNamed(deps.database.db, 'vm', job.vmName)) as VmEntry[];
  const listed = namesakes.find(({ id }) => keyOfId(id) === vmKeyOfJob(job));
  return {
    jobId: job.name,
    vaultId: vault.id,
    vaultName: vault.name,
    vm: {
      id: listed?.id ?? vmIdOfJob(job) ?? job.vmName,
      name: listed?.name ?? job.vmName,
      os: null,
      tags: listed?.tags ?? null,
    },
    calledAs: namesakes.some((vm) => vm !== listed) ? groupAndName(job) : job.vmName,
    since: job.startTime?.toISOString() ?? null,
    cancellable: full.cancellable && inSnapshot,
    startedBy: await starterOf(deps.database.db, job.name),
  };
}
