import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat } from './support/slack-client.ts';

const vms = ['vm-plain-01', 'vm-cmk-01', 'vm-sql-01'];
let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  // The product's own pace, as Slack sees it.
  bot = await startBot({ database: 'postgres', editGapMs: 1_000 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

/** Backs up these VMs at once, each in a thread of the same channel, until each has its mention. */
async function backUp(vms: readonly string[]): Promise<void> {
  const threads = await Promise.all(
    vms.map(async (vm) => {
      const said = await general().says(`@Kluis backup ${vm}`);
      return { vm, thread: general().in(said.ts as string) };
    }),
  );
  await Promise.all(
    threads.map(async ({ vm, thread }) => {
      await thread.until(new RegExp(`${vm} is ready`));
      await thread.presses('Protect and back up now');
      await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
      await thread.until(new RegExp(`${vm} is backed up`), 1_000);
    }),
  );
}

test('many cards in one channel: one edit a second, and every card reaches its last state', async () => {
  await backUp(vms);
  const edits = await general().calls('chat.update');
  const times = edits.map(({ at }) => Date.parse(at));
  const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
  expect(edits.length).toBeGreaterThan(vms.length);
  // The arrivals of calls are measured; the second is between two sendings.
  expect(Math.min(...gaps)).toBeGreaterThan(900);
  expect(new Set(edits.map(({ request }) => request['channel']))).toEqual(new Set(['C0GENERAL1']));
});

test('a rate-limited channel: it waits as long as Slack says, and no last state is lost', async () => {
  await general().control('faults', { method: '^chat', status: 429, retryAfter: 1, times: 4 });
  await backUp(['vm-plain-01']);
  const all = await general().exchanges();
  const refused = all.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(4);
  const again = refused.map(({ at, path }) => {
    const next = all.find((each) => each.path === path && Date.parse(each.at) > Date.parse(at));
    return Date.parse(next?.at ?? '') - Date.parse(at);
  });
  expect(Math.min(...again)).toBeGreaterThan(900);
  expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
});
