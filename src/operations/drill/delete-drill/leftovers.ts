import type { TaggedResource } from '../../../azure/gateway.ts';
import { keyOfId, parseArmId } from '../../../core/arm-id.ts';
import { tried } from '../../../readiness/gather/reader.ts';
import { named } from '../../parts/drill-setup.ts';
import { drillOf, drillTag } from '../../../core/drill-tag.ts';
import { jobTag } from '../../restored/restored-disks.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { tagged as withTags, tagsOfVms } from '../../dialogs/tags-now.ts';
import { isDeletable } from './made-by-drill.ts';
import type { DeleteDrillPart } from '../../parts/delete-drill.ts';

/** How many are read individually. */
const maxRead = 40;

/**
 * Something that a drill left behind: it has the tag of an operation that is no longer running. `of`: the end of that
 * drill, if its rows name this, so that it can be deleted; null: no rows do, and it is only reported.
 * `untagged`: a disk of that drill's restore job that never got the tag, so nothing may delete it.
 */
export type Leftover = {
  readonly id: string;
  readonly name: string;
  readonly drill: string;
  readonly of: DeleteDrillPart | null;
  readonly untagged?: { readonly vm: string; readonly job: string };
};

/** A group of drills; `left` null: it couldn't be read. */
export type GroupLeft = {
  readonly group: { readonly id: string; readonly name: string };
  readonly left: readonly Leftover[] | null;
};

/** What the dialog knows. */
export type LeftKnown = {
  readonly args: readonly string[];
  readonly found: { readonly groups: readonly GroupLeft[] };
  readonly go: string;
  readonly [step: string]: unknown;
};

type Looking = Pick<Estate, 'restores' | 'drills'>;

/** What ended drills left in each of the groups of drills: one Azure list call per group. */
export async function drillLeftovers({ restores, drills }: Looking): Promise<readonly GroupLeft[]> {
  if (!restores) return [];
  const groups = [...new Map(drills.groups.map((id) => [keyOfId(id), named(id)])).values()];
  const lists = await Promise.all(groups.map(({ id }) => tried(() => restores.tagged(id, [drillTag, jobTag]))));
  // After the lists: they don't contain what a drill creates that starts in the meantime.
  const runs = new Set((await drills.running()).map(({ operation }) => operation));
  return Promise.all(
    groups.map(async (group, at) => {
      const list = lists[at];
      if (!list?.ok) return { group, left: null };
      const ofDrills = [...tagged(list.value), ...(await neverTagged(drills, list.value))];
      const ended = ofDrills.filter(({ id, drill }) => isDeletable(id) && !runs.has(drill)).slice(0, maxRead);
      // The list may be older than their deletion.
      const read = await tried(() => Promise.all(ended.map(({ id }) => restores.deletable(id))));
      if (!read.ok) return { group, left: null };
      const there = ended.filter(({ drill, untagged }, index) => {
        const now = read.value[index];
        return now && drillOf(now.tags) === (untagged ? undefined : drill);
      });
      return { group, left: await Promise.all(there.map((one) => leftoverOf(drills, one))) };
    }),
  );
}

type Candidate = Pick<Leftover, 'id' | 'drill' | 'untagged'>;

function tagged(list: readonly TaggedResource[]): readonly Candidate[] {
  return list.flatMap(({ id, tags: { [drillTag]: drill } }) => (drill === undefined ? [] : [{ id, drill }]));
}

/** Disks without the tag of drills that Azure Backup tagged with the job of a drill's restore. */
async function neverTagged(drills: Looking['drills'], list: readonly TaggedResource[]): Promise<readonly Candidate[]> {
  const restored = list.flatMap(({ id, tags: { [drillTag]: drill, [jobTag]: job } }) =>
    drill === undefined && job !== undefined && /\/disks\/[^/]+$/i.test(id) ? [{ id, job: job.trim() }] : [],
  );
  const known = await drills.ofJobs([...new Set(restored.map(({ job }) => job.toLowerCase()))]);
  return restored.flatMap(({ id, job }) => {
    const drill = known.get(job.toLowerCase());
    return drill ? [{ id, drill: drill.operation, untagged: { vm: drill.vm, job } }] : [];
  });
}

async function leftoverOf(drills: Looking['drills'], { id, drill, untagged }: Candidate): Promise<Leftover> {
  const name = parseArmId(id)?.name ?? id;
  if (untagged) return { id, name, drill, of: null, untagged };
  const made = await drills.madeBy(drill);
  const isNamed = made?.ids.some((one) => keyOfId(one) === keyOfId(id)) ?? false;
  return { id, name, drill, of: isNamed && made ? made.part : null };
}

/** The same, with the tags that the drills' VMs have now. */
export async function withTagsNow({ reads }: Pick<Estate, 'reads'>, { group, left }: GroupLeft): Promise<GroupLeft> {
  if (left === null) return { group, left };
  const tags = await tagsOfVms({ reads }, { parts: left.flatMap(({ of }) => of ?? []) });
  return { group, left: left.map(({ of, ...one }) => ({ ...one, of: of && { ...of, vm: withTags(of.vm, tags) } })) };
}
