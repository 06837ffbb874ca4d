import { tried } from '../../readiness/gather/reader.ts';
import type { Estate } from '../estate.ts';
import { drillTag, isInGroup } from './plan.ts';

/** So many are looked at. */
const maxLooked = 20;

/**
 * The VMs in the groups of drills that bear the tag of a drill which runs no more, or which nobody knows, by their
 * names. They are read anew: the list of the estate may be older than their deletion.
 */
export async function drillLeftovers({ vms, drills, restores }: Estate): Promise<readonly string[]> {
  if (!restores || drills.groups.length === 0) return [];
  const runs = new Set((await drills.running()).map(({ operation }) => operation));
  const listed = (await vms.all()).filter(
    ({ id, tags }) =>
      tags[drillTag] !== undefined && !runs.has(tags[drillTag]) && drills.groups.some((group) => isInGroup(id, group)),
  );
  const read = await Promise.all(
    listed.slice(0, maxLooked).map(async ({ id, name, tags }) => {
      const found = await tried(() => restores.deletable(id));
      return found.ok && found.value?.tags[drillTag] === tags[drillTag] ? [name] : [];
    }),
  );
  return read.flat().sort();
}
