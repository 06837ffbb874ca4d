import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { ends, fail, failOneAfterAnother } from '../support/failing.ts';
import type { LabExchange } from '../support/lab-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** How the connector fails. `applied`: the message went through, only the response was lost. */
type Fault = {
  readonly how: string;
  readonly status: number;
  readonly code?: string;
  readonly retryAfter?: number;
  readonly applied?: boolean;
};

const passing: readonly Fault[] = [
  { how: '429 with Retry-After', status: 429, retryAfter: 1 },
  { how: '429 without', status: 429 },
  { how: '412, what Teams answers while it is busy', status: 412, code: 'PreconditionFailed' },
  { how: '502', status: 502 },
  { how: '504', status: 504 },
  { how: 'a connection that breaks', status: 0 },
  { how: '401, a token that ran out', status: 401 },
];
const lost: readonly Fault[] = [
  { how: '504 after it went through', status: 504, applied: true },
  { how: 'a connection that breaks after it went through', status: 0, applied: true },
];
const posts = { method: 'POST', path: '/activities$' };
const edits = { method: 'PUT', path: '/activities/' };

describe('trouble on the side of the chat', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', leases: { sweep: 300 }, waits: { vaultIdle: 1_000 } });
    for (const person of ['ana', 'ben', 'chris']) {
      await bot.lab.post('open', { as: person, conversation: `a:lab-${person}` });
      await bot.lab.post('open', { as: person, conversation: 'general' });
    }
  });
  beforeEach(() => void bot.log.splice(0));
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const each = passing.flatMap((fault) => [
    { ...fault, on: posts, where: 'on the post' },
    { ...fault, on: edits, where: 'on the edit' },
  ]);
  test.each(each)('$how, $where: one card, in its newest state', async ({ on, where: _, ...fault }) => {
    await meet(bot, [{ ...on, ...wire(fault) }]);
    const chat = await asksForEdit(bot);
    await chat.untilLooked();
    expect(await chat.messages()).toHaveLength(1);
    expectTold(bot, 1);
  });

  test.each(lost)('$how, on the edit: sent again, one card', async (fault) => {
    await meet(bot, [{ ...edits, ...wire(fault) }]);
    const chat = await asksForEdit(bot);
    await chat.untilLooked();
    await chat.until('the repeat', async () => (await editsIn(bot, chat)).length === 2);
    expect(await chat.messages()).toHaveLength(1);
    expectTold(bot, 1);
  });

  test.each(lost)(
    '$how, on the post: the only failpoint that makes a second card, which becomes the current one',
    async (fault) => {
      await meet(bot, [{ ...posts, ...wire(fault) }]);
      const chat = await bot.thread('ana', 'backup vm-app-01');
      await chat.until('the second card', async () => (await chat.cards()).length === 2);
      await chat.untilTitle(/vm-app-01 is protected/);
      expect(await chat.messages()).toHaveLength(2);
    },
  );

  test('down for an hour while an alert opens and grows: one card for it, in its newest state', async () => {
    const channel = '19:general@thread.tacv2';
    await (await bot.thread('ana', 'backup watch')).untilTitle('Backup alerts are posted here');
    await meet(
      bot,
      Array.from({ length: 200 }, () => ({ method: 'POST', path: '/activities', status: 503 })),
    );
    await failOneAfterAnother(bot, 'ErrorOfTheHour');
    const hour = { created_at: sql<Date>`created_at - interval '1 hour'`, due_at: sql<Date>`now()` };
    await mend(bot);
    await bot.database.db.updateTable('message').set(hour).where('platform_id', 'is', null).execute();
    const cards = async () =>
      (await bot.lab.messages(channel, 'ana'))
        .filter(({ card, from }) => card && from.person === null)
        .map(({ card }) => viewOf(card))
        .filter(({ text }) => text.includes('ErrorOfTheHour'));
    await bot.as('ana').until('the card', async () => (await cards()).length > 0 || null);
    expect((await cards()).map(({ title }) => title)).toEqual([expect.stringContaining('2 VM')]);
    await (await bot.thread('ana', 'backup unwatch')).untilTitle('Backup alerts are no longer posted here');
  });

  test('Retry-After is respected, and only the newest state is sent after it', async () => {
    await meet(bot, [{ ...edits, status: 429, retryAfter: 3 }]);
    const chat = await bot.thread('ben', 'backup now vm-app-01');
    await chat.untilTitle(/vm-app-01 is backed up/);
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    const all = await editsIn(bot, chat);
    const at = all.map((each) => Date.parse((each as LabExchange & { at: string }).at));
    expect(all[0]!.status).toBe(429);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(3000);
    expect(await chat.cards()).toHaveLength(1);
  });

  test('the mention follows once the card shows the end, however long the platform delays the edit', async () => {
    const chat = await bot.asks('ana', 'backup vm-app-01');
    await meet(bot, [{ ...edits, status: 429, retryAfter: 2, times: 2 }]);
    await chat.clicks('Back up now');
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    expect((await chat.card()).title).toMatch(/vm-app-01 is backed up/);
  });

  test('the connector is down for a whole operation: it continues, and its end arrives when the connector is back', async () => {
    const chat = await bot.asks('chris', 'backup vm-sql-01');
    await meet(bot, [{ path: '', status: 0, times: 10_000 }]);
    await chat.clicks('Protect and back up now');
    await chat.until('the end', async () => (await bot.operationsIn(chat))[0]?.status === 'succeeded');
    expect(await chat.pings()).toEqual([]);
    await mend(bot);
    await chat.untilTitle(/vm-sql-01 is backed up/);
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    expect(await chat.cards()).toHaveLength(1);
  });

  test('a chat accepts no more messages: that is logged, the operation ends, its end arrives when somebody writes again', async () => {
    const chat = bot.as('ana');
    await meet(bot, [{ ...posts, status: 403, code: 'MessageWritesBlocked', times: 10_000 }]);
    await chat.says('backup now vm-app-01');
    await chat.until('the end', async () => (await bot.operationsIn(chat))[0]?.status === 'succeeded');
    const sent = (await sendsTo(bot, chat)).length;
    await mend(bot);
    expect(bot.log.filter(({ text }) => text === 'a message was not sent')).toMatchObject([
      { level: 'warn', conversation: chat.id },
    ]);
    expect(await sendsTo(bot, chat)).toHaveLength(sent); // nothing is sent there until somebody writes
    await chat.says('help');
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    const titles = (await chat.cards()).map(({ card }) => viewOf(card).title);
    expect(titles.filter((title) => /vm-app-01 is backed up/.test(title))).toHaveLength(1);
  });

  test('a deleted card isn’t posted again; the operation continues and its end is mentioned', async () => {
    await meet(bot, [{ ...edits, status: 429, retryAfter: 2 }]); // or the operation might be quicker than this test
    const chat = await bot.thread('ben', 'backup now vm-app-01');
    const { id } = await chat.until('the card', async () => (await chat.cards())[0]);
    const path = `connector/v3/conversations/${encodeURIComponent(chat.place)}/activities/${id}`;
    await fetch(`${bot.lab.url}/_lab/${path}`, { method: 'DELETE' });
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    expect(await chat.cards()).toEqual([]);
    const own = async () => (await bot.rows('message')).filter((row) => row.conversation_id === chat.id);
    const ended = await chat.until('its end', async () => (await own()).find((row) => row.ended !== null));
    expect(ended.ended).toBe('gone');
    expectTold(bot, 2);
  });

  test('the bot is removed from a chat in the middle and added again: nothing is sent between, the end follows', async () => {
    const chat = bot.as('chris');
    await chat.says('backup vm-dup-01');
    await chat.untilLooked();
    await chat.says('backup now vm-app-01');
    await isTold(bot, chat, 'remove');
    await chat.until('the end', async () =>
      (await bot.operationsIn(chat)).some(({ status }) => status === 'succeeded'),
    );
    const between = (await sendsTo(bot, chat)).length;
    const before = (await chat.messages()).length;
    await isTold(bot, chat, 'add');
    await chat.until('the mention', async () => (await chat.pings()).length === 1);
    await chat.until('the closing card', async () =>
      (await chat.cards()).some(({ card }) => /vm-app-01 is backed up/.test(viewOf(card).title)),
    );
    expect((await sendsTo(bot, chat)).length).toBeGreaterThan(between);
    expect((await chat.messages()).length - before).toBeLessThanOrEqual(2); // no second greeting
  });

  const shut = { method: 'POST', path: '/activities', status: 403, code: 'MessageWritesBlocked', times: 10_000 };
  const silences = [
    {
      what: 'a chat that takes nothing',
      error: 'ErrorOfTheArchive',
      begins: () => meet(bot, [shut]),
      ends: () => mend(bot),
    },
    {
      what: 'a bot that is taken out of its chat',
      error: 'ErrorOfTheRemoved',
      begins: () => isTold(bot, bot.as('chris'), 'remove'),
      ends: () => isTold(bot, bot.as('chris'), 'add'),
    },
  ];
  test.each(silences)(
    '$what while alerts open, grow and close: afterwards one card in its newest state, of the one that is open',
    async (silence) => {
      const chat = bot.as('chris');
      await chat.says('backup watch');
      await chat.untilTitle('Backup alerts are posted here');
      const before = (await chat.messages()).length;
      await silence.begins();
      await failOneAfterAnother(bot, silence.error);
      await failsAndRecovers(chat, 'vm-dup-01', `${silence.error}Over`);
      const cards = async () =>
        (await chat.cards()).map(({ card }) => viewOf(card)).filter(({ text }) => text.includes(silence.error));
      expect(await cards()).toEqual([]);
      await silence.ends();
      await chat.says('backup unwatch');
      await chat.until('the card', async () => (await cards()).length > 0 || null);
      expect((await cards()).map(({ title }) => title)).toEqual([expect.stringContaining('2 VM')]);
      await chat.until('the end of the watch', async () => (await bot.rows('alert_watch')).length === 0);
      await chat.untilTitle('Backup alerts are no longer posted here');
      const since = (await chat.messages()).slice(before);
      const said = since.map(({ text, card }) => (card ? viewOf(card).text : text));
      expect(said.filter((text) => text?.includes('vm-dup-01'))).toEqual([]);
    },
  );

  /** While nothing can be posted in a chat, an alert opens for a VM, and closes with its next backup. */
  async function failsAndRecovers(chat: BotChat, vm: string, error: string): Promise<void> {
    const row = async () => (await bot.rows('alert')).find(({ cause_key }) => cause_key.includes(error.toLowerCase()));
    await chat.until('the chat, blocked', async () =>
      (await bot.rows('conversation')).some(({ id, blocked }) => id === chat.id && blocked),
    );
    await fail(bot.azure, { [vm]: error });
    await chat.until('the alert', row);
    await ends(bot.azure, vm, { status: 'Completed' });
    await chat.until('its end', async () => (await row())?.closed_at || null);
  }

  test('none of this was logged as an error', () => {
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

function wire({ how: _, ...fault }: Fault): object {
  return fault;
}

async function meet(bot: TestBot, faults: readonly object[]): Promise<void> {
  await mend(bot);
  for (const fault of faults) await bot.lab.post('faults', fault);
}

/** A request that is answered by a card and an edit of it: a card that arrives late would show the result at once. */
async function asksForEdit(bot: TestBot): Promise<BotChat> {
  const shown = Promise.withResolvers<void>();
  bot.failpoint = (failpoint) => (failpoint === 'lookup:before-commit' ? shown.promise : undefined);
  const chat = await bot.thread('ana', 'backup status vm-app-01');
  await chat.until('its first state', async () => (await chat.cards()).length > 0);
  bot.failpoint = () => {};
  shown.resolve();
  return chat;
}

async function mend(bot: TestBot): Promise<void> {
  await fetch(`${bot.lab.url}/_lab/faults`, { method: 'DELETE' });
}

async function sendsTo(bot: TestBot, chat: BotChat): Promise<LabExchange[]> {
  const all = await bot.lab.exchanges();
  return all.filter(({ direction, path }) => direction === 'from-bot' && decodeURIComponent(path).includes(chat.place));
}

async function editsIn(bot: TestBot, chat: BotChat): Promise<LabExchange[]> {
  return (await sendsTo(bot, chat)).filter(({ method }) => method === 'PUT');
}

/** Every failed send is logged as a warning, none as an error. */
function expectTold(bot: TestBot, times: number): void {
  const told = bot.log.filter(({ text }) => text === 'a message was not sent');
  expect(told.map(({ level }) => level)).toEqual(Array.from({ length: times }, () => 'warn'));
}

/** Teams tells the bot that somebody has removed it from a chat, or added it again. */
async function isTold(bot: TestBot, chat: BotChat, action: 'remove' | 'add'): Promise<void> {
  const install = (await bot.lab.exchanges()).find(({ request }) => isInstall(request, chat.place));
  expect(await bot.delivers({ ...(install!.request as object), id: `f:${action}-${Date.now()}`, action })).toBe(200);
}

function isInstall(request: unknown, place: string): boolean {
  const { type, conversation } = (request ?? {}) as { type?: string; conversation?: { id?: string } };
  return type === 'installationUpdate' && conversation?.id === place;
}
