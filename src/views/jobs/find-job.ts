import type { JobFacts, VaultFacts, VmEntry } from '../../azure/gateway.ts';
import { groupAndName, isJobMeant, firstOfEachVm, vmIdOfJob, vmKeyOfJob } from '../../azure/job-vm.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { sameId } from '../../core/arm-id.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';

/** A job with its vault. `vm`: the VM in the list of the estate; null if it isn't in it. */
export type FoundJob = {
  readonly job: JobFacts;
  readonly vault: VaultFacts;
  readonly vm: VmEntry | null;
  /** The name of its VM here: with its group if another VM has the same name. */
  readonly calledAs: string;
  /** The jobs of the same VM that were listed with it, newest first. */
  readonly ofVm: readonly JobFacts[];
};

/** What matches the words: one job, or the VMs, as group and name, that all have jobs; and what couldn't be read. */
type JobsFound = {
  readonly found: FoundJob | null;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
};

type Listed = { readonly job: JobFacts; readonly vault: VaultFacts };

const dayMs = 86_400_000;

/** The newest job of the VM that is named in any of the usual ways, or the job whose ID has this prefix. */
export async function findJob(asked: string, estate: Estate): Promise<JobsFound> {
  const listed = await listJobs(estate);
  const fitting = listed.jobs.filter(({ job }) => isJobMeant(job, asked));
  // Two VMs can share a name, and only one of them is meant.
  const ofEach = firstOfEachVm(fitting);
  const [only] = ofEach;
  const several = ofEach.length > 1 ? ofEach.map(({ job }) => groupAndName(job)).sort() : [];
  if (!only || several.length > 0) return { found: null, several, unread: listed.unread };
  const full = await estate.reads.job(only.vault.id, only.job.name);
  const ofVm = listed.jobs.filter(({ job }) => vmKeyOfJob(job) === vmKeyOfJob(only.job)).map(({ job }) => job);
  const found = { ...only, job: full ?? only.job, ofVm, ...(await inEstate(only.job, estate)) };
  return { found, several: [], unread: listed.unread };
}

async function listJobs(estate: Estate): Promise<{ jobs: Listed[]; unread: Unread[] }> {
  const now = estate.azureNow().getTime();
  const window = { from: new Date(now - 30 * dayMs), to: new Date(now + 300_000) };
  const vaults = await readVaults(estate.reads, estate.subscriptions);
  const lists = await perVault(vaults.read, async (vault) =>
    (await estate.reads.jobs(vault.id, window)).map((job) => ({ job, vault })),
  );
  const jobs = lists.read.flat().sort((a, b) => (b.job.startTime?.getTime() ?? 0) - (a.job.startTime?.getTime() ?? 0));
  return { jobs, unread: [...vaults.unread, ...lists.unread] };
}

async function inEstate(job: JobFacts, estate: Estate): Promise<Pick<FoundJob, 'vm' | 'calledAs'>> {
  const id = vmIdOfJob(job);
  const namesakes = (await estate.vms.fresh()).read.filter(
    ({ name }) => name.toLowerCase() === job.vmName.toLowerCase(),
  );
  const vm = namesakes.find((one) => id !== null && sameId(one.id, id)) ?? null;
  return { vm, calledAs: namesakes.some((one) => one !== vm) ? groupAndName(job) : job.vmName };
}
