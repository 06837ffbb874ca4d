import { sql } from 'kysely';
import type { Json } from '../core/json.ts';
import type { Locale } from '../core/person.ts';
import { json, type Queries } from './database.ts';
import { executeLater } from './later.ts';

/** A conversation as it is stored: where it is, and in which language and zone its cards speak. */
export type Conversation = {
  readonly id: string;
  readonly platform: string;
  readonly kind: string;
  readonly channel: string | null;
  readonly address: Json;
  readonly locale: Locale;
  readonly timeZone: string;
};

/**
 * Notes where a conversation is now; one that was blocked is open again once somebody speaks there. Until its transaction
 * ends, nobody else is heard in it: what two people do there at once is done one after the other. Only where each begins a
 * thread of their own (`opensThread`) what is known already is left alone, so that a channel does not wait for itself.
 */
export async function seeConversation(q: Queries, seen: Seen): Promise<void> {
  const { channel, locale, timeZone: time_zone } = seen;
  const statement = q
    .insertInto('conversation')
    .columns(['id', 'platform', 'kind', 'channel', 'locale', 'time_zone', 'address'])
    .expression(news(q, seen))
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        // What the platform does not tell each time stays as it was told last.
        address: sql`conversation.address || excluded.address`,
        locale,
        time_zone,
        channel,
        blocked: false,
        seen_at: sql`now()`,
      }),
    );
  await executeLater(q, statement);
}

/** A conversation as it was seen. */
export type Seen = Conversation & { readonly opensThread?: boolean };

/** The row as it was seen now; none where it is known and nothing in it has to wait. */
function news(q: Queries, seen: Seen) {
  const text = (value: string | null) => sql<string>`${value}::text`;
  return q
    .selectNoFrom([
      text(seen.id).as('id'),
      text(seen.platform).as('platform'),
      text(seen.kind).as('kind'),
      text(seen.channel).as('channel'),
      text(seen.locale).as('locale'),
      text(seen.timeZone).as('time_zone'),
      sql<string>`${json(seen.address)}::jsonb`.as('address'),
    ])
    .where(({ exists, not, val }) => (seen.opensThread ? not(exists(known(q, seen))) : val(true)));
}

/** The conversation, where everything that was seen now is known of it, and not for long. */
function known(q: Queries, { id, channel, locale, timeZone, address }: Conversation) {
  return q
    .selectFrom('conversation as known')
    .select('known.id')
    .where('known.id', '=', id)
    .where('known.blocked', '=', false)
    .where('known.locale', '=', locale)
    .where('known.time_zone', '=', timeZone)
    .where(sql<boolean>`known.channel is not distinct from ${channel}::text`)
    .where(sql<boolean>`known.address @> ${json(address)}::jsonb`)
    .where('known.seen_at', '>', sql<Date>`now() - interval '1 hour'`);
}

/** Reads a conversation. */
export async function conversationById(q: Queries, id: string): Promise<Conversation | null> {
  const row = await q.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { platform, kind, channel, locale, time_zone, address } = row;
  return { id, platform, kind, channel, address: address as Json, locale: locale as Locale, timeZone: time_zone };
}

/** Ends all sending there until somebody speaks again. */
export async function blockConversation(q: Queries, id: string): Promise<void> {
  await q.updateTable('conversation').set({ blocked: true }).where('id', '=', id).execute();
}

/** Ends all sending to the conversations whose ids begin so, until somebody speaks again in one. */
export async function blockConversationsOf(q: Queries, idPrefix: string): Promise<void> {
  await q
    .updateTable('conversation')
    .set({ blocked: true })
    .where(sql<boolean>`starts_with(id, ${idPrefix})`)
    .execute();
}

/** Claims the delivery of a conversation for a while, with where it is; null while another process has it, or it is blocked. */
export async function claimDelivery(
  q: Queries,
  id: string,
  forMs: number,
): Promise<{ fence: number; platform: string; address: Json } | null> {
  const row = await q
    .updateTable('conversation')
    .set({ fence: sql`fence + 1`, held_until: sql`now() + ${forMs} * interval '1 millisecond'` })
    .where('id', '=', id)
    .where('blocked', '=', false)
    .where((is) => is.or([is('held_until', 'is', null), is('held_until', '<', sql<Date>`now()`)]))
    .returning(['fence', 'platform', 'address'])
    .executeTakeFirst();
  return row ? { ...row, address: row.address as Json } : null;
}

/** Prolongs or ends (0 ms) a claim; false where the claim is gone. */
export async function holdDelivery(q: Queries, claim: { id: string; fence: number }, forMs: number): Promise<boolean> {
  const done = await q
    .updateTable('conversation')
    .set({ held_until: sql`now() + ${forMs} * interval '1 millisecond'` })
    .where('id', '=', claim.id)
    .where('fence', '=', claim.fence)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
