import { expect, test } from '@jest/globals';
import { startBot } from '../support/start-bot.ts';

const prod =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-prod-weu';

test('a list longer than its card: typing finds the rest, and what it finds can be chosen', async () => {
  await using bot = await startBot({ database: 'postgres' });
  const { policies } = await bot.azure.state('policies');
  const gold = policies.find(({ name, vaultId }) => name === 'gold' && vaultId === prod)!;
  const more = Array.from({ length: 150 }, (_, n) => ({ ...gold, name: `team-${String(n).padStart(3, '0')}` }));
  await bot.azure.change({ policies: [...policies, ...more] });
  const chat = await bot.asks('ana', 'backup vm-sql-01');
  const { inputs } = await chat.card();
  expect(inputs['policy']!.choices.length).toBeLessThanOrEqual(101);
  expect(inputs['policy']!.choices.map(({ title }) => title).join()).not.toContain('team-149');
  const found = await chat.types('policy', 'TEAM 149');
  expect(found.map(({ value }) => value)).toEqual([`${prod}/backupPolicies/team-149`]);
  expect(await chat.types('policy', 'no such policy')).toEqual([]);
  await chat.clicks('Protect only', { policy: found[0]!.value });
  await chat.untilTitle(/vm-sql-01 is protected/);
  const [put] = await bot.azure.requests('PUT', /;vm-sql-01\?/);
  expect(put!.body).toMatchObject({ properties: { policyId: `${prod}/backupPolicies/team-149` } });
});
