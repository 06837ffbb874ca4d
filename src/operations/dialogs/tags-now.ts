/** The tags by which rules apply to VMs, as Azure has them now. */
import { keyOfId, sameId } from '../../core/arm-id.ts';
import { within } from '../../core/within.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Estate } from './estate.ts';
import type { PlannedVm } from '../ground/part.ts';
import type { Plan } from '../parts/plan.ts';

type Reads = { readonly reads: Pick<Estate['reads'], 'vm'> };
type Tags = PlannedVm['tags'];
type Tagged = Pick<PlannedVm, 'id' | 'tags'>;

/** The tags of one VM; as they were known if the VM is gone; null: it can't be read. */
export async function tagsNow({ reads }: Reads, known: Tagged): Promise<Tags> {
  const read = await tried(() => reads.vm(known.id));
  if (!read.ok) return null;
  return read.value && sameId(read.value.id, known.id) ? read.value.tags : known.tags;
}

/** The tags of VMs, by their IDs as `keyOfId` gives them. */
export type TagsOfVms = ReadonlyMap<string, Tags>;

/** Somebody is waiting for the answer to their click. */
const timeoutMs = 5_000;

/** Reads those of the VMs in a plan's parts; what can't be read in time counts as unread. */
export async function tagsOfVms(azure: Reads, { parts }: Pick<Plan, 'parts'>): Promise<TagsOfVms> {
  const vms = new Map(parts.flatMap((part) => ('vm' in part ? [[keyOfId(part.vm.id), part.vm]] : [])));
  const read = async ([key, vm]: [string, Tagged]) => [key, await within(timeoutMs, tagsNow(azure, vm))] as const;
  return new Map(await Promise.all([...vms].map(read)));
}

/** The same VM with these tags; one that isn't among them keeps its own. */
export function tagged<Vm extends Tagged>(vm: Vm, tags: TagsOfVms): Vm {
  const read = tags.get(keyOfId(vm.id));
  return read === undefined ? vm : { ...vm, tags: read };
}

/** The same plan with these tags. Parts on several VMs keep theirs: none of them can be continued or cancelled. */
export function withTags(plan: Plan, tags: TagsOfVms): Plan {
  return { ...plan, parts: plan.parts.map((part) => ('vm' in part ? { ...part, vm: tagged(part.vm, tags) } : part)) };
}
