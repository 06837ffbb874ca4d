import { sql } from 'kysely';
import type { Json } from '../core/json.ts';
import { json, type Queries } from './database.ts';
import { fromNow } from './due.ts';

/** A member of a chat platform: an id means one person only within its workspace. */
export type MemberKey = { readonly team: string; readonly platformId: string };

/** Whom a ticket would link. */
type TicketHolder = MemberKey & { readonly name: string };

/**
 * The Entra object ID that a member of a chat platform is linked to by their own sign-in. `never`: they never were;
 * null: an administrator ended it.
 */
export async function linkOf(q: Queries, { team, platformId }: MemberKey): Promise<string | null | 'never'> {
  const row = await q
    .selectFrom('person_link')
    .select('entra')
    .where('team', '=', team)
    .where('platform_id', '=', platformId)
    .executeTakeFirst();
  return row ? row.entra : 'never';
}

/** Whether a member signed in as this person of Entra; then nobody ends that before the transaction does. */
export async function holdLink(q: Queries, { team, platformId }: MemberKey, entra: string): Promise<boolean> {
  const row = await q
    .selectFrom('person_link')
    .select('entra')
    .where('team', '=', team)
    .where('platform_id', '=', platformId)
    .where('entra', '=', entra)
    .forShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** The member of a workspace who signed in as this person of Entra; null if nobody did. */
export async function memberLinkedTo(q: Queries, team: string, entra: string): Promise<string | null> {
  const row = await q
    .selectFrom('person_link')
    .select('platform_id')
    .where('team', '=', team)
    .where('entra', '=', entra)
    .executeTakeFirst();
  return row?.platform_id ?? null;
}

/** The member of any workspace who signed in as this person of Entra, after its workspace; null if nobody did. */
export async function memberOf(q: Queries, entra: string): Promise<string | null> {
  const linked = q.selectFrom('person_link').select(['team', 'platform_id']).where('entra', '=', entra);
  const row = await linked.orderBy('linked_at', 'desc').limit(1).executeTakeFirst();
  return row ? `${row.team}/${row.platform_id}` : null;
}

/**
 * Links a member to a person of Entra; false if that person is already linked to another member of the workspace. A
 * member who signs in as somebody else is that person from now on.
 */
export async function link(q: Queries, { team, platformId }: MemberKey, entra: string): Promise<boolean> {
  const other = await memberLinkedTo(q, team, entra);
  if (other !== null && other !== platformId) return false;
  await q
    .insertInto('person_link')
    .values({ team, platform_id: platformId, entra })
    .onConflict((conflict) => conflict.columns(['team', 'platform_id']).doUpdateSet({ entra, linked_at: sql`now()` }))
    .execute();
  return true;
}

/** A member of a workspace, and the person in Entra who signed in as them; null: nobody may be linked to them. */
export type Linked = MemberKey & { readonly entra?: string | null };

/** The members who are linked to this person, or have this ID in this workspace (null: in any). */
export async function linkedAs(
  q: Queries,
  whom: { readonly entra: string } | { readonly team: string | null; readonly platformId: string },
): Promise<readonly Linked[]> {
  const rows = q.selectFrom('person_link').select(['team', 'platform_id', 'entra']);
  const named =
    'entra' in whom
      ? rows.where('entra', '=', whom.entra)
      : rows
          .where('platform_id', '=', whom.platformId)
          .$if(whom.team !== null, (all) => all.where('team', '=', whom.team ?? ''));
  return (await named.execute()).map(({ team, platform_id, entra }) => ({ team, platformId: platform_id, entra }));
}

/**
 * Ends a member's link until they sign in again; an e-mail address doesn't link them either. False if that was so
 * already.
 */
export async function unlink(q: Queries, { team, platformId }: MemberKey): Promise<boolean> {
  const ended = await q
    .insertInto('person_link')
    .values({ team, platform_id: platformId, entra: null })
    .onConflict((conflict) =>
      conflict
        .columns(['team', 'platform_id'])
        .doUpdateSet({ entra: null, linked_at: sql`now()` })
        .where('person_link.entra', 'is not', null),
    )
    .executeTakeFirst();
  return (ended.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Stores a new ticket, and deletes those that can't be used any more. */
export async function insertTicket(
  q: Queries,
  ticket: TicketHolder & { readonly hash: string; readonly forMs: number },
): Promise<void> {
  await q
    .deleteFrom('link_ticket')
    .where('expires_at', '<', sql<Date>`now() - interval '1 day'`)
    .execute();
  const expires_at = fromNow(ticket.forMs);
  const { hash, team, platformId: platform_id, name } = ticket;
  await q.insertInto('link_ticket').values({ hash, team, platform_id, name, sign_in: null, expires_at }).execute();
}

/** Whose ticket this is, while it can still be used. */
export async function ticketHolder(q: Queries, hash: string): Promise<TicketHolder | null> {
  const row = await q
    .selectFrom('link_ticket')
    .select(['team', 'platform_id', 'name'])
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return row ? { team: row.team, platformId: row.platform_id, name: row.name } : null;
}

/** Stores with a ticket what its sign-in must return; false if the ticket can't be used any more. */
export async function keepSignIn(q: Queries, hash: string, signIn: Json): Promise<boolean> {
  const done = await q
    .updateTable('link_ticket')
    .set({ sign_in: json(signIn) })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Uses a ticket, once: what its sign-in must return, and whose it is. */
export async function useTicket(
  q: Queries,
  hash: string,
): Promise<(TicketHolder & { readonly signIn: Json | null }) | null> {
  const row = await q
    .updateTable('link_ticket')
    .set({ used_at: sql<Date>`now()` })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['team', 'platform_id', 'name', 'sign_in'])
    .executeTakeFirst();
  if (!row) return null;
  const signIn = (row.sign_in ?? null) as Json | null;
  return { team: row.team, platformId: row.platform_id, name: row.name, signIn };
}
