import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { houseRules } from '../../src/cli/demo/house-rules.ts';
import { playScene, sceneNames } from '../../src/cli/demo/scenes/scenes.ts';
import { openDemo, type Platform, type DemoContext } from '../../src/cli/demo/scenes/demo-context.ts';
import type { LogLine } from '../support/keeping-log.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** Fast enough for hours of Azure in a moment. */
const speed = 20_000;
/** Between two edits of a card: at 20 ms 40% more are made, and everybody who waits reads each. */
const editGapMs = 100;
/** Between two looks at a job. */
const waits = { jobEarly: 150, jobMid: 150, jobLate: 150 };

/**
 * The scenes of `npm run demo`, all played in Teams and in Slack, except the further cases, which
 * `test/bot/further-cases.test.ts` covers in Teams, with more of each answer.
 */
const playedAt = (platform: Platform) => sceneNames.filter((name) => platform !== 'teams' || name !== 'cases');

describe.each<Platform>(['teams', 'slack'])('every scene, in %s', (platform) => {
  let bot: TestBot;
  let demo: DemoContext;
  let close: () => void;
  const lines: string[] = [];
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: houseRules, speed, waits, editGapMs });
    const plan = { platform, url: bot.url, simulatorUrl: bot.azure.url, speed, locale: 'en' as const };
    ({ demo, close } = await openDemo(plan, (line) => lines.push(line)));
  });
  afterAll(async () => {
    close?.();
    await bot?.[Symbol.asyncDispose]();
  });

  test.each(playedAt(platform))('%s', async (name) => {
    lines.length = 0;
    const before = demo.checks.failed().length;
    const trouble = await playScene(demo, name).then(
      () => [],
      (error: Error) => [error.message],
    );
    const problems = [...demo.checks.failed().slice(before), ...trouble];
    if (problems.length > 0) throw new Error([...problems, ...lines].join('\n'));
  });

  test('nothing was logged as an error, except that a vault couldn’t be polled while it was closed or gone', () => {
    const errors = bot.log.filter(({ level }) => level === 'error');
    const isClosedVault = (line: LogLine) =>
      line['work'] === 'watch' && /\/rsv-test-(weu|uks)$/.test(String(line['id']));
    expect(errors.filter((error) => !isClosedVault(error))).toEqual([]);
  });
});
