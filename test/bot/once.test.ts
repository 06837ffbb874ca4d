import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { forget } from '../../src/bot/work/sweep.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { words } from '../../src/message/words.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { LabExchange } from '../support/lab-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const protect = say('button.protect');

describe('once', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    await bot.asks('ana', 'help'); // the platform has announced the bot
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    bot.failpoint = () => {};
    await bot.azure.reset();
  });

  test('I1: killed after the commit and before the answer: the message is stored, and its repeat makes no second one', async () => {
    const reached = once('turn:after-commit', () => new Promise(() => {}));
    void bot.thread('ana', 'backup vm-plain-01').catch(() => {}); // its answer never comes
    await reached;
    const asked = await lastToBot();
    await bot.restart();
    expect(await bot.delivers(asked.request)).toBe(200);
    const chat = bot.in('ana', (asked.request as { conversation: { id: string } }).conversation.id);
    expect((await chat.untilLooked()).title).toBe('✅ vm-plain-01 is ready to back up');
    expect(await chat.messages()).toHaveLength(1);
    expect((await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id)).toHaveLength(1);
  });

  test('a click that others overtake four times in a row counts once, and is answered', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    let overtaken = 0;
    bot.failpoint = (failpoint) => {
      if (failpoint !== 'turn:before-commit' || overtaken === 4) return;
      overtaken += 1;
      throw Object.assign(new Error('could not serialize access'), { code: '40001' });
    };
    expect(await chat.clicks('Cancel')).toMatchObject({ status: 200, card: { title: expect.stringMatching(/^⏹/u) } });
    expect(overtaken).toBe(4);
    expect((await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id)).toHaveLength(1);
  });

  test('I1: the repeat of a click gets the answer that was stored with it', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.opens('vault');
    const clicked = await lastToBot();
    const first = clicked.response;
    const again = await bot.lab.redeliver(clicked.seq);
    expect(again.body).toEqual(first);
    const [dialog] = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
    await bot.lab.redeliver(clicked.seq);
    expect((await bot.rows('dialog')).find(({ id }) => id === dialog!.id)!.revision).toBe(dialog!.revision);
  });

  test('I1: what couldn’t be committed is not acknowledged, and its repeat is handled as if it were the first', async () => {
    const reached = once('turn:before-commit', () => Promise.reject(new Error('the database went away')));
    const chat = await bot.thread('ana', 'backup vm-plain-01');
    await reached;
    const asked = await lastToBot();
    expect(asked.status).toBe(500);
    expect(asked.response).toEqual({ error: { code: 'unexpected', message: expect.any(String) } });
    expect(await chat.messages()).toEqual([]);
    expect(await bot.lab.redeliver(asked.seq)).toMatchObject({ status: 200 });
    await chat.untilTitle(/^✅ vm-plain-01/u);
    expect(await chat.messages()).toHaveLength(1);
  });

  test('I2: a double click starts one operation, and both clicks show it', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const press = await pressOf(chat, protect);
    const answers = await Promise.all([chat.sends(press), chat.sends(press), chat.sends(press)]);
    for (const { card, status } of answers) expect([status, card !== null]).toEqual([200, true]);
    await chat.untilTitle(/vm-plain-01 is protected/);
    await expectOneOperation(chat);
  });

  test('I2: two people who click at the same time start one operation, and one of them is its requester', async () => {
    const ana = await bot.asks('ana', 'backup vm-plain-01');
    const ben = ana.as('ben');
    const press = await pressOf(ana, protect);
    await Promise.all([ana.sends(press), ben.sends(press)]);
    await ana.untilTitle(/vm-plain-01 is protected/);
    const operation = await expectOneOperation(ana);
    const [ping] = await ana.until('the mention', async () => ((await ana.pings()).length ? ana.pings() : null));
    expect(ping!.text).toContain(`<at>${(operation.requester as { name: string }).name}</at>`);
  });

  test('I2: the same click delivered five more times, during the operation and after it, changes nothing', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.clicks(protect);
    const { seq, response } = await lastToBot();
    const repeats = await Promise.all([1, 2, 3].map(() => bot.lab.redeliver(seq)));
    await chat.untilTitle(/vm-plain-01 is protected/);
    repeats.push(await bot.lab.redeliver(seq), await bot.lab.redeliver(seq));
    for (const { body, status } of repeats) expect({ body, status }).toEqual({ body: response, status: 200 });
    await expectOneOperation(chat);
    await chat.until('the mention of the end', async () => (await chat.pings()).length > 0);
    expect(await chat.messages()).toHaveLength(2);
  });

  test('I2: the same typed message delivered several times at once opens one dialog', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const { seq } = await lastToBot();
    await Promise.all([1, 2, 3].map(() => bot.lab.redeliver(seq)));
    await chat.untilTitle(/vm-app-01 is backed up/);
    expect(await bot.azure.requests('POST', /;vm-app-01\/backup\?/)).toHaveLength(1);
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });

  test('I2: a process whose clock is days ahead forgets no event: its repeat starts nothing', async () => {
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    const { seq } = await lastToBot();
    await chat.untilTitle(/vm-app-01 is backed up/);
    bot.ahead = 70 * 86_400_000;
    await forget(bot.deps);
    bot.ahead = 0;
    await bot.untilTrusted();
    await bot.lab.redeliver(seq);
    expect((await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id)).toHaveLength(1);
    expect(await bot.rows('job')).not.toEqual([]);
  });

  test("I2: somebody else's protection between the card and the click is adopted: one item, nothing sent twice", async () => {
    const [one, two] = await Promise.all([
      bot.asks('ana', 'backup vm-plain-01'),
      bot.asks('ben', 'backup vm-plain-01'),
    ]);
    await Promise.all([one.clicks(protect), two.clicks(protect)]);
    await Promise.all([one, two].map((chat) => chat.untilTitle(/vm-plain-01 is protected/)));
    const { items } = await bot.azure.state('items');
    expect(items.filter(({ vmId }) => vmId.endsWith('/vm-plain-01'))).toHaveLength(1);
  });

  /** Resolves when the failpoint was reached for the first time; only then is `then` called there. */
  function once(failpoint: Failpoint, then: () => Promise<void>): Promise<void> {
    return new Promise((reached) => {
      let isFirst = true;
      bot.failpoint = (here) => {
        if (here !== failpoint || !isFirst) return;
        isFirst = false;
        reached();
        return then();
      };
    });
  }

  async function lastToBot(): Promise<LabExchange> {
    const all = (await bot.lab.exchanges()).filter(({ direction }) => direction === 'to-bot');
    return all.at(-1)!;
  }

  async function pressOf(chat: BotChat, title: string) {
    const { verb, data } = (await chat.card()).buttons.find((each) => each.title === title)!;
    return { verb, data, on: await chat.newest() };
  }

  async function expectOneOperation(chat: BotChat) {
    const operations = await bot.operationsIn(chat);
    expect(operations).toHaveLength(1);
    expect(await bot.azure.requests('PUT', /;vm-plain-01\?/)).toHaveLength(1);
    return operations[0]!;
  }
});
