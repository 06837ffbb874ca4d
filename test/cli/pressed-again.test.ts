import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDemo, type DemoContext, type Platform } from '../../tools/demo/scenes/demo-context.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { withoutPulse } from '../support/without-pulse.ts';

const speed = 20_000;
const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe.each<Platform>(['teams', 'slack'])('a person of the demo, in %s', (platform) => {
  let bot: TestBot;
  let demo: DemoContext;
  let close: () => void;
  const lines: string[] = [];
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', speed });
    const plan = { platform, url: bot.url, simulatorUrl: bot.azure.url, speed, locale: 'en' as const };
    ({ demo, close } = await openDemo(plan, (line) => lines.push(line)));
  });
  afterAll(async () => {
    close?.();
    await bot?.[Symbol.asyncDispose]();
  });

  test('who is told that nothing starts right now presses again, as long as that is so, and it is done once', async () => {
    const { ana } = demo;
    const said = () => lines.join(' ').split('Kluis starts nothing right now').length - 1;
    await ana.says('/backup vm-plain-01');
    await ana.settled();
    let presses: Promise<void> | null = null;
    await withoutPulse(bot, async () => {
      bot.ahead += 11_000; // as on a machine that was too busy for a heartbeat
      presses = ana.presses(say('button.protect+back-up-now'));
      await eventually('two refusals', () => said() > 1);
    });
    await presses;
    const { title } = await ana.settled();
    expect(title).toContain('vm-plain-01 is backed up');
    expect(await bot.azure.writes(/;vm-plain-01\/backup\?/)).toHaveLength(1);
  });
});
