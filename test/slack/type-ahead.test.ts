import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { actionOf, SlackChat, type SeenMessage } from './support/slack-client.ts';

const prod =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';
let bot: TestBot;
const ana = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres' });
  const { policies, vms } = await bot.azure.state('policies', 'vms');
  const gold = policies.find(({ name, vaultId }) => name === 'gold' && vaultId === prod)!;
  const more = Array.from({ length: 150 }, (_, n) => ({ ...gold, name: `team-${String(n).padStart(3, '0')}` }));
  const model = vms.find(({ name }) => name === 'vm-plain-01')!;
  const twins = Array.from({ length: 8 }, (_, n) => ({
    ...model,
    name: 'vm-twin',
    resourceGroup: `rg-${n}`,
    vmId: `00000000-0000-4000-8000-00000000000${n}`,
  }));
  await bot.azure.change({ policies: [...policies, ...more], vms: [...vms, ...twins] });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

type Suggested = { asked: boolean; problems: string[]; options: { text: { text: string }; value: string }[] };

/** What Slack shows when Ana types into a list of a message. */
async function types(on: SeenMessage, list: string, value: string): Promise<string[]> {
  const action = actionOf(on.blocks, list);
  const body = { as: 'ana', channel: 'general', ts: on.ts, action, value };
  const { asked, problems, options } = await ana().control<Suggested>('suggest', body);
  expect([asked, problems]).toEqual([true, []]);
  return options.map(({ text }) => text.text);
}

const kindOf = (on: SeenMessage, list: string) =>
  on.blocks
    .map((block) => (block as { element?: { type: string; action_id: string } }).element)
    .find((element) => element?.action_id === actionOf(on.blocks, list))?.type;

test('vault and policy are found by typing, from the estate; Azure gets what was picked', async () => {
  const said = await ana().says('@Kluis backup vm-sql-01');
  const thread = ana().in(said.ts as string);
  const card = await thread.until(/vm-sql-01 is ready/);
  expect([kindOf(card, 'vault'), kindOf(card, 'policy')]).toEqual(['external_select', 'external_select']);
  expect(await types(card, 'vault', 'TEST')).toEqual([expect.stringContaining('rsv-test-weu')]);
  expect(await types(card, 'policy', '')).toHaveLength(100);
  const [found, ...others] = await types(card, 'policy', 'TEAM 149');
  expect([found, others]).toEqual([expect.stringContaining('team-149'), []]);
  expect(await types(card, 'policy', 'no such policy')).toEqual([]);
  await thread.presses('Protect only', { inputs: { [actionOf(card.blocks, 'policy')]: found } });
  await thread.until(/vm-sql-01 is protected/);
  const [put] = await bot.azure.requests('PUT', /;vm-sql-01\?/);
  expect(put?.body).toMatchObject({ properties: { policyId: `${prod}/backupPolicies/team-149` } });
});

test('which of many VMs with the same name is meant is found by typing, too', async () => {
  const said = await ana().says('@Kluis backup vm-twin');
  const thread = ana().in(said.ts as string);
  const card = await thread.until(/8 VMs are called vm-twin/);
  expect(kindOf(card, 'vm')).toBe('external_select');
  const [found, ...others] = await types(card, 'vm', 'rg-7');
  expect([found, others]).toEqual([expect.stringContaining('rg-7/vm-twin'), []]);
  await thread.presses('Choose', { inputs: { [actionOf(card.blocks, 'vm')]: found } });
  await thread.until(/vm-twin is ready|rg-7/);
});
