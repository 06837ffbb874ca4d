/** Every visible card shows its newest state, and no card says that something is running if it isn't. */
import { digestOf } from '../../src/core/digest.ts';
import type { OutgoingMessage } from '../../src/bot/port.ts';
import type { Queries } from '../../src/store/database.ts';
import { cardContent } from '../../src/teams/card-content.ts';
import { findings, type Finding } from './findings.ts';
import { people, type Platform, type Seen } from './platform.ts';

/**
 * What was compared, and what was found. `orphans`: messages that the bot posted and doesn't know, after a lost
 * response.
 */
type CardsChecked = { readonly found: readonly Finding[]; readonly compared: number; readonly orphans: number };

type Row = {
  id: string;
  place: string;
  platform_id: string | null;
  wanted: unknown;
  wanted_rev: number;
  sent_rev: number;
  ended: string | null;
  private_to: string | null;
};

/** Checks them. The platform keeps only the newest thousand messages. */
export async function checkCards(q: Queries, platform: Platform): Promise<CardsChecked> {
  const rows = await messageRows(q);
  const unsent = rows.filter(({ ended, wanted_rev, sent_rev }) => ended === null && sent_rev < wanted_rev);
  const ended = rows.filter((row) => row.ended !== null);
  const seen = await everySeen(platform, [...new Set(rows.map(({ place }) => place))]);
  const shown = rows.flatMap((row) => {
    const message = seen.get(keyOf(row.place, row.platform_id));
    return message && row.ended === null ? [{ row, message }] : [];
  });
  const stale = shown.filter(({ row, message }) => !showsWanted(row, message));
  const known = new Set(rows.map((row) => keyOf(row.place, row.platform_id)));
  const orphans = [...seen.keys()].filter((key) => !known.has(key));
  return {
    found: [
      ...findings(
        'every message is sent in its newest state',
        unsent.map(({ id, place }) => `${id} in ${place}`),
      ),
      ...findings(
        'no message is given up',
        ended.map(({ id, place, ended: why }) => `${id} in ${place}: ${why}`),
      ),
      ...findings(
        'the platform shows the newest state',
        stale.map(({ row }) => `${row.id} in ${row.place}`),
      ),
      ...(await checkClosing(q, rows)),
    ],
    compared: shown.length,
    orphans: orphans.length,
  };
}

async function messageRows(q: Queries): Promise<Row[]> {
  const rows = await q.selectFrom('message').selectAll().execute();
  return rows.map((row) => ({ ...row, place: row.conversation_id.replace(/^teams:/, '') }));
}

/** Every message of the bot that anybody sees, by place and ID. */
async function everySeen(platform: Platform, places: readonly string[]): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const place of places) {
    const readers = people.filter((key) => !place.startsWith('a:') || place === `a:lab-${key}`);
    for (const reader of readers) {
      const messages = await platform.messages(reader, place).catch(() => []);
      for (const message of messages)
        if (message.from.person === null && !message.deleted)
          seen.set(keyOf(message.conversation, message.id), message);
    }
  }
  return seen;
}

/** For the bot, the message that opens a thread is in the channel; for its readers it is in the thread. */
function keyOf(place: string, id: string | null): string {
  return `${place.replace(/;messageid=.*$/, '')} ${id}`;
}

function showsWanted(row: Row, message: Seen): boolean {
  const wanted = row.wanted as OutgoingMessage;
  const card = cardContent(wanted);
  if (card === null) return plainOf(message.text) === plainOf(wanted.text);
  return digestOf(message.attachments[0]?.content) === digestOf(card);
}

/** The link to the card is found when a mention is sent; it isn't part of the desired state. */
function plainOf(text: string): string {
  return text.replace(/ <a href="[^"]*">[^<]*<\/a>$/, '').replaceAll(/<\/?at>/g, '');
}

async function checkClosing(q: Queries, rows: readonly Row[]): Promise<Finding[]> {
  const operations = await q
    .selectFrom('operation')
    .select(['id', 'message_id', 'status'])
    .where('status', '!=', 'running')
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const open = operations.filter(({ message_id }) =>
    (byId.get(message_id)?.wanted as OutgoingMessage | undefined)?.summary.startsWith('⏳'),
  );
  return findings(
    'the card of an ended operation says so',
    open.map(({ id, status }) => `${id} (${status})`),
  );
}
