/** What is known about the drills that start by a schedule. */
import type { PartialRead } from '../../azure/partial-read.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedVm } from '../ground/part.ts';
import type { DeleteDrillPart } from './delete-drill.ts';
import { type ScheduledDrill, shapeOf } from './drill-setup.ts';

/** A standing approval as last given; `is`: its state by the database's clock. */
type Approval = {
  readonly shape: string;
  readonly until: string;
  readonly allowedBy: string;
  readonly is: 'open' | 'over' | 'ended' | 'changed';
};

/** A protected VM with the entry for its drills. */
export type DrillVm = Pick<PlannedVm, 'id' | 'name'> & { readonly entry: string };

/** A VM that has a drill now, whoever started it. */
type RunningDrill = { readonly id: string; readonly name: string; readonly operation: string };

/** An ended drill that hasn't deleted everything, with the IDs of what its rows say is left. */
export type UnfinishedDrill = { readonly operation: string; readonly ids: readonly string[] };

/** What the Recovery Services vaults contain, and the list of the estate. */
export type HeldVms = {
  readonly items: readonly { readonly vault: { readonly name: string }; readonly item: { readonly vmId: string } }[];
  readonly vms: readonly Pick<PlannedVm, 'id' | 'name' | 'tags'>[];
};

/** The state of a VM's drills, by its ID in lower case. */
export type Book = {
  readonly endedAt: Date | null;
  readonly result: string | null;
  readonly refused: DrillRefusal | null;
  readonly triedOn: string | null;
};

/** The part that deletes what a drill created, and the IDs of that. */
type DrillMade = { readonly part: DeleteDrillPart; readonly ids: readonly string[] };

/** A drill by its operation, and the name of its VM. */
type DrillOfJob = { readonly operation: string; readonly vm: string };

/** Where it is read. `timeZone`: null if Kluis was never addressed in the entry's channel. */
export type DrillBooks = {
  readonly entries: readonly ScheduledDrill[];
  readonly vms: () => Promise<PartialRead<DrillVm>>;
  /** The same from what was already read. */
  readonly vmsOf: (held: HeldVms) => readonly DrillVm[];
  readonly books: () => Promise<ReadonlyMap<string, Book>>;
  readonly running: () => Promise<readonly RunningDrill[]>;
  readonly unfinished: (vmId: string) => Promise<readonly UnfinishedDrill[]>;
  /** The resource groups of all entries. */
  readonly groups: readonly string[];
  /** The end of the drill that an operation was, and what its rows say it created; null: no rows know it. */
  readonly madeBy: (operation: string) => Promise<DrillMade | null>;
  /** The ended and running drills whose restores these jobs were, by the job's ID in lower case. */
  readonly ofJobs: (jobs: readonly string[]) => Promise<ReadonlyMap<string, DrillOfJob>>;
  readonly approvalOf: (entry: string) => Promise<Approval | null>;
  readonly timeZoneOf: (entry: ScheduledDrill) => Promise<string | null>;
};

/** The state of an entry's standing approval. `changed`: the entry has changed since, so it is void permanently. */
export type Standing = 'none' | 'holds' | 'changed' | 'over' | 'ended';

/** The state of an entry's standing approval; null: there never was one. */
export function standingOf(entry: ScheduledDrill, approval: Pick<Approval, 'shape' | 'is'> | null): Standing {
  if (approval === null) return 'none';
  if (approval.is !== 'open') return approval.is;
  return approval.shape === shapeOf(entry) ? 'holds' : 'changed';
}

/**
 * Why the schedule couldn't start a drill of a VM: what blocks it, or what the gate says. `fault`: Azure didn't answer
 * everything.
 */
export type DrillRefusal = { readonly hindrance: Hindrance | 'unread' | 'fault' } | { readonly refusal: Refusal };

/** What blocks a drill; null: nothing. */
export type Hindrance =
  | 'no-setup'
  | 'no-identity'
  | 'deleted'
  | 'no-point'
  | 'not-in-vault'
  | 'network-unread'
  | 'network-open'
  | 'no-rights'
  | 'rights-unread'
  | 'taken'
  | 'staging'
  | 'own-group';
