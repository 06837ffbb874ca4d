import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../support/eventually.ts';
import { failOneAfterAnother } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat, textOf, type SeenMessage } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const mention = /^<@U0ANAVRIES>: (?!\/)/;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300, lookup: 3000 }, waits: { vaultIdle: 1_000 } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

async function asks(text: string): Promise<SlackChat> {
  const said = await general().says(`@Kluis ${text}`);
  return general().in(said.ts as string);
}

const conversations = async () => (await bot.rows('conversation')).filter(({ id }) => id.startsWith('slack:'));
const calls = async () => (await general().exchanges()).filter(({ direction }) => direction === 'from-bot').length;

/** Waits until the operation below this message has succeeded. */
function untilDone(thread: SlackChat): Promise<boolean> {
  const place = `slack:T0CONTOSO1:C0GENERAL1:${thread.thread}`;
  const done = async () =>
    (await bot.rows('operation')).some((row) => row.conversation_id === place && row.status === 'succeeded');
  return eventually('the end of the operation', done);
}

describe('a lost answer of Slack', () => {
  test('a card is found by its metadata, and no second one is posted', async () => {
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    expect(await thread.calls('conversations.replies')).toHaveLength(1);
    await thread.presses('Protect and back up now');
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    await thread.until(mention);
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
  });

  test('the root of a slash command’s thread is adopted, and the conversation begins once', async () => {
    await general().control('faults', { method: '^chat.postMessage$', status: 0, applied: true });
    await general().says('/backup vm-plain-01');
    const root = await general().until('/backup vm-plain-01');
    await general()
      .in(root.ts)
      .until(/vm-plain-01 is ready/);
    expect(await general().said()).toHaveLength(1);
    expect(await general().in(root.ts).said()).toHaveLength(2);
  });

  test('the process ends between the post and storing it: the next one adopts the message', async () => {
    let isOver = false;
    bot.failpoint = (failpoint) => {
      if (failpoint === 'deliver:after-post' || isOver) {
        isOver = true;
        throw new Error('the process ended here');
      }
    };
    const thread = await asks('backup vm-plain-01');
    await eventually('the crash', () => isOver);
    await bot.stop();
    bot.failpoint = () => {};
    await bot.start();
    await thread.until(/vm-plain-01 is ready/);
    expect(await thread.said()).toHaveLength(1);
    expect(await thread.calls('conversations.replies')).toHaveLength(1);
  });

  test('if Slack doesn’t answer at all, the bot waits, and the card’s last state arrives', async () => {
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    await general().control('faults', { method: '^chat.update$', delay: 11_000 });
    await thread.presses('Protect and back up now');
    await untilDone(thread);
    await thread.until(/vm-plain-01 is backed up/);
    expect(bot.log.some(({ text }) => text === 'a message was not sent')).toBe(true);
  });
});

describe('a bot that is removed from the workspace', () => {
  test.each([
    { how: 'tokens_revoked', state: 'revoked' },
    { how: 'app_uninstalled', state: 'uninstalled' },
  ])('$how: nothing more is sent there, the operation continues, the operator is told', async ({ how, state }) => {
    // Scheduled posts go to the channel, outside of any thread.
    await general().says('/backup help');
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs/' }, status: 503, body: {}, times: 10_000 });
    await thread.presses('Protect and back up now');
    await thread.until(/Backing up vm-plain-01|Protecting|⏳/u);
    await general().control('installation', { state });
    expect(bot.log).toContainEqual(
      expect.objectContaining({
        level: 'error',
        team: 'T0CONTOSO1',
        event: how,
        text: expect.stringContaining('the app was removed from the workspace'),
      }),
    );
    expect((await conversations()).every(({ blocked }) => blocked)).toBe(true);
    await eventually('the end of what is under way', async () => {
      const before = await calls();
      await bot.azure.mend();
      const isHeld = (await conversations()).some(({ held_until: until }) => until !== null && until > new Date());
      return !isHeld && before === (await calls());
    });
    const before = await calls();
    await untilDone(thread);
    expect(await calls()).toBe(before);

    // Once the app is installed again and somebody writes there, it answers, and messages that were held back are sent.
    await general().control('installation', { state: 'live' });
    await thread.says('@Kluis backup status vm-plain-01');
    await thread.until(mention);
    const channel = (await conversations()).find(({ id }) => id === 'slack:T0CONTOSO1:C0GENERAL1');
    expect(channel).toMatchObject({ blocked: false });
  });

  test('a token becomes invalid in the middle of a backup: the backup continues, and once it is fixed everything is posted', async () => {
    const thread = await asks('backup vm-plain-01');
    await thread.until(/vm-plain-01 is ready/);
    await general().control('faults', { method: '^chat', error: 'token_revoked', times: 2 });
    await thread.presses('Protect and back up now');
    await untilDone(thread);
    const here = `slack:T0CONTOSO1:C0GENERAL1:${thread.thread}`;
    expect(bot.log).toContainEqual(
      expect.objectContaining({ level: 'warn', text: 'a message was not sent', conversation: here }),
    );
    await thread.until(mention);
    expect(textOf((await thread.said())[0] as SeenMessage)).toMatch(/vm-plain-01 is backed up/);
  });

  test('Slack doesn’t accept folds: they are shown open, and nothing is lost or posted twice', async () => {
    await general().control('faults', { method: '^chat.(postMessage|update)$', error: 'invalid_blocks', times: 1 });
    const thread = await asks('help');
    const card = await thread.until('What you can type');
    expect(card.blocks.map((block) => (block as { type: string }).type)).not.toContain('container');
    expect(await thread.said()).toHaveLength(1);
  });

  test('revoked tokens of people don’t concern the bot', async () => {
    await asks('help');
    const payload = { type: 'tokens_revoked', tokens: { oauth: ['U0BENJANSN'], bot: [] } };
    await general().control('deliver', { kind: 'event', payload });
    expect((await conversations()).some(({ blocked }) => !blocked)).toBe(true);
  });
});

describe('an alert that opens and grows while nothing can be posted', () => {
  const silences = [
    {
      what: 'the bot is taken out of the workspace',
      error: 'ErrorOfTheRemoved',
      begins: () => general().control('installation', { state: 'uninstalled' }),
      ends: () => general().control('installation', { state: 'live' }),
    },
    {
      what: 'the channel is archived',
      error: 'ErrorOfTheArchive',
      begins: () => general().control('channel', { channel: 'general', archived: true }),
      ends: () => general().control('channel', { channel: 'general', archived: false }),
    },
    {
      what: 'Slack is away for an hour',
      error: 'ErrorOfTheHour',
      begins: () => general().control('faults', { method: '^chat.postMessage$', status: 503, times: 10_000 }),
      ends: async () => {
        await fetch(`${bot.url}/_slack/faults`, { method: 'DELETE' });
        const hour = { created_at: sql<Date>`created_at - interval '1 hour'`, due_at: sql<Date>`now()` };
        await bot.database.db.updateTable('message').set(hour).where('platform_id', 'is', null).execute();
      },
    },
  ];
  test.each(silences)('$what: one message in its newest state, posted afterwards', async (silence) => {
    const chat = await asks('backup watch');
    await chat.until('Backup alerts are posted here');
    await silence.begins();
    await failOneAfterAnother(bot, silence.error);
    const told = async () => (await general().said()).map(textOf).filter((text) => text.includes(silence.error));
    expect(await told()).toEqual([]);
    await silence.ends();
    await asks('backup unwatch');
    await eventually('the alert', async () => (await told()).length > 0);
    expect(await told()).toEqual([expect.stringContaining('2 VM')]);
  });
});

describe('a deleted message', () => {
  test('a deleted card ends, its backup continues, and the person who started it is still mentioned', async () => {
    const thread = await asks('backup vm-plain-01');
    const card = await thread.until(/vm-plain-01 is ready/);
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs/' }, status: 503, body: {}, times: 10_000 });
    await thread.presses('Protect and back up now');
    await general().control('delete', { channel: 'general', ts: card.ts });
    await bot.azure.mend();
    await untilDone(thread);
    await thread.until(mention);
    expect(await thread.said()).toHaveLength(1);
  });

  test('a deleted parent: the card continues, the mention has no thread any more, the backup succeeds', async () => {
    await general().says('/backup vm-plain-01');
    const root = await general().until('/backup vm-plain-01');
    const thread = general().in(root.ts);
    const card = await thread.until(/vm-plain-01 is ready/);
    await thread.presses('Protect and back up now');
    for (const { ts } of [card, root]) await general().control('delete', { channel: 'general', ts });
    await untilDone(thread);
    const here = async () => (await bot.rows('message')).filter((row) => row.conversation_id.endsWith(root.ts));
    await eventually('the end of both messages', async () => (await here()).every(({ ended }) => ended === 'gone'));
    expect(await here()).toHaveLength(2);
  });
});
