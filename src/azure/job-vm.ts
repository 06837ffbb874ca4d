import { keyOfId, parseArmId, sameId, subscriptionOf } from '../core/arm-id.ts';
import { isRefusal } from '../core/refusal.ts';
import { parseTarget } from '../core/vm-target.ts';
import type { JobFacts } from './facts.ts';

type OfVm = Pick<JobFacts, 'vmName' | 'containerName' | 'vaultId'>;

/**
 * The id of the VM that a job is about, from its container's name, with and without that name's prefix; null if it has
 * none. The VM need not exist any more. A VM is in its vault's subscription: Azure Backup supports no other.
 */
export function vmIdOfJob({ vmName, containerName, vaultId }: OfVm): string | null {
  const [name, group, kind] = (containerName ?? '').split(';').reverse();
  if (!name || !group || !/^iaasvmcontainer(v2)?$/i.test(kind ?? '')) return null;
  const provider = /v2$/i.test(kind ?? '') ? 'Microsoft.Compute' : 'Microsoft.ClassicCompute';
  // Azure may write a container in lower case; the job's own name has the case of the VM.
  const spelled = name.toLowerCase() === vmName.toLowerCase() ? vmName : name;
  const scope = `/subscriptions/${subscriptionOf(vaultId)}/resourceGroups/${group}`;
  return `${scope}/providers/${provider}/virtualMachines/${spelled}`;
}

/** What distinguishes the jobs of VMs; if Azure omits the container, the bare name is all there is. */
export function vmKeyOfJob(job: OfVm): string {
  return keyOfId(vmIdOfJob(job) ?? job.vmName);
}

/** The VM of a job as group and name, in the way in which it can be typed. */
export function groupAndName(job: OfVm): string {
  const group = parseArmId(vmIdOfJob(job) ?? '')?.resourceGroup;
  return group === undefined ? job.vmName : `${group}/${job.vmName}`;
}

/**
 * Whether a job is meant by what was typed: its id, at least eight characters of it, or its VM in any of the usual
 * ways. A group or an id fits no job that does not name its group.
 */
export function isJobMeant(job: OfVm & Pick<JobFacts, 'name'>, asked: string): boolean {
  const wanted = (/\/backupJobs\/([^/?\s]+)/i.exec(asked)?.[1] ?? asked).toLowerCase();
  if (/^[0-9a-f-]{8,}$/.test(wanted) && job.name.toLowerCase().startsWith(wanted)) return true;
  const target = parseTarget(asked);
  if (isRefusal(target) || job.vmName.toLowerCase() !== target.name.toLowerCase()) return false;
  if (target.by === 'name') return true;
  const id = parseArmId(vmIdOfJob(job) ?? '');
  if (id === null) return false;
  return target.by === 'id' ? sameId(id.id, target.id) : id.resourceGroup.toLowerCase() === target.group.toLowerCase();
}

type Found = { readonly job: OfVm };

/** Of jobs in any order, the first one of each VM. */
export function firstOfEachVm<F extends Found>(jobs: readonly F[]): F[] {
  const seen = new Set<string>();
  return jobs.filter(({ job }) => {
    const key = vmKeyOfJob(job);
    return seen.has(key) ? false : seen.add(key);
  });
}
