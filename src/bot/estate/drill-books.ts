/**
 * What dialogs, the digest and the schedule know about drills: the entries, their VMs, and what the database says about
 * both.
 */
import { z } from 'zod';
import { madeByDrill } from '../../operations/drill/delete-drill/made-by-drill.ts';
import type { DrillBooks, DrillRefusal } from '../../operations/parts/drill-books.ts';
import type { ScheduledDrill } from '../../operations/parts/drill-setup.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { readOperation } from '../../operations/stored-operation.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import { channelsNamed } from '../../store/conversations.ts';
import { drillApprovals, drillsOfJobs, drillTurns, runningDrills } from '../../store/drills.ts';
import { operationById } from '../../store/operations.ts';
import { readProtectedVms } from '../../views/protected-vms.ts';
import type { Deps } from '../deps.ts';
import { unfinishedDrills } from './unfinished-drills.ts';

/** The entries whose drills start by a schedule. */
export function scheduledDrills({ drills }: Pick<Deps, 'drills'>): readonly ScheduledDrill[] {
  return drills.filter((entry): entry is ScheduledDrill => entry.schedule !== null);
}

type Reads = { readonly estate: () => Estate; readonly drillOf: Estate['drillOf'] };

/** Makes the books; their content is read when needed. */
export function drillBooks(deps: Deps, { estate, drillOf }: Reads): DrillBooks {
  const q = deps.database.db;
  const entries = scheduledDrills(deps);
  const vmsOf: DrillBooks['vmsOf'] = ({ items, vms }) => {
    const listed = new Map(vms.map((vm) => [keyOfId(vm.id), vm]));
    return items.flatMap(({ item, vault }) => {
      const vm = listed.get(keyOfId(item.vmId));
      const entry = vm && drillOf({ ...vm, vault: vault.name })?.schedule?.name;
      return vm && entry ? [{ id: vm.id, name: vm.name, entry }] : [];
    });
  };
  return {
    entries,
    vmsOf,
    vms: async () => {
      const held = await readProtectedVms(estate());
      const { unread } = held;
      return { read: vmsOf(held), unread: [...unread.vms, ...unread.items] };
    },
    books: async () => {
      const turns = [...(await drillTurns(q))];
      return new Map(turns.map(([id, turn]) => [id, { ...turn, refused: turn.refused as DrillRefusal | null }]));
    },
    unfinished: (vmId) => unfinishedDrills(q, vmId),
    running: () => runningDrills(q),
    groups: deps.drills.map(({ group }) => group),
    madeBy: (operation) => madeBy(deps, operation),
    ofJobs: (jobs) => drillsOfJobs(q, jobs),
    approvalOf: async (name) => (await drillApprovals(q)).find(({ entry }) => entry === name) ?? null,
    timeZoneOf: async ({ schedule }) => (await channelsNamed(q, [schedule.channel]))[0]?.timeZone ?? null,
  };
}

/** A tag can contain anything; only a drill's own tag holds an ID. */
async function madeBy({ database }: Deps, operation: string): ReturnType<DrillBooks['madeBy']> {
  const id = z.uuid().safeParse(operation).data;
  const stored = id === undefined ? null : await operationById(database.db, id);
  const read = stored && readOperation(stored);
  const part = read?.plan.parts.find(({ does }) => does === 'delete-drill');
  if (!read || part?.does !== 'delete-drill' || part.left) return null;
  return { part, ids: madeByDrill({ part, operation, others: (one) => ownOf(read.parts, one) ?? null }) };
}
