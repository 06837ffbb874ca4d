import { expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { choosesNewVm, choosesRestore } from '../support/restore-talk.ts';
import { startBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `
roles: { operator: [everyone], approver: [everyone] }
rules:
  - { operation: restore-disks, approval: operator }
  - { operation: restore-key-and-secret, approval: operator }
  - { operation: point-disks-to-keys, approval: operator }
`;

test('a reading of the estate that takes long undoes nothing of a newer one: a VM that was deleted meanwhile stays gone', async () => {
  await using bot = await startBot({ database: 'postgres', config });
  const lists = async () => {
    const all = await bot.azure.requests('GET', /\/resources\?.*virtualMachines/i);
    return all.filter(({ status }) => status === 200).length;
  };
  const [before, { vms }] = [await lists(), await bot.azure.state()];
  const vaults = { method: 'GET', path: 'Microsoft.RecoveryServices/vaults\\?' };
  await bot.azure.fault({ match: vaults, latencyMs: 1_500, times: 1 });
  const long = refreshInventory(bot.deps);
  await eventually('its VMs', async () => (await lists()) > before);
  const isTwin = ({ name, resourceGroup }: (typeof vms)[number]) => name === 'vm-dup-01' && resourceGroup === 'rg-web';
  await bot.azure.change({ vms: vms.filter((vm) => !isTwin(vm)) });
  await refreshInventory(bot.deps);
  await long;
  const chat = await bot.asks('ana', 'backup vm-dup-01');
  expect((await chat.card()).title).toMatch(/^. vm-dup-01/u);
});

test('a tag that a VM got since the estate was read counts: a rule by it stops a restore, a stop and a cancel', async () => {
  await using bot = await startBot({ database: 'postgres', config });
  const restores = await choosesRestore(bot, 'vm-app-01');
  const stops = await bot.asks('ana', 'backup stop vm-app-01');
  await stops.untilTitle('Stop the backups of vm-app-01?');
  await bot.azure.control('POST', 'clock', { speed: 4 });
  const backups = await bot.thread('ana', 'backup now vm-app-01');
  await backups.untilButton('Cancel this backup');
  const cancels = await bot.asks('ana', 'backup cancel vm-app-01');
  await cancels.untilTitle('Cancel the backup of vm-app-01?');
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({ vms: vms.map((vm) => (vm.name === 'vm-app-01' ? { ...vm, tags: { env: 'late' } } : vm)) });
  const rules = ['restore-disks', 'stop-protection', 'cancel-job'].map(
    (operation) => `  - { operation: ${operation}, tag: 'env=late', deny: true }\n`,
  );
  const read = parseKluisYaml(`${config}${rules.join('')}`, 'kluis.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  bot.rules.splice(0, bot.rules.length, ...read.config.rules);
  const denied = say('ruled.denied-by', { rule: 'tag: env=late' });
  for (const [chat, title] of [
    [restores, 'Restore disks'],
    [stops, 'Stop backups'],
    [cancels, 'Cancel this backup'],
    [backups, 'Cancel this backup'],
  ] as const) {
    const answer = await chat.clicks(title);
    await chat.until(`${title} to be refused`, async () =>
      [answer.text, (await chat.card()).text].some((text) => text?.includes(denied)),
    );
  }
  expect(await bot.azure.writes(/\/restore\?|\/cancel\?/i)).toEqual([]);
  const puts = await bot.azure.writes(/protectedItems\/[^/]*vm-app-01\?/i);
  expect(puts.filter(({ body }) => JSON.stringify(body).includes('ProtectionStopped'))).toEqual([]);
});

test('the same at a press on an earlier card: a restore isn’t continued, and its files aren’t deleted', async () => {
  const all = 'roles: { operator: [everyone], approver: [everyone] }\nrules:\n  - { approval: operator }\n';
  await using bot = await startBot({ database: 'postgres', config: all, speed: 20_000 });
  const denies = (operation: string) => {
    const read = parseKluisYaml(`${all}  - { operation: ${operation}, tag: 'env=late', deny: true }\n`, 'kluis.yaml');
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    bot.rules.splice(0, bot.rules.length, ...read.config.rules);
  };
  const tagged = async (tags: Record<string, string>) => {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.map((vm) => (vm.name === 'vm-app-01' ? { ...vm, tags } : vm)) });
  };
  const refuses = (code: string) => ({ status: 403, body: { error: { code, message: 'no' } } });
  const deployments = { match: { method: 'PUT', path: 'Microsoft\\.Resources/deployments/' } };
  await bot.azure.fault({ ...deployments, ...refuses('RequestDisallowedByPolicy') });
  const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-back');
  await chat.clicks(say('button.restore-vm'));
  await chat.untilButton(say('button.clean-up'));
  await bot.azure.mend();
  const before = (await bot.azure.writes()).length;
  const denied = say('ruled.denied-by', { rule: 'tag: env=late' });
  await tagged({ env: 'late' });
  for (const [operation, press] of [
    ['clean-up-staging', say('button.clean-up')],
    ['create-vm', say('button.go-on')],
  ] as const) {
    denies(operation);
    expect((await chat.clicks(press)).text).toContain(denied);
  }
  // What can't be read may have the tag.
  await tagged({});
  const vm = { match: { method: 'GET', path: 'virtualMachines/vm-app-01\\?' } };
  await bot.azure.fault({ ...vm, ...refuses('AuthorizationFailed') });
  expect((await chat.clicks(say('button.go-on'))).text).toContain('tag: env=late');
  expect(await bot.azure.writes()).toHaveLength(before);
  await bot.azure.mend();
  // It is gone: what the card knows of it counts, and a new plan knows nothing.
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-app-01') });
  await chat.clicks(say('button.go-on'));
  await chat.untilTitle(/✅/u);
  await refreshInventory(bot.deps);
  denies('restore-disks');
  const again = await bot.asks('ana', 'backup restore vm-app-01');
  await again.untilTitle("Restoring vm-app-01 isn't allowed");
  expect((await again.card()).text).toContain('tag: env=late');
});
