import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvesRestore, choosesVm, restoreRoles, restoreSubnet } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
let bot: TestBot;

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

test('a network interface whose creation was canceled ends the restore, which can be continued', async () => {
  const { items } = await bot.azure.state('items');
  const item = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))!;
  // So old a point has no template: the VM is created by calls.
  const old = item.points.find(({ time }) => time < '2017-04-26')!;
  const chat = await choosesVm(bot, 'vm-app-01', old.id);
  await chat.clicks('Continue', { name: 'vm-app-01-old', subnet: restoreSubnet });
  await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
  const body = { properties: { provisioningState: 'Canceled' } };
  await bot.azure.fault({ match: { method: 'GET', path: 'networkInterfaces/vm-app-01-old' }, status: 200, body });
  await approvesRestore(chat);
  await chat.untilTitle(new RegExp(say('trouble.interface-failed')));
  expect(await bot.azure.requests('PUT', /\/virtualMachines\/vm-app-01-old\?/i)).toEqual([]);
  await bot.azure.mend();
  await chat.clicks(say('button.go-on'));
  await chat.untilTitle(say('closing.check-vm', { vm: 'vm-app-01-old' }));
  expect(await bot.azure.requests('PUT', /\/virtualMachines\/vm-app-01-old\?/i)).toHaveLength(1);
});
