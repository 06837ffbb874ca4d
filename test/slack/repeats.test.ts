import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackTimeouts } from '../../src/slack/timeouts.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, type EndpointAnswer } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const rows = async () => (await bot.rows('inbound')).length;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', timeouts: { answer: slackTimeouts.answer } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

test('a message that Slack repeats in another event, with another ID, is handled once', async () => {
  const ana = general();
  const said = await ana.says('@Kluis backup vm-plain-01');
  const thread = ana.in(said.ts as string);
  await thread.until(/vm-plain-01 is ready/);
  const before = await rows();
  const [told] = (await ana.exchanges()).filter(({ path }) => path === '/slack/events');
  const { event } = told!.request as { event: Record<string, unknown> };
  for (const retry of [undefined, { number: 1, reason: 'http_error' }]) {
    const again = await ana.control<{ bot: EndpointAnswer }>('deliver', { kind: 'event', payload: event, retry });
    expect(again.bot.status).toBe(200);
  }
  expect(await rows()).toBe(before);
  expect(await thread.said()).toHaveLength(1);
});

test('a repeated press, with the same IDs or new ones, starts one operation, and nobody is told that nothing was done', async () => {
  const ana = general();
  const said = await ana.says('@Kluis backup vm-plain-01');
  const thread = ana.in(said.ts as string);
  const card = await thread.until(/vm-plain-01 is ready/);
  const pressed = await thread.presses('Protect only');
  const answer = await ana.control<{ bot: EndpointAnswer }>('redeliver', {
    seq: pressed.bot?.seq,
    retry: { number: 1 },
  });
  expect(answer.bot.status).toBe(200);
  const sent = (await ana.exchanges()).find(({ request }) => request['type'] === 'block_actions');
  const { actions, ...payload } = sent!.request as { actions: Record<string, unknown>[] };
  const late = { ...payload, trigger_id: '1.2.late', actions: [{ ...actions[0], action_ts: '1799999999.000001' }] };
  await ana.control('deliver', { kind: 'interaction', payload: late });
  await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
  expect(await bot.azure.requests('PUT', /;vm-plain-01\?/)).toHaveLength(1);
  // What they pressed was done, so they aren't told that it wasn't.
  expect((await thread.said()).filter(({ onlyYou }) => onlyYou)).toEqual([]);
  expect((await thread.said())[0]?.ts).toBe(card.ts);
});

test('a repeated slash command opens one thread', async () => {
  const ana = general();
  const said = await ana.says('/backup vm-cmk-01');
  const root = await ana.until('/backup vm-cmk-01');
  await ana.in(root.ts).until(/vm-cmk-01 is ready/);
  await ana.control('redeliver', { seq: said.bot?.seq, retry: { number: 1 } });
  expect(await ana.said()).toHaveLength(1);
});

test('work that takes longer than Slack waits is done once, and the late answer is no error', async () => {
  const ana = general();
  const late = () => bot.log.some(({ bolt }) => /took longer than Slack waits/.test(String(bolt)));
  bot.failpoint = async (failpoint) => {
    if (failpoint === 'turn:before-commit') await eventually("the end of Slack's timeout", late);
  };
  const said = await ana.says('@Kluis backup vm-bek-01');
  bot.failpoint = () => {};
  expect(said.bot?.status).toBe(504); // Slack has given up
  await ana.control('redeliver', { seq: said.bot?.seq, retry: { number: 1, reason: 'http_timeout' } });
  await ana.in(said.ts as string).until(/vm-bek-01/);
  expect(await ana.in(said.ts as string).said()).toHaveLength(1);
  expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a mention that couldn’t be stored is not acknowledged, and is handled when Slack sends it again', async () => {
  const ana = general();
  let fails = 1;
  bot.failpoint = (failpoint) => {
    if (failpoint === 'turn:before-commit' && fails-- > 0) throw new Error('the database is away');
  };
  const said = await ana.says('@Kluis backup status');
  expect(said.bot?.status).toBe(500);
  const again = await ana.control<{ bot: EndpointAnswer }>('redeliver', { seq: said.bot?.seq, retry: { number: 1 } });
  expect(again.bot.status).toBe(200);
  await ana.in(said.ts as string).until(/Protected/);
  const marks = async () => (await ana.messages())[0]?.reactions.map(({ name }) => name).join();
  await eventually('the mark of the end', async () => (await marks()) === 'warning');
});
