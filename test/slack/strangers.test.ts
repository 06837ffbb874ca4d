import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { slackTimeouts } from '../../src/slack/timeouts.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, SlackChat, textOf, type EndpointAnswer } from './support/slack-client.ts';

let bot: TestBot;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const rows = async () => (await bot.rows('inbound')).length;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', timeouts: { profile: slackTimeouts.profile } });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await general().control('reset', {});
});

let stamp = 1_790_000_000;

/**
 * Somebody mentions the bot in a channel shared by two workspaces; `says`: what the event says about their workspace.
 */
async function mentions(user: string, says: object): Promise<string> {
  const ts = `${(stamp += 1)}.000100`;
  const text = '<@U0KLUIS001> backup vm-sql-01';
  const payload = { type: 'app_mention', user, text, ts, channel: 'C0GENERAL1', ...says };
  const { bot: answer } = await general().control<{ bot: EndpointAnswer }>('deliver', { kind: 'event', payload });
  expect(answer.status).toBe(200);
  return ts;
}

const troubles = [
  ['slow', { delay: 3_000 }],
  ['refused', { status: 429, retryAfter: 30 }],
] as const;

test.each(troubles)(
  'while profiles are %s: a stranger according to the event gets nothing, a member is served',
  async (how, trouble) => {
    await bot.restart(); // the cache is empty
    await general().says('@Kluis backup help');
    await general().control('faults', { method: '^users.info$', times: 1000, ...trouble });
    const before = [await rows(), (await bot.rows('dialog')).length];
    await mentions(`U0STRANG${how.length}A`, {
      team: 'T0FABRIKAM',
      user_team: 'T0FABRIKAM',
      source_team: 'T0FABRIKAM',
    });
    await mentions(`U0STRANG${how.length}B`, { team: 'T0CONTOSO1', user_team: 'T0FABRIKAM' });
    expect([await rows(), (await bot.rows('dialog')).length]).toEqual(before);
    const said = await mentions('U0BENJANSN', { team: 'T0CONTOSO1' });
    await eventually('the dialog of the member', async () =>
      (await bot.rows('conversation')).some(({ id }) => id.endsWith(said)),
    );
  },
);

test.each(troubles)(
  'while profiles are %s: people about whom the event says nothing are privately asked to try again',
  async (how, trouble) => {
    await bot.restart();
    await general().says('@Kluis backup help');
    await general().control('faults', { method: '^users.info$', times: 1000, ...trouble });
    const before = [await rows(), (await bot.rows('dialog')).length];
    await mentions(how === 'slow' ? 'U0CHRISMEI' : 'U0DIRKADMN', {});
    expect([await rows(), (await bot.rows('dialog')).length]).toEqual(before);
    const asks = (all: readonly { readonly request: Record<string, unknown> }[]) =>
      all.some(({ request }) => JSON.stringify(request).includes('try again'));
    await eventually('a word to them alone', async () => asks(await general().calls('chat.postEphemeral')));
    expect((await general().said()).map(textOf).join()).not.toContain('vm-sql-01');
  },
);

test('a member of another workspace with the ID of one of ours is somebody else, though ours is looked up', async () => {
  const said = await general().says('@Kluis backup vm-sql-01');
  const thread = general().in(said.ts as string);
  await thread.until(/vm-sql-01 is ready/);
  const before = [await rows(), (await bot.rows('dialog')).length];
  await mentions('U0ANAVRIES', { team: 'T0FABRIKAM', user_team: 'T0FABRIKAM', source_team: 'T0FABRIKAM' });
  await thread.presses('Cancel');
  const pressed = (await general().exchanges()).findLast(({ request }) => request['type'] === 'block_actions')!.request;
  const settled = [await rows(), (await bot.rows('dialog')).length];
  const ours = pressed['user'] as object;
  const payload = {
    ...pressed,
    user: { ...ours, team_id: 'T0FABRIKAM' },
    actions: [{ ...(pressed['actions'] as object[])[0], action_ts: '1790000000.000001' }],
  };
  await general().control('deliver', { kind: 'interaction', payload });
  const command = {
    team_id: 'T0FABRIKAM',
    user_id: 'U0ANAVRIES',
    channel_id: 'C0GENERAL1',
    text: 'now vm-sql-01',
    command: '/backup',
  };
  await general().control('deliver', { kind: 'slash', payload: { ...command, trigger_id: '1.1.a' } });
  expect([await rows(), (await bot.rows('dialog')).length]).toEqual(settled);
  expect(settled[0]).toBe((before[0] as number) + 1);
});

test('a type-ahead list: a member gets its choices, strangers and unknown people get none', async () => {
  await bot.restart(); // the cache is empty
  const said = await general().says('@Kluis backup vm-sql-01');
  const card = await general()
    .in(said.ts as string)
    .until(/vm-sql-01 is ready/);
  const action = actionOf(card.blocks, 'vault');
  await general().control('suggest', { as: 'ana', channel: 'general', ts: card.ts, action, value: 'rsv' });
  const asked = (await general().exchanges()).findLast(
    ({ request }) => request['type'] === 'block_suggestion',
  )!.request;
  const typedBy = async (user: object) => {
    const payload = { ...asked, user: { ...(asked['user'] as object), ...user } };
    const { bot: answer } = await general().control<{ bot: EndpointAnswer }>('deliver', {
      kind: 'interaction',
      payload,
    });
    expect(answer.status).toBe(200);
    return (answer.body as { options: unknown[] }).options.length;
  };
  expect(await typedBy({})).toBeGreaterThan(0);
  expect(await typedBy({ id: 'U0BENJANSN' })).toBeGreaterThan(0);
  expect(await typedBy({ id: 'U0STRANGOPT', team_id: 'T0FABRIKAM' })).toBe(0);
  await general().control('faults', { method: '^users.info$', times: 1000, status: 429, retryAfter: 30 });
  expect(await typedBy({ id: 'U0STRANGTWO', team_id: 'T0FABRIKAM' })).toBe(0);
  const { team: _, ...open } = asked;
  const payload = { ...open, user: { id: 'U0NOBODYTWO' } };
  const { bot: none } = await general().control<{ bot: EndpointAnswer }>('deliver', { kind: 'interaction', payload });
  expect(none.body).toEqual({ options: [] });
});
