import { sql, type Selectable } from 'kysely';
import type { Json } from '../core/json.ts';
import type { Locale } from '../core/person.ts';
import { json, type Queries } from './database.ts';
import { isFree } from './due.ts';
import { leaseFor } from './lease.ts';
import { pipeline } from './pipeline.ts';
import type { Tables } from './schema.ts';

/**
 * A conversation as it is stored: where it is, and in which language and zone its cards speak. `person`: whose own chat
 * with the bot it is, if that is known.
 */
export type Conversation = {
  readonly id: string;
  readonly platform: string;
  readonly kind: string;
  readonly channel: string | null;
  readonly address: Json;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly person?: string | null;
};

/**
 * Upserts where a conversation is now; one that was blocked is open again once somebody speaks there. The row stays
 * locked until the transaction ends: what two people do there at once is done one after the other. Only
 * where each begins a thread of their own (`opensThread`) what is known already is left alone, so that a channel does
 * not wait for itself. The channel around a thread is open again, too.
 */
export async function seeConversation(q: Queries, seen: Seen): Promise<void> {
  const { id, platform, kind, channel, locale, timeZone, person, around = null } = seen;
  const address = json(seen.address);
  // Every event passes here, so the statement is not built again each time.
  await pipeline(
    q,
    sql`with opened as (update conversation set blocked = false where id = ${around}::text and blocked)
      insert into conversation (id, platform, kind, channel, person, locale, time_zone, address)
      select ${id}, ${platform}, ${kind}, ${channel}::text, ${person ?? null}::text, ${locale}, ${timeZone}, ${address}::jsonb
      ${seen.opensThread ? whereNews({ id, channel, locale, timeZone, address }) : sql``}
      on conflict (id) do update set
        -- What the platform does not tell each time stays as it was told last.
        address = conversation.address || excluded.address,
        locale = excluded.locale, time_zone = excluded.time_zone, channel = excluded.channel,
        person = case when ${person === undefined}::boolean then conversation.person else excluded.person end,
        blocked = false, seen_at = now()`,
  );
}

/**
 * A conversation as it was seen. `person` null: of nobody in Entra (any more); undefined: unknown now. `around`: of a
 * thread, the conversation that is its channel.
 */
type Seen = Omit<Conversation, 'person'> & {
  readonly opensThread?: boolean;
  readonly person?: string | null | undefined;
  readonly around?: string | null;
};

/** Unless everything that was seen now is known of it, and not for long. */
function whereNews(seen: { id: string; channel: string | null; locale: string; timeZone: string; address: string }) {
  return sql`where not exists (select from conversation as known
    where known.id = ${seen.id} and not known.blocked and known.locale = ${seen.locale}
      and known.time_zone = ${seen.timeZone} and known.channel is not distinct from ${seen.channel}::text
      and known.address @> ${seen.address}::jsonb and known.seen_at > now() - interval '1 hour')`;
}

/**
 * Writes a conversation in which nobody has spoken yet; one that is there stays as it is. `person`: whose chat with the
 * bot it is.
 */
export async function addConversation(
  q: Queries,
  { timeZone, address, ...seen }: Conversation,
  person: string | null = null,
): Promise<void> {
  await q
    .insertInto('conversation')
    .values({ ...seen, person, time_zone: timeZone, address: json(address) })
    .onConflict((conflict) => {
      const known = conflict.column('id');
      // An update would lock the row until the transaction ends, for all who speak there.
      if (person === null) return known.doNothing();
      return known.doUpdateSet({ person: sql<string | null>`coalesce(conversation.person, excluded.person)` });
    })
    .execute();
}

/** A platform's conversation in which somebody spoke last, in this workspace (null: in any); null: there is none. */
export async function anyIn(q: Queries, platform: string, team: string | null): Promise<Conversation | null> {
  const row = await q
    .selectFrom('conversation')
    .selectAll()
    .where('platform', '=', platform)
    .where(isChat)
    .where(sql<boolean>`starts_with(id, ${team === null ? `${platform}:` : `${platform}:${team}:`})`)
    .orderBy('seen_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Reads a conversation. */
export async function conversationById(q: Queries, id: string): Promise<Conversation | null> {
  const row = await q.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

function fromRow(row: Selectable<Tables['conversation']>): Conversation {
  const { locale, time_zone: timeZone, address, id, platform, kind, channel, person } = row;
  const at = { id, platform, kind, channel, address: address as Json, locale: locale as Locale, timeZone };
  return person === null ? at : { ...at, person };
}

/** Of each of these channels one conversation, outside of any thread where the bot was spoken to there. */
export async function channelsNamed(q: Queries, channels: readonly string[]): Promise<readonly Conversation[]> {
  if (channels.length === 0) return [];
  const rows = await q
    .selectFrom('conversation')
    .distinctOn('channel')
    .selectAll()
    .where('channel', 'in', channels)
    .where('blocked', '=', false)
    .orderBy('channel')
    .orderBy(sql`length(id)`)
    .execute();
  return rows.map(fromRow);
}

type Setting = { readonly id: string; readonly locale: Locale | null; readonly timeZone: string | null };

/** What is known of these channels speaks as they are set now: not only once somebody writes there again. */
export async function applyChannelSettings(q: Queries, settings: readonly Setting[]): Promise<void> {
  for (const { id, locale, timeZone } of settings) {
    if (locale === null && timeZone === null) continue;
    const set = { ...(locale !== null && { locale }), ...(timeZone !== null && { time_zone: timeZone }) };
    await q.updateTable('conversation').set(set).where('channel', '=', id).execute();
  }
}

/** A conversation, and in which language and zone its cards speak. */
export type ShownPlace = Pick<Conversation, 'id' | 'locale' | 'timeZone'>;

/** Somebody's chat with the bot. */
type PersonalChat = ShownPlace & { readonly person: string };

/** Whether a chat with somebody is known on a platform. */
export async function hasChatIn(q: Queries, platform: string, person: string): Promise<boolean> {
  const chats = q.selectFrom('conversation').select('id').where('person', '=', person).where('kind', '=', 'personal');
  const open = chats.where('platform', '=', platform).where(isChat).where('blocked', '=', false);
  return (await open.limit(1).executeTakeFirst()) !== undefined;
}

/**
 * Of each of these people the chat with the bot in which they spoke last, as far as it is known; `notInSlack`: of those
 * who are in this list, too, not one in Slack.
 */
export async function personalChatsOf(
  q: Queries,
  persons: readonly string[],
  notInSlack: readonly string[] = [],
): Promise<readonly PersonalChat[]> {
  if (persons.length === 0) return [];
  const rows = await q
    .selectFrom('conversation')
    .distinctOn('person')
    .select(['id', 'person', 'locale', 'time_zone'])
    .where('person', 'in', persons)
    .where('kind', '=', 'personal')
    .where(isChat)
    .where('blocked', '=', false)
    .$if(notInSlack.length > 0, (all) =>
      all.where((is) => is.or([is('platform', '!=', 'slack'), is('person', 'not in', notInSlack)])),
    )
    .orderBy('person')
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map(({ id, person, locale, time_zone }) => ({
    id,
    person: person ?? '',
    locale: locale as Locale,
    timeZone: time_zone,
  }));
}

/** The chats in a Slack workspace are nobody's in Entra who is this person, until they speak there again. */
export async function disownChats(q: Queries, { team, person }: { readonly team: string; readonly person: string }) {
  await q
    .updateTable('conversation')
    .set({ person: null })
    .where('person', '=', person)
    .where('kind', '=', 'personal')
    .where(sql<boolean>`starts_with(id, ${`slack:${team}:`})`)
    .execute();
}

/** Not where a command was only answered aside: that serves for half an hour, and leads to nobody else. */
const isChat = sql<boolean>`address ->> 'kind' is distinct from 'aside'`;

/** Whether nothing is sent there until somebody speaks again. */
export async function isBlocked(q: Queries, id: string): Promise<boolean> {
  const row = await q.selectFrom('conversation').select('blocked').where('id', '=', id).executeTakeFirst();
  return row?.blocked === true;
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

/**
 * Claims the delivery of a conversation for a while, with where it is; null while another
 * process has it, or it is blocked.
 */
export async function claimDelivery(
  q: Queries,
  id: string,
  forMs: number,
): Promise<{ fence: number; platform: string; address: Json } | null> {
  const row = await q
    .updateTable('conversation')
    .set(leaseFor(forMs))
    .where('id', '=', id)
    .where('blocked', '=', false)
    .where(isFree())
    .returning(['fence', 'platform', 'address'])
    .executeTakeFirst();
  return row ? { ...row, address: row.address as Json } : null;
}
