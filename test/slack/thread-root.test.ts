import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf, type SeenMessage } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

const failure = { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'It broke.' };

/** The only message in the channel itself, once it says this. */
async function root(fits: RegExp): Promise<SeenMessage> {
  const found = await general().until(fits);
  expect(found.thread_ts).toBeNull();
  return found;
}

/** How many replies were also posted in the channel. */
async function broadcasts(): Promise<number> {
  return (await general().calls('chat.postMessage')).filter(({ request }) => request['reply_broadcast']).length;
}

describe('the message above a slash command’s thread', () => {
  test('carries the verdict, changes with the card, and still says who asked what', async () => {
    await general().says('/backup vm-web-01');
    const access = await root(/🔑 .*vm-web-01[\s\S]*\/backup vm-web-01/u);
    expect(access.text).toMatch(/\n<@U0ANAVRIES>: \/backup vm-web-01$/);
    await general().in(access.ts).presses('Cancel');
    const closed = await root(/⏹️[\s\S]*\/backup vm-web-01/u);
    expect(closed.ts).toBe(access.ts);
    expect(await general().said()).toHaveLength(1);
  });

  test('shows once that the bot is working, and its end', async () => {
    await general().says('/backup now vm-app-01');
    const done = await root(/✅ .*vm-app-01[\s\S]*\/backup now vm-app-01/u);
    const [message] = (await general().messages('all')).filter(({ ts }) => ts === done.ts);
    const before = message!.before.map((each) => (each as { text: string }).text);
    expect(before.filter((text) => text.startsWith('⏳'))).toEqual(['⏳ <@U0ANAVRIES>: /backup now vm-app-01']);
    expect(await general().said()).toHaveLength(1);
  });

  test('a failure is also posted in the channel, below its verdict', async () => {
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...failure }, times: 1 });
    await general().says('/backup now vm-app-01');
    const failed = await root(/❌ .*vm-app-01[\s\S]*\/backup now vm-app-01/u);
    const told = await general().until(/^<@U0ANAVRIES>: (?!\/)/);
    expect(told.thread_ts).toBe(failed.ts);
    expect(await broadcasts()).toBe(1);
  });

  test('so is what failed only in part', async () => {
    await bot.azure.fault({ job: { vm: 'vm-plain-01', ...failure }, times: 1 });
    await general().says('/backup vm-plain-01');
    const opened = await root(/vm-plain-01 is ready/);
    await general().in(opened.ts).presses('Protect and back up now');
    await root(/❌ .*vm-plain-01[\s\S]*\/backup vm-plain-01/u);
    const told = await general().until(/^<@U0ANAVRIES>: (?!\/)/);
    expect(told.thread_ts).toBe(opened.ts);
    expect(await broadcasts()).toBe(1);
  });

  test('other people’s messages there are never edited', async () => {
    const said = await general().says('@Kluis backup vm-web-01');
    await general()
      .in(said.ts!)
      .until(/vm-web-01/);
    await eventually('the mark', async () =>
      (await general().messages())[0]?.reactions.some(({ name }) => name === 'warning'),
    );
    const edits = await general().calls('chat.update');
    expect(edits.filter(({ request }) => request['ts'] === said.ts)).toEqual([]);
  });

  test('a deleted root stops nothing, and nobody is told that nothing was done', async () => {
    await general().says('/backup vm-plain-01');
    const opened = await root(/vm-plain-01 is ready/);
    const thread = general().in(opened.ts);
    await general().control('delete', { channel: 'general', ts: opened.ts });
    await thread.presses('Protect and back up now');
    await thread.until(/vm-plain-01 is backed up/);
    const direct = new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });
    expect((await direct.said()).map(textOf)).toEqual([]);
  });
});
