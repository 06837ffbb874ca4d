/** Backups that end in the simulated Azure, as its lists of jobs show them. */
import type { SimState } from '../../src/sim/state/state.ts';
import type { BotAzure } from './bot-azure.ts';
import type { TestBot } from './start-bot.ts';

type Job = SimState['jobs'][number];

/** A scheduled backup of a protected VM that has just succeeded, unless `over` says otherwise; not in a list yet. */
export function backupOf({ items }: Pick<SimState, 'items'>, vm: string, over: Partial<Job> = {}): Job {
  const { vmId, vaultId, container } = items.find((item) => item.vmId.endsWith(`/${vm}`))!;
  const [id, now] = [crypto.randomUUID(), new Date().toISOString()];
  const place = { id, activityId: id, vmName: vm, vmId, vaultId, container };
  const ended = { operation: 'Backup', status: 'Completed', start: now, end: now } as const;
  return { ...place, ...ended, cancellable: true, tasks: [], bag: {}, ...over };
}

/** What a job says that failed with the error of this title. */
export function failure(errorTitle: string, errorString = 'It broke.'): Pick<Job, 'status' | 'errors'> {
  return { status: 'Failed', errors: [{ errorCode: 12, errorTitle, errorString, recommendations: [] }] };
}

/** A backup of this VM ended like this. */
export async function ends(azure: BotAzure, vm: string, over: Partial<Job>): Promise<Job> {
  const state = await azure.state('items', 'jobs');
  const job = backupOf(state, vm, over);
  await azure.change({ jobs: [...state.jobs, job] });
  return job;
}

/** Backups of these VMs failed a moment ago, each with the error of the given title. */
export async function fail(azure: BotAzure, failures: Readonly<Record<string, string>>): Promise<void> {
  const state = await azure.state('items', 'jobs');
  const jobs = Object.entries(failures).map(([vm, title]) => backupOf(state, vm, failure(title)));
  await azure.change({ jobs: [...state.jobs, ...jobs] });
}

/** Two backups fail with this error, the second one while the alert of the first is open. */
export async function failOneAfterAnother(bot: TestBot, errorTitle: string): Promise<void> {
  const affected = async () => {
    const rows = await bot.rows('alert');
    const mine = rows.find(({ cause_key }) => cause_key.includes(errorTitle.toLowerCase()));
    return (mine?.body as { affected: object[] } | undefined)?.affected.length ?? 0;
  };
  for (const [at, vm] of ['vm-app-01', 'vm-neu-01'].entries()) {
    await fail(bot.azure, { [vm]: errorTitle });
    await bot.as('ana').until(`${at + 1} VMs of ${errorTitle}`, async () => (await affected()) === at + 1 || null);
  }
}
