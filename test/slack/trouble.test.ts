import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const mention = /^<@U0ANAVRIES>: (?!\/)/;

beforeAll(async () => {
  bot = await startBot({ database: 'pglite', leases: { sweep: 300 } });
}, 120_000);
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

async function asks(text: string): Promise<SlackChat> {
  const said = await general().says(`@Kluis ${text}`);
  return general().in(said.ts as string);
}

/** Waits until the operation below this message has succeeded. */
function untilDone(thread: SlackChat): Promise<boolean> {
  const place = `slack:T0CONTOSO1:C0GENERAL1:${thread.thread}`;
  const done = async () =>
    (await bot.rows('operation')).some((row) => row.conversation_id === place && row.status === 'succeeded');
  return eventually('the end of the operation', done, 30_000);
}

describe('an answer of Slack that is lost', () => {
  test('a card is found by what it carries, and no second one is posted', async () => {
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    expect(await thread.calls('conversations.replies')).toHaveLength(1);
    await thread.presses('Protect and back up now');
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    await thread.until(mention, 30_000);
    await untilDone(thread);
    await eventually('both messages', async () =>
      (await bot.rows('message')).every((row) => row.sent_rev === row.wanted_rev),
    );
    const said = await thread.said();
    expect(said.map(textOf)).toEqual([
      expect.stringMatching(/vm-plain-01 is backed up/),
      expect.stringMatching(mention),
    ]);
    const marks = async () => (await general().messages())[0]?.reactions.map(({ name }) => name).join();
    await eventually('the mark of the end', async () => (await marks()) === 'white_check_mark');
  }, 60_000);

  test('the message below which a slash command goes on is adopted, and the conversation begins once', async () => {
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    await general().says('/backup vm-plain-01');
    const root = await general().until('/backup vm-plain-01');
    await general()
      .in(root.ts)
      .until(/vm-plain-01 is ready/);
    expect(await general().said()).toHaveLength(1);
    expect(await general().in(root.ts).said()).toHaveLength(2);
  });

  test('the process ends between the post and the note of it: the next one adopts what is there', async () => {
    let isOver = false;
    bot.gap = (gap) => {
      if (gap === 'deliver:after-post' || isOver) {
        isOver = true;
        throw new Error('the process ended here');
      }
    };
    const thread = await asks('backup vm-plain-01');
    await eventually('the crash', () => isOver);
    await bot.stop();
    bot.gap = () => {};
    await bot.start();
    await thread.until(/vm-plain-01 is ready/);
    expect(await thread.said()).toHaveLength(1);
    expect(await thread.calls('conversations.replies')).toHaveLength(1);
  });

  test('Slack that does not answer at all is waited for, and the last state of the card comes', async () => {
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    await general().control('faults', { method: '^chat.update$', delay: 11_000 });
    await thread.presses('Protect and back up now');
    await untilDone(thread);
    await thread.until(/vm-plain-01 is backed up/, 30_000);
    expect(bot.log.some(({ text }) => text === 'a message was not sent')).toBe(true);
  }, 60_000);
});
