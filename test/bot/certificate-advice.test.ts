import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { untilCard } from '../support/channel-cards.ts';
import { ends } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vm = 'vm-app-01';
const look = /az keyvault key show --id https:\/\/kv-prod-weu\S+\/keys\/kek-disks\/\S+ --query managed/;

/**
 * Azure answers "permissions not configured" for a certificate's key as well. Whoever reads of it gets the advice for
 * that, where the access is complete: on the alert, in lists, on the job's card and on Home; and nobody is told to back
 * up again.
 */
let bot: TestBot;
beforeAll(async () => {
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', ...often });
  const { keyVaults, items } = await bot.azure.state('keyVaults', 'items');
  for (const key of keyVaults.find(({ name }) => name === 'kv-prod-weu')!.keys)
    for (const version of key.versions)
      Object.assign(version, { starts: version.created, expires: '2036-01-01T00:00:00Z' });
  const plain = items.map((item) => ({ ...item, points: item.points.map((one) => ({ ...one, encrypted: false })) }));
  await bot.azure.change({ keyVaults, items: plain, jobs: [] });
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await ends(bot.azure, vm, {
    status: 'Failed',
    errors: [
      {
        errorCode: 400_020,
        errorTitle: 'UserErrorKeyVaultPermissionsNotConfigured',
        errorString: 'Azure Backup Service does not have sufficient permissions to Key Vault.',
        recommendations: [],
      },
    ],
  });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('the alert names the certificate in its title, and how to find out; it offers no other backup', async () => {
  const { card } = await untilCard(bot, vm);
  expect(card.title).toContain(say('failed.certificate'));
  expect(card.text).toMatch(look);
  expect(card.text).toContain(say('failed.certificate-fix'));
  expect(card.text).not.toContain(say('alert.clear'));
  expect(card.titles).not.toContain(say('button.back-up-now'));
});

test('so do the lists of jobs and the job’s own card', async () => {
  const list = await (await bot.asks('ana', 'backup jobs')).card();
  expect(list.text).toContain(say('failed.certificate'));
  const job = await (await bot.asks('ana', `backup job ${vm}`)).card();
  expect(job.title).toContain(say('failed.certificate'));
  expect(job.text).toMatch(look);
  expect(job.text).not.toContain(say('job.nothing-now', { vm }));
  expect(job.titles).not.toContain(say('button.back-up-now'));
});
