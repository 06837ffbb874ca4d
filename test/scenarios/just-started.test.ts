import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { CardText } from '../../tools/demo/card-text.ts';
import type { Chat } from '../../tools/demo/seats/chat.ts';
import { houseRules } from '../../tools/demo/house-rules.ts';
import { openDemo, type Platform } from '../../tools/demo/scenes/demo-context.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const speed = 1200;

/** Without line ends, which depend on the width. */
const inOneLine = ({ lines }: CardText) => lines.join(' ').replace(/\s+/g, ' ');

/** A process caches the directory for a day, so these cases can't be scenes of a running one. One in each chat. */
describe('Azure Backup’s identity, read by a newly started process', () => {
  let bot: TestBot;
  let close: (() => void) | undefined;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: houseRules, speed });
  });
  afterEach(() => close?.());
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asks = async (platform: Platform, scenario: string, vm: string): Promise<{ ana: Chat; card: CardText }> => {
    await bot.azure.reset();
    await bot.azure.scenario(scenario);
    await bot.restart();
    const plan = { platform, url: bot.url, simulatorUrl: bot.azure.url, speed, locale: 'en' as const };
    const built = await openDemo(plan, () => undefined);
    close = built.close;
    const { ana } = built.demo;
    await ana.says(`/backup ${vm}`);
    return { ana, card: await ana.settled() };
  };

  test.each(['teams', 'slack'] as const)(
    'check 26, in %s: the provider is not registered, and then it is',
    async (at) => {
      const { ana, card } = await asks(at, 'provider-not-registered', 'vm-sql-01');
      expect(card.title).toMatch(/^⛔ vm-sql-01( can't be backed up)?: .+$/u);
      expect(card.details.join(' ')).toMatch(
        /az provider register --namespace Microsoft\.RecoveryServices --subscription [0-9a-f-]{36}/,
      );
      expect(card.buttons).toEqual(['Register Azure Backup', 'Check again', 'Cancel']);
      await ana.presses('Register Azure Backup');
      expect((await ana.settled()).title).toMatch(/Azure Backup is registered$/u);
    },
  );

  test('9 cannot be read from Graph: unknown, with the right and the setting; trying anyway works', async () => {
    const { ana, card } = await asks('slack', 'backup-app-unreadable', 'vm-sql-01');
    expect(card.title).toMatch(/^🔎 vm-sql-01 is probably ready; 1 check incomplete$/u);
    expect(inOneLine(card)).toMatch(/lacks the permission Application\.Read\.All/);
    expect(card.details.join(' ')).toMatch(/azure\.backupServiceObjectId in\s+kluis\.yaml/);
    await ana.presses('Try anyway');
    expect((await ana.settled()).title).toMatch(/vm-sql-01 is backed up/);
  });
});
