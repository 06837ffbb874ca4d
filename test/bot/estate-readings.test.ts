import { expect, test } from '@jest/globals';
import { refreshInventory } from '../../src/bot/work/inventory.ts';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { choosesRestore } from '../support/restore-talk.ts';
import { startBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const config = `
roles: { operator: [everyone] }
rules:
  - { operation: restore-disks, approval: operator }
  - { operation: restore-key-and-secret, approval: operator }
  - { operation: point-disks-to-keys, approval: operator }
`;

test('a reading of the estate that takes long undoes nothing of a newer one: a rule by a tag set meanwhile applies', async () => {
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
  const isIt = ({ name }: (typeof vms)[number]) => name === 'vm-app-01';
  await bot.azure.change({ vms: vms.map((vm) => (isIt(vm) ? { ...vm, tags: { env: 'late' } } : vm)) });
  await refreshInventory(bot.deps);
  await long;
  const chat = await choosesRestore(bot, 'vm-app-01');
  const read = parseKluisYaml(`${config}  - { operation: restore-disks, tag: 'env=late', deny: true }\n`, 'kluis.yaml');
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  bot.rules.splice(0, bot.rules.length, ...read.config.rules);
  const { text } = await chat.clicks('Restore disks');
  expect(text).toContain(say('ruled.denied-by', { rule: 'tag: env=late' }));
  expect(await bot.azure.requests('POST', /\/restore\?/i)).toEqual([]);
});
