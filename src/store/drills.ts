/** Drills that start on a schedule: who allowed them, whose turn it is, and what is running. */
import { sql } from 'kysely';
import type { ApprovalRequest } from '../approval/request.ts';
import type { Person } from '../core/person.ts';
import { json, type Queries } from './database.ts';

/**
 * A standing approval, by the id of the operation that created it. `request`: as it was approved; null: a rule leaves
 * it to the requester. `is`: its state by the database's clock; `changed`: its entry is not the one it was given for.
 */
export type DrillApproval = {
  readonly operation: string;
  readonly entry: string;
  readonly shape: string;
  readonly until: string;
  readonly askedBy: Person;
  readonly request: ApprovalRequest | null;
  readonly allowedBy: string;
  readonly is: 'open' | 'over' | 'ended' | 'changed';
};

/** Stores one; a repeat changes nothing. */
export async function insertDrillApproval(q: Queries, made: Omit<DrillApproval, 'is'>): Promise<void> {
  const { operation, entry, shape, until, askedBy, request, allowedBy } = made;
  await q
    .insertInto('drill_approval')
    .values({
      ...{ operation_id: operation, entry, shape, until, allowed_by: allowedBy },
      asked_by: json(askedBy),
      request: request && json(request),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest standing approval of each entry. */
export async function drillApprovals(q: Queries): Promise<DrillApproval[]> {
  const rows = await approvals(q).distinctOn('entry').orderBy('entry').orderBy('created_at', 'desc').execute();
  return rows.map(approvalOf);
}

/** The one that an operation created. */
export async function drillApprovalOf(q: Queries, operation: string): Promise<DrillApproval | null> {
  const row = await approvals(q).where('operation_id', '=', operation).executeTakeFirst();
  return row ? approvalOf(row) : null;
}

/** Ends those of an entry; `by` is a name. */
export async function endDrillApprovals(q: Queries, entry: string, by: string): Promise<void> {
  await q
    .updateTable('drill_approval')
    .set({ ended_at: sql<Date>`now()`, ended_by: by })
    .where('entry', '=', entry)
    .where('ended_at', 'is', null)
    .execute();
}

/**
 * Ends for good those of all entries except these, as `kluis.yaml` has them now: an entry that was changed back since
 * counts as another one. Nobody ended them, so they have no name.
 */
export async function voidDrillApprovals(
  q: Queries,
  entries: readonly { readonly entry: string; readonly shape: string }[],
): Promise<void> {
  const stands = sql<boolean>`exists (select from jsonb_to_recordset(${json(entries)}::jsonb)
    as own (entry text, shape text) where own.entry = drill_approval.entry and own.shape = drill_approval.shape)`;
  await q
    .updateTable('drill_approval')
    .set({ ended_at: sql<Date>`now()` })
    .where('ended_at', 'is', null)
    .where(({ not }) => not(stands))
    .execute();
}

function approvals(q: Queries) {
  const is = sql<DrillApproval['is']>`case when ended_at is not null and ended_by is null then 'changed'
    when ended_at is not null then 'ended' when until <= now() then 'over' else 'open' end`.as('is');
  return q
    .selectFrom('drill_approval')
    .select(['operation_id', 'entry', 'shape', 'until', 'asked_by', 'request', 'allowed_by', is]);
}

type ApprovalRow = Awaited<ReturnType<ReturnType<typeof approvals>['executeTakeFirstOrThrow']>>;

function approvalOf({ operation_id: operation, asked_by, allowed_by, until, request, ...row }: ApprovalRow) {
  const stored = request as ApprovalRequest | null;
  return {
    ...row,
    operation,
    until: until.toISOString(),
    askedBy: asked_by as Person,
    request: stored && { ...stored, createdAt: new Date(stored.createdAt) },
    allowedBy: allowed_by,
  };
}

/** The state of a VM's drills. `refused`: why the schedule started none, as recorded; null: it was not refused. */
type DrillTurn = {
  readonly vmId: string;
  readonly endedAt: Date | null;
  readonly result: string | null;
  readonly refused: unknown;
  readonly triedOn: string | null;
};

/** All known ones, by VM ID in lower case. */
export async function drillTurns(q: Queries): Promise<ReadonlyMap<string, DrillTurn>> {
  const rows = await q.selectFrom('drill_turn').selectAll().execute();
  const turn = ({ vm_id: vmId, ended_at: endedAt, tried_on: triedOn, result, refused }: (typeof rows)[number]) =>
    ({ vmId, endedAt, result, refused, triedOn }) satisfies DrillTurn;
  return new Map(rows.map((row) => [row.vm_id, turn(row)]));
}

/** Records that a drill of a VM has ended now. */
export async function noteDrillEnded(
  q: Queries,
  { vmId, operation, result }: { readonly vmId: string; readonly operation: string; readonly result: string },
): Promise<void> {
  const set = { operation_id: operation, ended_at: sql<Date>`now()`, result, refused: null, tried_on: null };
  await upsertTurn(q, vmId, set);
}

/**
 * Records that the schedule tried to start a drill of a VM on a day, and why it couldn't; null: it did. `on` null: it
 * is tried again on the same day.
 */
export async function noteDrillTried(
  q: Queries,
  vmId: string,
  { on, because }: { readonly on: string | null; readonly because: object | null },
): Promise<void> {
  await upsertTurn(q, vmId, { refused: because && json(because), tried_on: on });
}

async function upsertTurn(q: Queries, vmId: string, set: object): Promise<void> {
  await q
    .insertInto('drill_turn')
    .values({ vm_id: vmId.toLowerCase(), operation_id: null, result: null, tried_on: null, ...set })
    .onConflict((conflict) => conflict.column('vm_id').doUpdateSet(set))
    .execute();
}

type RunningDrill = { readonly id: string; readonly name: string; readonly operation: string };

/** The VMs with a drill now, whoever started it, and its operation. */
export async function runningDrills(q: Queries): Promise<RunningDrill[]> {
  const rows = await q
    .selectFrom('operation')
    .select(['id', sql<{ id: string; name: string }>`plan -> 'vms' -> 0`.as('vm')])
    .where('status', '=', 'running')
    .where(sql<boolean>`plan -> 'parts' @> '[{"does":"drill"}]'::jsonb`)
    .execute();
  return rows.map(({ id: operation, vm }) => ({ ...vm, operation }));
}

/** The drills of a VM that ended without deleting everything that they created, as they are stored. */
export async function drillsNotDeleted(q: Queries, vmId: string) {
  return q
    .selectFrom('operation')
    .select(['id', 'plan', 'parts'])
    .where('status', 'in', ['partly', 'failed', 'cancelled'])
    .where(sql<boolean>`plan -> 'parts' @> '[{"does":"drill"}]'::jsonb`)
    .where(sql<boolean>`lower(plan -> 'vms' -> 0 ->> 'id') = ${vmId.toLowerCase()}`)
    .where(sql<boolean>`parts -> 'delete' -> 'outcome' ->> 'ended' is distinct from 'done'`)
    .execute();
}

/** The drills whose restores these jobs were, by the job's ID in lower case, with the VM of each. */
export async function drillsOfJobs(
  q: Queries,
  jobs: readonly string[],
): Promise<ReadonlyMap<string, { readonly operation: string; readonly vm: string }>> {
  if (jobs.length === 0) return new Map();
  const job = sql<string>`lower(parts -> 'restore' -> 'memo' ->> 'jobId')`;
  const rows = await q
    .selectFrom('operation')
    .select(['id', sql<string>`plan -> 'vms' -> 0 ->> 'name'`.as('vm'), job.as('job')])
    .where(sql<boolean>`plan -> 'parts' @> '[{"does":"drill"}]'::jsonb`)
    .where(job, 'in', [...jobs])
    .execute();
  return new Map(rows.map(({ id: operation, vm, job: name }) => [name, { operation, vm }]));
}

/** Locks an entry until the transaction ends; resolves with what was last posted about it. */
export async function lockDrillEntry(q: Queries, name: string): Promise<string | null> {
  await q
    .insertInto('drill_entry')
    .values({ name, told: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await q
    .selectFrom('drill_entry')
    .select('told')
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return row.told;
}

/** Records what is posted about an entry. */
export async function noteDrillTold(q: Queries, name: string, told: string | null): Promise<void> {
  await q.updateTable('drill_entry').set({ told }).where('name', '=', name).execute();
}
