import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SlackChat, type DoorAnswer } from '../slack/support/slack-client.ts';
import { mutated } from '../support/mutated.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { fixture, fixtureNames } from '../teams/fixture.ts';

/** A refusal has a status of its own; 501 is for what the product does not know. */
const foreseen = [200, 400, 401, 403, 413, 415, 501];

describe('whatever comes to the doors', () => {
  let bot: TestBot;
  const loose: unknown[] = [];
  const noteLoose = (error: unknown) => void loose.push(error);
  beforeAll(async () => {
    process.on('unhandledRejection', noteLoose);
    bot = await startBot({ database: 'postgres' });
  }, 60_000);
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    process.off('unhandledRejection', noteLoose);
  });

  test('activities of Teams with parts that are none: each is answered, none with a fault', async () => {
    const serviceUrl = `${bot.url}/_lab/connector/`;
    const activities = mutated(fixtureNames.map((name) => () => fixture(name, { serviceUrl })));
    const before = (await bot.rows('inbound')).length;
    const answered = async (activity: unknown) => expect(foreseen).toContain(await bot.delivers(activity ?? null));
    await fc.assert(fc.asyncProperty(activities, answered), { numRuns: 200 });
    expect((await bot.rows('inbound')).length).toBeGreaterThan(before); // some of them are activities
  }, 120_000);

  test('what Slack sends, signed, with parts that are none: the same', async () => {
    const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
    const said = await ana.says('@Kluis backup vm-sql-01');
    const thread = ana.in(said.ts as string);
    await thread.until(/vm-sql-01 is ready/);
    await thread.presses('Change');
    await ana.says('/backup help');
    await ana.opensHome();
    const sent = (await ana.exchanges()).filter(({ direction }) => direction === 'to-bot');
    expect(sent.map(({ request }) => kindOf(request))).toEqual(
      expect.arrayContaining(['json', 'interaction', 'slash']),
    );
    const deliver = async (payload: unknown) => {
      const body = { kind: kindOf(payload), payload };
      const { bot: answer } = await ana.control<{ bot: DoorAnswer }>('deliver', body);
      expect(foreseen).toContain(answer.status);
    };
    const requests = mutated(
      sent.map(
        ({ request }) =>
          () =>
            structuredClone(request),
      ),
    );
    await fc.assert(fc.asyncProperty(requests.filter(isOfSlack), deliver), { numRuns: 120 });
  }, 120_000);

  test('and nothing was written to Azure, nothing thrown that nobody took, nothing an error to the log', async () => {
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.rows('operation')).toEqual([]);
    expect(loose).toEqual([]);
    expect(bot.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

/** Whoever can sign is Slack, and its requests are objects whose actions have ids: Bolt looks for reactions by them. */
function isOfSlack(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const { actions } = payload as { actions?: unknown };
  if (actions === undefined) return true;
  const named = (action: unknown) => typeof (action as { action_id?: unknown } | null)?.action_id === 'string';
  return Array.isArray(actions) && actions.length > 0 && actions.every(named);
}

function kindOf(payload: unknown): 'slash' | 'interaction' | 'json' {
  const fields = (payload ?? {}) as Record<string, unknown>;
  if ('command' in fields) return 'slash';
  return 'actions' in fields ? 'interaction' : 'json';
}
