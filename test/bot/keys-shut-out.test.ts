/** Lost keys that can't be brought back yet: told before anybody is asked, in the words of the forecast. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { KeyVaultSpec } from '../../src/sim/state/state-keyvault.ts';
import { choosesRestore, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const about = 'kv-hr2-weu';
let bot: TestBot;
beforeAll(async () => {
  const config = `${restoreRoles}encryption: { requireKek: 'off' }\n`;
  bot = await startBot({ database: 'postgres', config, speed: 20_000 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const changed = async (change: (vault: KeyVaultSpec) => KeyVaultSpec) => {
  const { keyVaults } = await bot.azure.state('keyVaults');
  await bot.azure.change({ keyVaults: keyVaults.map((vault) => (vault.name === about ? change(vault) : vault)) });
};
/** The last question, and the forecast. */
const told = async () => {
  const { text, titles } = await (await choosesRestore(bot, 'vm-hr-02')).card();
  const forecast = await (await bot.asks('ana', 'backup forecast')).untilTitle(/will fail tonight/);
  return { text, titles, forecast: forecast.text };
};

test('a key vault that the restore identity can’t get into: it will wait there, and nothing promises the keys', async () => {
  const { keyVaults, roleAssignments } = await bot.azure.state('keyVaults', 'roleAssignments');
  await changed((vault) => ({ ...vault, accessPolicies: [], rbac: true }));
  const isOwn = ({ principalId, scope }: (typeof roleAssignments)[number]) =>
    principalId === IDENTITIES['kluis-restore'] && scope.endsWith('/rg-security');
  await bot.azure.change({ roleAssignments: roleAssignments.filter((one) => !isOwn(one)) });
  const { text, titles, forecast } = await told();
  expect(text).toContain(`${say('forecast.keys-shut', { about })}. ${say('restore.keys-shut')}`);
  expect(text).not.toContain('brings the keys back');
  expect(titles).toContain(say('button.ask-approval'));
  expect(forecast).toContain(say('forecast.keys-shut', { about }));
  await bot.azure.change({ keyVaults, roleAssignments });
});

test('other keys that have their names by now: none is overwritten, and the disks will stay locked', async () => {
  const { keyVaults } = await bot.azure.state('keyVaults');
  const version = '0123456789abcdef0123456789abcdef';
  const [key] = keyVaults.find(({ name }) => name === 'kv-prod-weu')!.keys;
  const other = { ...key!, name: 'kek-disks', versions: [{ ...key!.versions[0]!, version }] };
  await changed((vault) => ({ ...vault, keys: [other], deletedKeys: [] }));
  const { text, titles, forecast } = await told();
  expect(text).toContain(`${say('forecast.keys-taken', { about })}. ${say('restore.keys-taken')}`);
  expect(text).not.toContain('brings the keys back');
  expect(titles).toContain(say('button.ask-approval'));
  expect(forecast).toContain(say('forecast.keys-taken', { about }));
  await bot.azure.change({ keyVaults });
});

test('nothing of it is said where a restore can bring them back', async () => {
  const { text } = await (await choosesRestore(bot, 'vm-hr-01')).card();
  expect(text).toContain('brings the keys back');
  expect(text).not.toContain(say('restore.keys-shut'));
});
