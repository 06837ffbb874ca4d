import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { SlackChat } from './support/slack-client.ts';

/** Dirk isn't linked; his address in Slack is admin@contoso.example. */
const address = 'admin@contoso.example';
const eva = { id: '00000000-0000-0000-0000-0000000000e1', name: 'Eva Bakker', mail: address };
let bot: TestBot;
let directory: Awaited<ReturnType<TestBot['azure']['state']>>['directory'];
const dirk = () => new SlackChat(() => bot.url, { person: 'admin', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: 'slack: { linkByEmail: true }' });
  ({ directory } = await bot.azure.state());
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(async () => {
  await dirk().control('reset', {});
  await bot.azure.reset();
});

async function presses(people: typeof directory.people): Promise<SlackChat> {
  await bot.azure.change({ directory: { ...directory, people } });
  const said = await dirk().says('@Kluis backup vm-plain-01');
  const thread = dirk().in(said.ts as string);
  await thread.until(/vm-plain-01 is ready/);
  await thread.presses('Protect and back up now');
  return thread;
}

test.each([
  { how: 'nobody has the address', people: () => directory.people },
  { how: 'two people have it', people: () => [...directory.people, eva, { ...eva, id: eva.id.replace('e1', 'e2') }] },
  {
    how: 'whoever has it is another member already',
    people: () => directory.people.map((one) => (one.name === 'Ana de Vries' ? { ...one, mail: address } : one)),
  },
  { how: 'it only looks like it', people: () => [...directory.people, { ...eva, mail: `x${address}` }] },
])('$how: nobody is guessed', async ({ people }) => {
  const thread = await presses(people());
  expect((await thread.until("doesn't know who you are")).onlyYou).toBe(true);
  expect(await bot.rows('operation')).toEqual([]);
});

test('the directory does not answer: nobody is guessed', async () => {
  await bot.azure.fault({ match: { method: 'GET', path: '/users' }, status: 503, body: {}, times: 50 });
  const thread = await presses([...directory.people, eva]);
  await thread.until("doesn't know who you are");
  await bot.azure.mend();
});

test('exactly one has it: the user is that person', async () => {
  const thread = await presses([...directory.people, eva]);
  await thread.until(/^<@U0DIRKADMN>: (?!\/)/);
  const [operation] = await bot.rows('operation');
  expect(operation?.requester).toMatchObject({ id: eva.id, platformId: 'U0DIRKADMN' });
});
