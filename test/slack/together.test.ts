import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quickly } from '../support/quickly.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, SlackChat } from './support/slack-client.ts';

/** So slow that a backup is still in its snapshot when it is cancelled. */
const speed = 4;

let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', speed });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

describe('one installation serves Teams and Slack', () => {
  test('a backup started in Slack is seen and cancelled in Teams, and the card in Slack says so', async () => {
    await ana().says('/backup now vm-app-01');
    const thread = ana().in((await ana().until('/backup now vm-app-01')).ts);
    await thread.until('Cancel this backup');
    const jobs = await bot.asks('ana', 'backup jobs running');
    expect((await jobs.card()).text).toContain('vm-app-01');
    const status = await bot.thread('ana', 'backup status vm-app-01');
    await status.untilTitle('vm-app-01 is already being backed up');
    const teams = await bot.asks('ana', 'backup cancel vm-app-01');
    await teams.untilTitle('Cancel the backup of vm-app-01?');
    await quickly(bot, { speed }, async () => {
      await teams.clicks('Cancel this backup');
      await teams.untilTitle('Job of vm-app-01 cancelled');
    });
    const told = await thread.until(/vm-app-01 was cancelled/);
    expect(buttonsOf(told)).not.toContain('Cancel this backup');
    await thread.until(/^<@U0ANAVRIES>: (?!\/)/);
    expect(await bot.azure.writes(/\/cancel\?/)).toHaveLength(1);
  });

  test('and the other way round', async () => {
    const teams = await bot.thread('ana', 'backup now vm-neu-01');
    await teams.untilButton('Cancel this backup');
    const said = await ana().says('@Kluis backup cancel vm-neu-01');
    const thread = ana().in(said.ts as string);
    await thread.until('Cancel the backup of vm-neu-01?');
    await quickly(bot, { speed }, async () => {
      await thread.presses('Cancel this backup');
      await thread.until('Job of vm-neu-01 cancelled');
    });
    await teams.untilTitle(/vm-neu-01 was cancelled/);
  });
});
