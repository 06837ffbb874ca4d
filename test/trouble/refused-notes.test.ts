import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat } from '../slack/support/slack-client.ts';

const lease = 1_500;
let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 200, delivery: lease } });
  await bot.lab.post('open', { as: 'ana', conversation: 'general' });
});
afterEach(async () => {
  bot.failpoint = () => {};
  await sql
    .raw(
      `drop trigger if exists refuses on message; drop trigger if exists refuses on conversation;
       drop trigger if exists slows on conversation`,
    )
    .execute(db());
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const db = () => bot.database.db;

/** From now on the database refuses this. */
async function refuses(what: string): Promise<void> {
  await sql
    .raw(
      `create or replace function refuse() returns trigger language plpgsql as
         $$ begin raise exception 'no space left on device'; end $$;
       create trigger refuses before ${what} execute function refuse()`,
    )
    .execute(db());
}

describe('a delivery that the database refuses to record', () => {
  test.each([
    { refused: 'the note after the post', when: 'new.platform_id is not null', posts: 3 },
    {
      refused: 'that, and how often it was tried',
      when: 'new.platform_id is not null or new.tries > old.tries',
      posts: 0,
    },
    { refused: 'every note', when: 'true', posts: 0 },
  ])(
    '$refused: it is retried and logged less and less often, and arrives once it can be recorded',
    async ({ when, posts }) => {
      await refuses(`update on message for each row when (${when})`);
      const began = performance.now();
      const chat = await bot.thread('ana', 'help');
      const told = () => bot.log.filter(({ id, conversation }) => [id, conversation].includes(chat.id)).length;
      await eventually('the third try', () => told() >= 3);
      expect(performance.now() - began).toBeGreaterThan(2_500); // 1 s, and then 2 s
      expect(told()).toBe(3);
      expect(await chat.cards()).toHaveLength(posts);
      await sql.raw('drop trigger refuses on message').execute(db());
      await chat.until('the card', async () => (await isAllSent(chat.id)) && (await chat.cards()).length);
      expect(await chat.cards()).toHaveLength(posts + 1);
    },
  );
});

test('several wait for the claim while the first try fails: none of them tries at once', async () => {
  await sql
    .raw(
      `create or replace function slow() returns trigger language plpgsql as
         $$ begin perform pg_sleep(0.5); return null; end $$;
       create trigger slows before update of fence on conversation for each statement execute function slow()`,
    )
    .execute(db());
  await refuses('update on message for each row when (true)');
  const began = performance.now();
  const chat = await bot.thread('ana', 'help');
  const tries = () => bot.log.filter(({ id, work }) => id === chat.id && work === 'deliver').length;
  await eventually('the second try', () => tries() >= 2);
  expect(performance.now() - began).toBeGreaterThan(1_400); // half a second for the claim, one for the pause
  await eventually('the third try', () => tries() >= 3);
  expect(performance.now() - began).toBeGreaterThan(3_400);
  expect(tries()).toBe(3);
  await sql.raw('drop trigger refuses on message; drop trigger slows on conversation').execute(db());
  await chat.until('the card', () => isAllSent(chat.id));
  expect(await chat.cards()).toHaveLength(1);
});

/** Blocks each worker that is about to post; `go` releases the n-th of them. */
function holdUp() {
  const waiting: (() => void)[] = [];
  bot.failpoint = (failpoint) =>
    failpoint === 'deliver:before-post' ? new Promise<void>((go) => waiting.push(go)) : undefined;
  return {
    arrived: async (n: number) => eventually(`worker ${n}`, () => waiting.length >= n),
    go: (n: number) => waiting[n - 1]!(),
  };
}

const claimOf = async (id: string) => (await bot.rows('conversation')).find((row) => row.id === id)!;
const isAllSent = async (id: string) =>
  (await bot.rows('message'))
    .filter((row) => row.conversation_id === id)
    .every((row) => row.ended !== null || row.sent_rev === row.wanted_rev);

/** The claim expires, as if a process had stood still for longer than the lease. */
async function runOut(id: string): Promise<void> {
  await db()
    .updateTable('conversation')
    .set({ held_until: null, fence: sql`fence + 1` })
    .where('id', '=', id)
    .execute();
}

const teams = async () => {
  const chat = await bot.thread('ana', 'backup status vm-app-01');
  return { id: chat.id, shown: async () => (await chat.messages()).map(({ card }) => JSON.stringify(card)) };
};
const slack = async () => {
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const said = await general.says('@Kluis backup status vm-app-01');
  const thread = general.in(said.ts as string);
  const shown = async () => (await thread.said()).map(({ blocks }) => JSON.stringify(blocks));
  return { id: `slack:T0CONTOSO1:C0GENERAL1:${said.ts}`, shown };
};

describe('a send that takes longer than the lease', () => {
  test('the claim is prolonged while sending: nobody else posts', async () => {
    const held = holdUp();
    const { id, shown } = await teams();
    await held.arrived(1);
    const { held_until: first, fence } = await claimOf(id);
    const isLonger = async () => (await claimOf(id)).held_until!.getTime() > first!.getTime() + 2 * lease;
    await eventually('a longer claim', isLonger);
    expect((await claimOf(id)).fence).toBe(fence);
    held.go(1);
    bot.failpoint = () => {};
    await eventually('the card', () => isAllSent(id));
    expect(await shown()).toHaveLength(1);
  });

  test.each([
    { where: 'Teams', asked: teams, order: [2, 1] },
    { where: 'Teams', asked: teams, order: [1, 2] },
    { where: 'Slack', asked: slack, order: [2, 1] },
    { where: 'Slack', asked: slack, order: [1, 2] },
  ])(
    'two workers post the same card in $where, and the posts arrive as $order: one stays, in its newest state',
    async ({ asked, order }) => {
      const held = holdUp();
      const { id, shown } = await asked();
      await held.arrived(1);
      await runOut(id);
      await held.arrived(2);
      bot.failpoint = () => {};
      for (const [at, n] of order.entries()) {
        held.go(n);
        await eventually('its post', async () => (await shown()).length > at || (await isAllSent(id)));
      }
      await eventually('the end', async () => (await isAllSent(id)) && (await shown()).length === 1);
      expect((await shown())[0]).toMatch(/vm-app-01 is protected/);
      expect(bot.log).toContainEqual(
        expect.objectContaining({ text: 'a message was sent after another worker had taken over', conversation: id }),
      );
    },
  );
});

describe('other work that fails', () => {
  test('an inventory that can’t be stored isn’t read again in each sweep', async () => {
    const told = () => bot.log.filter(({ work }) => work === 'inventory').length;
    await db()
      .updateTable('inventory')
      .set({ seen_at: sql`seen_at - interval '1 hour'` })
      .execute();
    await refuses('insert or delete or update on inventory for each statement');
    const began = performance.now();
    await eventually('the third try', () => told() >= 3);
    expect(performance.now() - began).toBeGreaterThan(2_500);
    expect(told()).toBe(3);
  });

  test('a dialog that can’t be ended delays neither other dialogs nor the rest of the sweep', async () => {
    const asked = ['backup vm-sql-01', 'backup vm-cmk-01', 'backup vm-plain-01'];
    const chats = await Promise.all(asked.map((text) => bot.asks('ana', text)));
    const ids = chats.map(({ id }) => id);
    await refuses(`update on dialog for each row when (new.conversation_id = '${ids[0]}' and new.status = 'expired')`);
    const unknown = JSON.stringify({ flow: 'of-another-release' });
    await sql`update dialog set expires_at = now() - interval '1 minute',
      state = case conversation_id when ${ids[1]} then ${unknown}::jsonb else state end
      where conversation_id in (${sql.join(ids)})`.execute(db());
    const statusOf = async (id: string) => (await bot.rows('dialog')).find((row) => row.conversation_id === id)?.status;
    for (const id of [ids[1]!, ids[2]!]) await eventually('its end', async () => (await statusOf(id)) === 'expired');
    const told = () => bot.log.some(({ text }) => text === 'a dialog could not be ended');
    await eventually('a word about the first', told);
  });
});
