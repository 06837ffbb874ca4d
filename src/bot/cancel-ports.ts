import type { JobFacts, VaultFacts } from '../azure/gateway.ts';
import { parseArmId } from '../core/arm-id.ts';
import type { CancelPorts, RunningJob } from '../operations/cancel-job/conversation.ts';
import type { PartStates } from '../operations/progress.ts';
import { runningOperations } from '../store/operations.ts';
import type { Deps } from './deps.ts';

const dayMs = 86_400_000;

/** Finds what can be cancelled: the newest running job of a VM, or the one whose id begins like this. */
export function cancelPorts(deps: Deps): CancelPorts {
  return {
    running: async (asked) => {
      const wanted = (parseArmId(asked)?.name ?? asked).toLowerCase();
      const found = await runningJobs(deps, wanted);
      const newest = found.sort((a, b) => (b.job.startTime?.getTime() ?? 0) - (a.job.startTime?.getTime() ?? 0))[0];
      return newest ? told(deps, newest) : null;
    },
  };
}

type Found = { readonly vault: VaultFacts; readonly job: JobFacts };

async function runningJobs({ azure, clock }: Deps, wanted: string): Promise<Found[]> {
  const now = clock.now().getTime() + (azure.clockSkew() ?? 0);
  const window = { from: new Date(now - 3 * dayMs), to: new Date(now + 300_000), status: 'InProgress' as const };
  const vaults = (await Promise.all(azure.subscriptions.map((id) => azure.reads.vaults(id)))).flat();
  const lists = await Promise.all(
    vaults.map(async (vault) => (await azure.reads.jobs(vault.id, window)).map((job) => ({ vault, job }))),
  );
  return lists.flat().filter(({ job }) => fits(job, wanted));
}

function fits(job: JobFacts, wanted: string): boolean {
  const byId = /^[0-9a-f-]{8,}$/.test(wanted) && job.name.toLowerCase().startsWith(wanted);
  return byId || job.vmName.toLowerCase() === wanted;
}

/** Azure says "cancellable" for as long as a backup runs, but cancels only while the snapshot is taken. */
async function told(deps: Deps, { vault, job }: Found): Promise<RunningJob> {
  const full = (await deps.azure.reads.job(vault.id, job.name)) ?? job;
  const inSnapshot = full.operation !== 'Backup' || !/^Completed$/i.test(full.tasks[0]?.status ?? '');
  return {
    jobId: job.name,
    vaultId: vault.id,
    vaultName: vault.name,
    vm: job.vmName,
    since: job.startTime?.toISOString() ?? null,
    cancellable: full.cancellable && inSnapshot,
    startedBy: await starterOf(deps, job.name),
  };
}

async function starterOf(deps: Deps, jobId: string): Promise<string | null> {
  const running = await runningOperations(deps.database.db);
  const own = running.find((operation) =>
    Object.values(operation.parts as PartStates).some((state) => state.memo.jobId === jobId),
  );
  return own?.requester.id ?? null;
}
