import { keyOfId } from '../../../core/arm-id.ts';
import { standingOf, type Book, type DrillBooks, type DrillVm } from '../../parts/drill-books.ts';
import { drillLeftovers } from '../delete-drill/leftovers.ts';
import { nextTurn, type Here } from '../drill/rotation.ts';
import { named, patternOf, type ScheduledDrill, shapeOf } from '../../parts/drill-setup.ts';
import type { Estate } from '../../dialogs/estate.ts';
import type { Entry, EntryVm, Found } from './found.ts';

/** How many VMs of an entry are shown, those that are due first. */
const maxVms = 12;

/** Reads the entries, their VMs and the state of each VM's drills. */
export async function findEntries(estate: Estate): Promise<Found> {
  const { drills } = estate;
  const at = estate.now();
  const left = (await drillLeftovers(estate)).flatMap((one) => (one.left ?? []).map(({ name }) => name)).sort();
  if (drills.entries.length === 0) return { entries: [], unread: [], left, at: at.toISOString() };
  const [{ read, unread }, books, running] = await Promise.all([drills.vms(), drills.books(), drills.running()]);
  const runs = new Set(running.map(({ id }) => keyOfId(id)));
  const entries = await Promise.all(drills.entries.map((one) => entryOf(drills, one, { read, books, runs, at })));
  return { entries, unread, left, at: at.toISOString() };
}

type Reading = {
  readonly read: readonly DrillVm[];
  readonly books: ReadonlyMap<string, Book>;
  readonly runs: ReadonlySet<string>;
  readonly at: Date;
};

async function entryOf(drills: DrillBooks, one: ScheduledDrill, { read, books, runs, at }: Reading): Promise<Entry> {
  const { name, days, starts, atOnce } = one.schedule;
  const approval = await drills.approvalOf(name);
  const timeZone = await drills.timeZoneOf(one);
  const here: Here = { now: at, timeZone: timeZone ?? 'UTC' };
  const vms = read.filter(({ entry }) => entry === name).map((vm) => vmOf(one, vm, { books, runs, here }));
  return {
    ...{ entry: name, targetGroup: named(one.group), shape: shapeOf(one), pattern: patternOf(one) },
    ...{ subnet: one.subnet, staging: one.staging, keepMs: one.keepMs, days, atOnce },
    ...(one.from === 'vault' && { fromVault: true as const }),
    starts: [startsText(starts), ...(timeZone === null ? [] : [timeZone])].join(' '),
    standing: standingOf(one, approval),
    ...{ until: approval?.until ?? null, by: approval?.allowedBy ?? '', spoken: timeZone !== null },
    vms: vms.toSorted((a, b) => (a.next ?? '').localeCompare(b.next ?? '')).slice(0, maxVms),
    count: vms.length,
  };
}

type OfVm = Pick<Reading, 'books' | 'runs'> & { readonly here: Here };

function vmOf({ schedule }: ScheduledDrill, { id, name }: DrillVm, { books, runs, here }: OfVm): EntryVm {
  const { endedAt = null, result = null, refused = null } = books.get(keyOfId(id)) ?? {};
  const next = runs.has(keyOfId(id)) ? null : nextTurn(schedule, { last: endedAt }, here).toISOString();
  return { name, last: endedAt?.toISOString() ?? null, result, next, refused };
}

/** The days and the time as written in `kluis.yaml`. */
function startsText({ days, time }: ScheduledDrill['schedule']['starts']): string {
  const word = days.length === 7 ? 'daily' : days.length === 5 ? 'weekdays' : days.join(', ');
  return `${word} ${time}`;
}
