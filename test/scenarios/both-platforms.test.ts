import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { houseRules } from '../../tools/demo/house-rules.ts';
import { playScene, sceneNames } from '../../tools/demo/scenes/scenes.ts';
import { openDemo, type Platform, type DemoContext } from '../../tools/demo/scenes/demo-context.ts';
import type { LogLine } from '../support/keeping-log.ts';
import { putsKeysBack } from '../../deploy/template/access.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { assigned, isRare, isUsed, usedByNoScene, type LoggedRight } from './assigned.ts';
import { rareRights } from './rare-rights.ts';

/** What all of this needed of Azure. */
const needed: LoggedRight[] = [];

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

  test('what that needed of Azure is noted', async () => {
    needed.push(...((await bot.azure.control('GET', 'rights')) as LoggedRight[]));
    expect(needed.length).toBeGreaterThan(100);
  });

  test('nothing was logged as an error, except that a vault couldn’t be polled while it was closed or gone', () => {
    const errors = bot.log.filter(({ level }) => level === 'error');
    const isClosedVault = (line: LogLine) =>
      line['work'] === 'watch' && /\/rsv-test-(weu|uks)$/.test(String(line['id']));
    expect(errors.filter((error) => !isClosedVault(error))).toEqual([]);
  });
});

describe('what the identities are allowed is what all of this needed', () => {
  test('what the scenes leave out: keys put back in each way, the extension, who did it, the doctor', async () => {
    needed.push(...(await rareRights()));
  });

  test('each identity uses every action that it holds, at each kind of scope', () => {
    expect(assigned().filter((one) => !isUsed(one, needed) && !isRare(one))).toEqual([]);
  });

  test('what is said to be used by no scene is assigned, and isn’t used', () => {
    const rare = assigned().filter(isRare);
    expect(rare.filter((one) => isUsed(one, needed))).toEqual([]);
    expect(rare).toHaveLength(usedByNoScene.length);
  });

  test('each action that was needed is assigned there; only a deny assignment refused any', () => {
    const all = assigned();
    const unassigned = ({ by, held, ...need }: LoggedRight) =>
      by !== 'policy' && held && !all.some((one) => isUsed(one, [{ by, held, ...need }]));
    expect(needed.filter(unassigned)).toEqual([]);
    // The restore identity asks at each resource group whether it may restore to it: where it has no role, it may not.
    const asks = 'Microsoft.Authorization/permissions/read';
    const isAsking = ({ identity, right }: LoggedRight) => identity === 'kluis-restore' && right === asks;
    const refused = needed.filter((one) => !one.held && !isAsking(one));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.filter(({ scope }) => !/\/rsv-test-weu\b/i.test(scope))).toEqual([]);
  });

  test('the access policy that it takes to put keys back has what was needed, and nothing else', () => {
    const used = needed.filter(({ by, identity }) => by === 'policy' && identity === 'kluis-restore');
    const given = Object.entries(putsKeysBack).flatMap(([kind, all]) => all.map((one) => `${kind}/${one}`));
    expect([...new Set(used.map(({ right }) => right))].toSorted()).toEqual(given.toSorted());
  });
});
