import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomInt } from 'node:crypto';
import { storm } from '../../tools/soak/hostile/storm.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** Ana may start anything, everybody else may only view: a changed click of hers is somebody else's. */
const roles = `roles:
  operator: [user:00000000-0000-0000-0000-0000000000a1]
  viewer: [everyone]
`;

/** The same as `npm run soak -- --hostile`, smaller. A failing seed can be run again there. */
describe('anything that arrives at the endpoints', () => {
  let bot: TestBot;
  const loose: unknown[] = [];
  const noteLoose = (error: unknown) => void loose.push(error);
  beforeAll(async () => {
    process.on('unhandledRejection', noteLoose);
    bot = await startBot({ database: 'postgres', config: roles });
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    process.off('unhandledRejection', noteLoose);
  });

  test('mangled requests of Teams and of Slack, properly signed: each is answered, none with a fault', async () => {
    for (const seed of [1, randomInt(100_000)]) {
      const { statuses, faults } = await storm({ url: bot.url, seed, requests: 150, senders: 4 });
      expect({ seed, faults }).toEqual({ seed, faults: [] });
      expect(statuses.get('teams 200')).toBeGreaterThan(15);
      expect(statuses.get('slack 200')).toBeGreaterThan(15);
    }
  });

  test('and nothing was written to Azure, no error was left uncaught, nothing was logged as an error', async () => {
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.rows('operation')).toEqual([]);
    expect(loose).toEqual([]);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
