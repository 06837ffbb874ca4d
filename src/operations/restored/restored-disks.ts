/**
 * Which disks a restore created. No source says it alone, so that it can be relied on: Azure documents no list of
 * them. There are five ways to find them: the tag that Azure Backup gives them, whose value is the ID of the job; what
 * is in the target group now and wasn't before; the settings file; what the job itself names; and what the disks show
 * of their origin. They are compared. If they agree the disks are found, and if they don't, nobody guesses.
 *
 * Whatever any of them says, a disk isn't of this restore if it existed before, if it was created earlier, if a VM has
 * it that this plan doesn't create, or if it carries another restore's tag. Pure.
 */
import type { GroupDisk } from '../../azure/gateway.ts';
import { sameId } from '../../core/arm-id.ts';
import { type Way, ways } from '../parts/restored-ways.ts';
import { originOf, diskOf } from './disk-origin.ts';
import type { FileDisk } from './settings-file.ts';

/** The tag of a restored disk; its value is the ID of the restore's job (exported templates and scripts show it). */
export const jobTag = 'RSVaultBackup';

/** What each way has, to find the disks of one restore. */
type Evidence = {
  readonly jobId: string;
  /** The name of the VM that was backed up. */
  readonly vmName: string;
  /** Nothing that was created earlier is of this restore. */
  readonly since: Date;
  /** The VM that the plan creates from the disks; null: none. */
  readonly vmId: string | null;
  /** The names of the disks that were in the group before the restore; null: that wasn't read. */
  readonly before: readonly string[] | null;
  /** The disks that are in the group now; null: that couldn't be read. */
  readonly now: readonly GroupDisk[] | null;
  /** The settings file's; null: it couldn't be read. */
  readonly file: readonly Pick<FileDisk, 'ids' | 'names'>[] | null;
  /** Names and IDs in what Azure tells of the job, among other words. */
  readonly job: readonly string[];
  /** How many disks the recovery point has at least; null: Azure doesn't say. */
  readonly count: number | null;
};

/** What one way says, by the disks' names. `count`: only how many there are. */
type Saying = { readonly way: Way; readonly disks: readonly string[] } | { readonly count: number };

/**
 * The disks by their IDs, the OS disk first, and the ways that found exactly these; or why they aren't known. Of
 * `unknown`, `one-way`: only what is new in the group, which others may have put there; `nothing`: no way shows any.
 */
export type Verdict =
  | { readonly is: 'found'; readonly disks: readonly string[]; readonly ways: readonly Way[] }
  | { readonly is: 'disagree'; readonly said: readonly Saying[] }
  | { readonly is: 'unknown'; readonly why: 'group-unread' | 'nothing' | 'one-way'; readonly said: readonly Saying[] };

type Disks = readonly GroupDisk[];

/** Compares all ways. */
export function judge(evidence: Evidence): Verdict {
  const { now, jobId, count, file } = evidence;
  if (now === null) return { is: 'unknown', why: 'group-unread', said: [] };
  const fresh = now.filter((disk) => isNew(evidence, disk));
  const own = fresh.filter((disk) => isFree(evidence, disk) && isOfJob(disk, jobId) !== false);
  const tagged = now.filter((disk) => isOfJob(disk, jobId) === true);
  const named = fresh.filter((disk) => (file ?? []).some((one) => names(one, disk)));
  const inJob = fresh.filter((disk) => evidence.job.some((word) => names({ ids: [word], names: [word] }, disk)));
  const related = own.filter((disk) => originOf(disk, evidence.vmName) === 'vm');
  const said = sayings(evidence, { tag: tagged, difference: own, file: named, job: inJob, origin: related });
  const disks = tagged.length > 0 ? tagged : own;
  if (disks.length === 0) return { is: 'unknown', why: 'nothing', said };
  const isContradicted =
    !isWithin(tagged, own) ||
    !isWithin(named, disks) ||
    !isWithin(inJob, disks) ||
    // Without the tag, but from the same VM: whose is it?
    (tagged.length > 0 && !isWithin(related, tagged)) ||
    // Some of them come from the VM, the others don't: somebody has tagged a disk, or put one there.
    (related.length > 0 && tagged.length > 0 && !isWithin(tagged, related)) ||
    hasTwins(disks) ||
    disks.length < (count ?? file?.length ?? 0) ||
    (tagged.length === 0 && isOfSeveral(disks, count ?? file?.length ?? 0));
  if (isContradicted) return { is: 'disagree', said };
  const found = { tag: tagged, file: named, job: inJob, origin: related };
  const sure = ways.filter((way) => (way === 'difference' ? evidence.before !== null : isSame(found[way], disks)));
  if (sure.every((way) => way === 'difference'))
    return named.length + inJob.length > 0 ? { is: 'disagree', said } : { is: 'unknown', why: 'one-way', said };
  return { is: 'found', disks: osFirst(disks).map(({ id }) => id), ways: sure };
}

/** Without the tag another restore of the same VM shows the same: but a VM has one OS disk, and a number of disks. */
function isOfSeveral(disks: Disks, expected: number): boolean {
  return disks.filter(isOs).length > 1 || (expected > 0 && disks.length > expected);
}

function isOs({ os, name }: GroupDisk): boolean {
  return os !== null || /-osdisk-/i.test(name);
}

/** Two of them are the same disk of the VM: somebody copied one, with its tag. */
function hasTwins(disks: Disks): boolean {
  const places = disks.flatMap(({ name }) => diskOf(name) ?? []);
  return new Set(places).size < places.length;
}

/** It wasn't there before. */
function isNew({ before, since }: Evidence, { name, created }: GroupDisk): boolean {
  if (before?.some((one) => one.toLowerCase() === name.toLowerCase())) return false;
  return created === null ? before !== null : created >= since;
}

/** No VM has it, except the one that the plan creates. */
function isFree({ vmId }: Evidence, { holder }: GroupDisk): boolean {
  return holder === null || (vmId !== null && sameId(holder, vmId));
}

/** Whether the tag says that it is this job's; null: it has none. */
function isOfJob({ tags }: GroupDisk, jobId: string): boolean | null {
  const value = Object.entries(tags).find(([name]) => name.toLowerCase() === jobTag.toLowerCase())?.[1];
  return value === undefined ? null : value.trim().toLowerCase() === jobId.toLowerCase();
}

function names({ ids, names: all }: Pick<FileDisk, 'ids' | 'names'>, { id, name }: GroupDisk): boolean {
  return ids.some((one) => sameId(one, id)) || all.some((one) => one.toLowerCase() === name.toLowerCase());
}

function isWithin(some: Disks, all: Disks): boolean {
  return some.every((disk) => all.includes(disk));
}

function isSame(some: Disks, all: Disks): boolean {
  return some.length === all.length && isWithin(some, all);
}

function osFirst(disks: Disks): Disks {
  return disks.toSorted((a, b) => Number(isOs(b)) - Number(isOs(a)) || (a.name < b.name ? -1 : 1));
}

function sayings({ count, file }: Evidence, said: Readonly<Record<Way, Disks>>): readonly Saying[] {
  const each = ways.map((way) => ({ way, disks: said[way].map(({ name }) => name) }));
  const expected = count ?? (file && file.length > 0 ? file.length : null);
  return [...each.filter(({ disks }) => disks.length > 0), ...(expected === null ? [] : [{ count: expected }])];
}
