import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, SlackChat } from './support/slack-client.ts';

const config = `
roles:
  operator: [everyone]
`;
let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => ana().control('reset', {}));

const sent = async () => {
  const puts = await bot.azure.requests('PUT', /;vm-sql-01\?/);
  return puts.map(
    ({ body }) => (body as { properties: { extendedProperties?: object } }).properties.extendedProperties,
  );
};

/** Answers the question which disks are left out. */
async function chooses(thread: SlackChat, disks: readonly string[]): Promise<void> {
  await thread.presses('Choose disks');
  const { blocks } = await thread.until('Which disks of vm-sql-01 to leave out?');
  await thread.presses('Continue', { inputs: { [actionOf(blocks, 'disks')]: disks } });
}

test('checkboxes in the message: checked disks are left out, and with none checked all disks are backed up again', async () => {
  const said = await ana().says('@Kluis backup vm-sql-01');
  const thread = ana().in(said.ts as string);
  await thread.until('vm-sql-01 is ready to back up');
  await chooses(thread, ['vm-sql-01-data-1 · 64 GB · LUN 0']);
  await thread.until('Left out of the backups: vm-sql-01-data-1.');
  await thread.presses('Protect only');
  await thread.until('vm-sql-01 is protected');
  expect(await sent()).toEqual([{ diskExclusionProperties: { diskLunList: [0], isInclusionList: false } }]);

  const again = await ana().says('@Kluis backup vm-sql-01');
  const next = ana().in(again.ts as string);
  await next.until('has no good backup yet');
  await chooses(next, []);
  await next.until('All disks are backed up again');
  await next.presses('Change the disks');
  await next.until('vm-sql-01: disks changed');
  expect((await sent())[1]).toEqual({});
});
