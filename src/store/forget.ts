/**
 * Deletes what ended long ago, so that the tables don't grow without limit: a few rows at a time, the oldest first, and
 * none that another process is deleting now. What is open, running or waiting to be sent isn't old, whenever it began;
 * the audit log is never touched.
 */
import { sql } from 'kysely';
import { isForReview } from './break-glass.ts';
import type { Queries } from './database.ts';

/** How long ended things are kept, in days, and how many of each kind are deleted at a time. */
export type Keeping = { readonly days: number; readonly limit: number };

/** Deletes ended operations, with the attempts of their writes. */
export async function forgetOperations(q: Queries, { days, limit }: Keeping): Promise<void> {
  await sql`with old as (
      select id from operation where status <> 'running' and ended_at < ${before(days)}
      order by ended_at limit ${limit} for update skip locked),
    tries as (delete from attempt using old where attempt.operation_id = old.id)
    delete from operation using old where operation.id = old.id`.execute(q);
}

/**
 * Deletes requests for approval that have ended and need no review; one that started an operation stays as long as
 * that.
 */
export async function forgetRequests(q: Queries, { days, limit }: Keeping): Promise<void> {
  await sql`with old as (
      select id from approval_request where state not in ('pending', 'approved') and created_at < ${before(days)}
        and not ${isForReview}
        and not exists (select from operation where operation.id = approval_request.operation_id)
      order by created_at limit ${limit} for update skip locked)
    delete from approval_request using old where approval_request.id = old.id`.execute(q);
}

/**
 * Deletes closed alerts, but keeps those in which somebody marked VMs as intentionally gone for as long as one is gone
 * in that vault: nothing else has that.
 */
export async function forgetAlerts(q: Queries, { days, limit }: Keeping): Promise<void> {
  await sql`with old as (
      select id from alert where closed_at < ${before(days)} and not ${isMeantStill}
        order by closed_at limit ${limit} for update skip locked)
    delete from alert using old where alert.id = old.id`.execute(q);
}

/** Deletes closed dialogs whose card hasn't changed since; one that started an operation stays as long as that. */
export async function forgetDialogs(q: Queries, { days, limit }: Keeping): Promise<void> {
  await sql`with old as (
      select dialog.id from dialog left join message on message.id = dialog.message_id
      where dialog.status not in ('open', 'checking', 'waiting') and dialog.created_at < ${before(days)}
        and (message.id is null or ${lastChange} < ${before(days)})
        and not exists (select from operation where operation.dialog_id = dialog.id)
        and not exists (select from approval_request where approval_request.dialog_id = dialog.id and ${isUndecided})
      order by dialog.created_at limit ${limit} for update of dialog skip locked)
    delete from dialog using old where dialog.id = old.id`.execute(q);
}

/**
 * Deletes messages that haven't changed since, unless something in them is still in progress. One that is still being
 * retried isn't old.
 */
export async function forgetMessages(q: Queries, { days, limit }: Keeping): Promise<void> {
  await sql`with old as (
      select id from message
      where created_at < ${before(days)} and ${lastChange} < ${before(days)}
        and not exists (select from dialog where dialog.conversation_id = message.conversation_id
          and dialog.status in ('open', 'checking', 'waiting') and dialog.message_id = message.id)
        and not exists (select from operation where operation.status = 'running' and operation.message_id = message.id)
        and not exists (select from alert where alert.closed_at is null
          and alert.copies @> jsonb_build_array(jsonb_build_object('message', message.id)))
        and not exists (select from approval_request where ${isUndecided}
          and (copies @> jsonb_build_array(jsonb_build_object('message', message.id))
            or dialog_id in (select dialog.id from dialog where dialog.message_id = message.id)))
      order by created_at limit ${limit} for update skip locked)
    delete from message using old where message.id = old.id`.execute(q);
}

/** A request that still needs a decision, or a review, on one of its cards. */
const isUndecided = sql`(approval_request.state in ('pending', 'approved') or ${isForReview})`;

const lastChange = sql`greatest(message.created_at, message.sent_at, message.due_at)`;

/** That many days ago. */
export function before(days: number) {
  return sql<Date>`now() - ${days} * interval '1 day'`;
}

const isMeantStill = sql`(cause_key like 'vm-gone %' and body -> 'affected' @> '[{"end":{"why":"intended"}}]'::jsonb
  and exists (select from vault_look, jsonb_each(noted -> 'items') as item (id, found)
    where cause_key = 'vm-gone ' || lower(vault_look.vault_id) and found ->> 'gone' is not null))`;
