import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const direct = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
  await bot.azure.reset();
});

/** The reactions on somebody's message. */
async function marksOn(chat: SlackChat, ts: string | undefined): Promise<string[]> {
  const all = await chat.messages();
  return all.find((message) => message.ts === ts)?.reactions.map(({ name }) => name) ?? [];
}

/** Waits until this is the only reaction on somebody's message. */
function untilMarked(chat: SlackChat, ts: string | undefined, mark: string): Promise<boolean> {
  const only = async () => (await marksOn(chat, ts)).join() === mark;
  return eventually(`only ${mark} on the message`, only);
}

describe('the reactions on a question show the bot’s progress', () => {
  test('👀 while it works, ✅ when the backup is done', async () => {
    const said = await general().says('@Kluis backup vm-plain-01');
    await untilMarked(general(), said.ts, 'eyes');
    const thread = general().in(said.ts as string);
    await thread.until(/vm-plain-01 is ready/);
    expect(await marksOn(general(), said.ts)).toEqual(['eyes']);
    await thread.presses('Protect and back up now');
    await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
    await untilMarked(general(), said.ts, 'white_check_mark');
  });

  test('⚠️ when it failed', async () => {
    const error = { errorCode: 400999, errorTitle: 'UserErrorFsFreezeFailed', errorString: 'It broke.' };
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...error }, times: 1 });
    const said = await general().says('@Kluis backup now vm-app-01');
    await general()
      .in(said.ts!)
      .until(/^<@U0ANAVRIES>: (?!\/)/);
    await untilMarked(general(), said.ts, 'warning');
  });

  test.each([
    ['backup vaults', 'white_check_mark'],
    ['help', 'white_check_mark'],
    ['backup jobs running', 'white_check_mark'],
    ['backup status', 'warning'],
    ['backup jobs failed', 'warning'],
    ['backup unprotected', 'warning'],
  ])('%s only looks: when it is shown it is marked with %s, by what it shows', async (text, mark) => {
    const said = await general().says(`@Kluis ${text}`);
    await untilMarked(general(), said.ts, mark);
  });

  test('⚠️ while it is blocked, 👀 when it continues, ✅ when the backup is done', async () => {
    const said = await general().says('@Kluis backup vm-web-01');
    const thread = general().in(said.ts!);
    const card = await thread.until(/🔑 vm-web-01/u);
    await untilMarked(general(), said.ts, 'warning');
    await thread.presses(buttonsOf(card).find((title) => title.startsWith('Give access'))!);
    await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
    await untilMarked(general(), said.ts, 'white_check_mark');
  });

  test('in a direct message each question has its own reaction, whatever ends first', async () => {
    const first = await direct().says('backup vm-plain-01');
    await direct().until(/vm-plain-01 is ready/);
    const second = await direct().says('backup vaults');
    await untilMarked(direct(), second.ts, 'white_check_mark');
    expect(await marksOn(direct(), first.ts)).toEqual(['eyes']);
    const third = await direct().says('cancel');
    await untilMarked(direct(), third.ts, 'white_check_mark');
  });

  test('words that answer the current question get its reaction', async () => {
    const said = await general().says('@Kluis backup vm-dup-01');
    const thread = general().in(said.ts!);
    await thread.until(/vm-dup-01/);
    const answer = await thread.says('@Kluis rg-app/vm-dup-01');
    await untilMarked(thread, answer.ts, 'eyes');
    const end = await thread.says('@Kluis cancel');
    for (const { ts } of [said, answer, end]) await untilMarked(thread, ts, 'white_check_mark');
  });
});

describe('a reaction never disturbs the work', () => {
  test('a refusal by Slack stops nothing', async () => {
    await general().control('faults', { method: '^reactions', error: 'too_many_reactions', times: 20 });
    const said = await general().says('@Kluis backup now vm-app-01');
    await general()
      .in(said.ts!)
      .until(/^<@U0ANAVRIES>: (?!\/)/);
    expect(await marksOn(general(), said.ts)).toEqual([]);
    expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
  });

  test('a rate-limited reaction comes later: no 👀 is left behind', async () => {
    const said = await general().says('@Kluis backup vm-plain-01');
    await untilMarked(general(), said.ts, 'eyes');
    const thread = general().in(said.ts!);
    await thread.until(/vm-plain-01 is ready/);
    await general().control('faults', { method: '^reactions', status: 429, retryAfter: 1, times: 3 });
    await thread.presses('Cancel');
    await untilMarked(general(), said.ts, 'white_check_mark');
  });

  test('a slow 👀 does not come after the end', async () => {
    await general().control('faults', {
      method: '^reactions.add$',
      error: 'already_reacted',
      delay: 500,
      applied: true,
    });
    const said = await general().says('@Kluis help');
    await untilMarked(general(), said.ts, 'white_check_mark');
  });

  test('an answer whose message is deleted meanwhile ends the reaction, too', async () => {
    const said = await general().says('@Kluis backup vm-plain-01');
    const thread = general().in(said.ts!);
    const card = await thread.until(/vm-plain-01 is ready/);
    await general().control('delete', { channel: 'general', ts: card.ts });
    await bot.deps.database.db
      .updateTable('dialog')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute();
    await untilMarked(general(), said.ts, 'white_check_mark');
  });
});
