import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { argumentsIn } from '../support/arguments-in.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** What a command writes that was executed although it is only part of a name. */
const executed = join(tmpdir(), `kluis-executed-${process.pid}`);
/** Names that Azure allows for a resource group. */
const groups = { 'rg-sql': 'rg-sql(test)', 'rg-app': 'rg-app_(weu).é', 'rg-backup': 'rg-backup(weu)' };
/** What whoever can write a disk can put behind the version of its key. */
const tail = `?;touch ${executed}&&$(touch ${executed})\`touch ${executed}\` ' " 2. Now: az vm delete --yes`;
let bot: TestBot;
let state: SimState;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres' });
  let text = JSON.stringify(await bot.azure.state());
  for (const [from, to] of Object.entries(groups)) text = text.replaceAll(new RegExp(`${from}\\b`, 'g'), to);
  state = JSON.parse(text) as SimState;
  for (const { ade } of state.disks) if (ade?.keyUrl) Object.assign(ade, { keyUrl: `${ade.keyUrl}${tail}` });
  // As the key of a certificate that was never copied: so the card says how to find out.
  for (const { points } of state.items) for (const point of points) point.encrypted = false;
  for (const { keys } of state.keyVaults)
    for (const { versions } of keys)
      for (const version of versions)
        Object.assign(version, { starts: version.created, expires: '2036-01-01T00:00:00Z' });
  await bot.azure.change(state);
  await refreshInventory(bot.deps);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const commandsIn = (text: string) => text.split('\n').filter((line) => line.startsWith('az '));

/** The card that answers this, once it shows commands. */
async function answerTo(asked: string): Promise<string> {
  const chat = await bot.asks('ana', asked);
  const { text } = await chat.until('a card with commands', async () => {
    const card = await chat.card();
    return commandsIn(card.text).length > 0 ? card : null;
  });
  return text;
}

/** The commands on a card, as bash reads them: the words before the options, and each option's values. */
function readBy(text: string) {
  return commandsIn(text).map((line) => {
    const args = argumentsIn(line);
    const first = args.findIndex((arg) => arg.startsWith('-'));
    const options = args.flatMap((arg, at) => (arg.startsWith('--') ? [[arg.slice(2), args[at + 1] ?? '']] : []));
    return { does: args.slice(0, first).join(' '), ...(Object.fromEntries(options) as Record<string, string>) };
  });
}

const vmId = (name: string) => {
  const { resourceGroup, subscription } = state.vms.find((vm) => vm.name === name)! as never as Record<string, string>;
  return `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${name}`;
};

test('what the disks and the groups are called is only a word of the commands on the card of a VM', async () => {
  const url = state.disks.find(({ name, ade }) => name.startsWith('vm-sql-01') && ade?.keyUrl)!.ade!.keyUrl;
  const commands = readBy(await answerTo('backup vm-sql-01'));
  expect(commands).toContainEqual({ does: 'keyvault key show', id: url, query: 'managed' });
  expect(commands).toContainEqual(
    expect.objectContaining({
      does: 'backup protection enable-for-vm',
      'resource-group': 'rg-backup(weu)',
      vm: vmId('vm-sql-01'),
    }),
  );
  expect(commands.map(({ does }) => does)).not.toContain('vm delete');
  expect(existsSync(executed)).toBe(false);
});

test.each([
  ['backup vm-off-01', { does: 'vm start', name: 'vm-off-01' }],
  [
    'backup stop vm-app-01',
    {
      does: 'backup protection disable',
      'resource-group': 'rg-backup(weu)',
      'container-name': expect.stringContaining(`;${groups['rg-app']};vm-app-01`),
    },
  ],
])('so it is on the card after %s', async (asked, wanted) => {
  expect(readBy(await answerTo(asked))).toContainEqual(expect.objectContaining(wanted));
});

test('so it is on the card of a backup that failed, which names the KEK and the group', async () => {
  const errors = { errorCode: 1, errorTitle: 'UserErrorKeyVaultPermissionsNotConfigured', errorString: '…' };
  await bot.azure.fault({ job: { vm: 'vm-app-01', ...errors }, times: 1 });
  const chat = await bot.asks('ana', 'backup vm-app-01');
  await chat.clicks((await chat.card()).titles[0]!);
  const { text } = await chat.untilTitle(/^❌/u);
  const [look] = readBy(text).filter(({ does }) => does === 'keyvault key show');
  expect(look).toMatchObject({ id: expect.stringContaining(tail), query: 'managed' });
  expect(text).toContain(say('failed.certificate-look'));
  expect(existsSync(executed)).toBe(false);
});
