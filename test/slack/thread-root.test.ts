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

/** The reactions on a message in the channel. */
async function marksOn(ts: string): Promise<string> {
  const found = (await general().messages()).find((message) => message.ts === ts);
  return (found?.reactions ?? []).map(({ name }) => name).join();
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

  test('tells the newest verdict on its VM, whichever card below has it, and nothing about other VMs', async () => {
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...failure }, times: 1 });
    await general().says('/backup now vm-app-01');
    const { ts } = await root(/❌ .*vm-app-01[\s\S]*\/backup now vm-app-01/u);
    const thread = general().in(ts);
    await thread.presses('Try again');
    await root(/✅ .*vm-app-01[\s\S]*\/backup now vm-app-01/u);
    await eventually('only ✅ on it', async () => (await marksOn(ts)) === 'white_check_mark');

    await thread.says('@Kluis backup status');
    await thread.until(/Protected/);
    await bot.azure.fault({ job: { vm: 'vm-neu-01', ...failure }, times: 1 });
    await thread.says('@Kluis backup now vm-neu-01');
    await thread.until(/^<@U0ANAVRIES>: .*vm-neu-01/);
    expect((await root(/backup now vm-app-01$/)).text).toMatch(/^✅ vm-app-01 is backed up/u);
    expect(await marksOn(ts)).toBe('white_check_mark');

    await bot.azure.fault({ job: { vm: 'vm-app-01', ...failure }, times: 1 });
    await thread.says('@Kluis backup now rg-app/vm-app-01');
    expect((await root(/❌ .*vm-app-01[\s\S]*\/backup now vm-app-01/u)).ts).toBe(ts);
    await eventually('only ⚠️ on it', async () => (await marksOn(ts)) === 'warning');
  });

  test('of several VMs, by what repeats it for those that failed; a card that was closed doesn’t count', async () => {
    await bot.azure.fault({ job: { vm: 'vm-plain-01', ...failure }, times: 1 });
    await general().says('/backup vm-plain-01 vm-cmk-01');
    const { ts } = await root(/2 ready/);
    const thread = general().in(ts);
    await thread.presses('Back up the 2 ready VMs');
    await root(/Backed up 1 of 2 VMs/);
    await thread.says('@Kluis backup now vm-cmk-01');
    await thread.until(/^<@U0ANAVRIES>: vm-cmk-01 is backed up/);
    expect((await root(/vm-cmk-01$/)).text).toMatch(/Backed up 1 of 2 VMs/);
    await thread.presses('Check vm-plain-01 again');
    await thread.until(/vm-plain-01 is protected/);
    await thread.presses('Cancel');
    await thread.until(/⏹️/u);
    expect((await root(/vm-cmk-01$/)).text).toMatch(/Backed up 1 of 2 VMs/);
    await thread.says('@Kluis backup now vm-plain-01');
    expect((await root(/✅ vm-plain-01 is backed up/u)).ts).toBe(ts);
  });

  test('of a card that was closed, by the VM that the command names', async () => {
    await general().says('/backup vm-sql-01');
    const { ts } = await root(/vm-sql-01 is ready/);
    const thread = general().in(ts);
    await thread.presses('Cancel');
    await root(/⏹️/u);
    await thread.says('@Kluis backup now vm-neu-01');
    await thread.until(/^<@U0ANAVRIES>: vm-neu-01 is backed up/);
    expect((await root(/vm-sql-01$/)).text).toMatch(/^⏹️/u);
    await thread.says('@Kluis backup vm-sql-01');
    await thread.until(/✅ vm-sql-01 is ready/u);
    await thread.presses('Protect and back up now');
    expect((await root(/✅ vm-sql-01 is backed up/u)).ts).toBe(ts);
  });

  test('a time in it is each reader’s own', async () => {
    await general().says('/backup vm-rbac-01');
    const { ts } = await root(/🔑 .*vm-rbac-01/u);
    const thread = general().in(ts);
    await thread.presses('Give access only');
    const blocks = JSON.stringify((await root(/in effect by/)).blocks);
    expect(blocks).toContain('"type":"date"');
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
