import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { interfaceId, same, vmId } from '../../src/sim/ids.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { changesVm } from '../support/changes-new-vm.ts';
import { approvesRestore, choosesNewVm, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000, leases: { sweep: 300 } });
});
afterEach(async () => {
  bot.failpoint = () => {};
  await bot.azure.mend();
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** The lines of the closing card from its first fact on, and the new VM's interfaces in Azure. */
async function restored(vm: string, name: string) {
  const chat = await choosesNewVm(bot, vm, name);
  await approvesRestore(chat);
  const closing = await chat.untilTitle(say('closing.check-vm', { vm: name }));
  const [operation] = await bot.operationsIn(chat);
  const { vms, networkInterfaces } = await bot.azure.state('vms', 'networkInterfaces');
  const made = vms.find((one) => one.name === name)!;
  const interfaces = networkInterfaces.filter((one) => same(one.vmId, vmId(made)));
  const lines = closing.text.split('\n').filter((line) => line !== say('card.simulated'));
  return { closing, operation: operation!, interfaces, facts: lines.slice(lines.indexOf(closing.title) + 1) };
}

/** A second interface, and a public address of the first one. */
function addsAddresses({ networkInterfaces, publicAddresses }: SimState, vm: SimState['vms'][number]): void {
  const [first] = networkInterfaces.filter((one) => same(one.vmId, vmId(vm)));
  const second = { ...first!, name: `${vm.name}-second`, privateAddress: '10.10.1.77' };
  networkInterfaces.push(second);
  vm.interfaceIds!.push(interfaceId(second));
  const { subscription, resourceGroup, location } = vm;
  publicAddresses.push({ subscription, resourceGroup, location, name: `${vm.name}-ip`, tags: {} });
  first!.publicAddressId = `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/publicIPAddresses/${vm.name}-ip`;
}

const refuses = (path: string) => {
  const body = { error: { code: 'AuthorizationFailed', message: 'no authorization to perform action' } };
  return bot.azure.fault({ match: { method: 'GET', path }, status: 403, body });
};

test('the closing card of a new VM begins with its private address', async () => {
  const { facts, interfaces } = await restored('vm-app-01', 'vm-app-01-address');
  expect(interfaces.map(({ privateAddress }) => privateAddress)).toEqual([expect.stringMatching(/^10\.10\.9\.\d+$/)]);
  expect(facts[0]).toBe(`Private IP: ${interfaces[0]!.privateAddress}`);
  expect(facts[1]).toMatch(/^Agent: responds, version \d/);
});

test('two interfaces and a public address: all of them, the first interface’s first', async () => {
  changesVm(bot, 'vm-app-01-two', addsAddresses);
  const { facts, interfaces } = await restored('vm-app-01', 'vm-app-01-two');
  expect(facts[0]).toBe(`Private IP: ${interfaces[0]!.privateAddress} and 10.10.1.77`);
  expect(facts[1]).toMatch(/^Public IP: 203\.0\.113\.\d+$/);
});

test('an interface and a public address that can’t be read are counted, and the other address is there', async () => {
  changesVm(bot, 'vm-app-01-part', addsAddresses);
  await refuses('networkInterfaces/vm-app-01-part-second');
  await refuses('publicIPAddresses/vm-app-01-part-ip');
  const { facts, interfaces, operation } = await restored('vm-app-01', 'vm-app-01-part');
  expect(facts[0]).toBe(`Private IP: ${interfaces[0]!.privateAddress} and 1 that couldn't be read`);
  expect(facts[1]).toBe("Public IP: 1 that couldn't be read");
  expect(operation.status).toBe('succeeded');
});

test('a public address to which Azure has given no number yet isn’t called unread', async () => {
  changesVm(bot, 'vm-app-01-bare', addsAddresses);
  const body = { name: 'vm-app-01-bare-ip', properties: { provisioningState: 'Succeeded' } };
  await bot.azure.fault({ match: { method: 'GET', path: 'publicIPAddresses/vm-app-01-bare-ip' }, status: 200, body });
  const { facts } = await restored('vm-app-01', 'vm-app-01-bare');
  expect(facts[0]).toMatch(/^Private IP: 10\./);
  expect(facts[1]).toMatch(/^Agent: /);
});

test('where Azure refuses the read, the card says that instead, and nothing else is lost', async () => {
  await refuses('networkInterfaces/vm-dup-01-unread');
  const { closing, facts, operation } = await restored('rg-app/vm-dup-01', 'vm-dup-01-unread');
  expect(facts[0]).toBe(`Private IP: ${say('checked.address-unread')}`);
  expect(facts[1]).toMatch(/^Agent: responds, version \d/);
  expect(closing.text).toMatch(/Encryption: .*not encrypted/);
  expect(closing.text).toContain(say('checked.left', { vm: 'vm-dup-01' }));
  expect(closing.titles[0]).toBe(say('button.protect-new', { vm: 'vm-dup-01-unread' }));
  expect(operation.status).toBe('succeeded');
});
