import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { drillRoles } from '../support/drill-talk.ts';
import { approvesRestore, choosesNewVm, choosesRestore } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('a restore while Azure answers late, or not in the way it mostly does', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: drillRoles, speed: 20_000, leases: { sweep: 300 } });
  });
  afterEach(async () => {
    bot.failpoint = () => {};
    await bot.azure.mend();
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const missing = { error: { code: 'ResourceNotFound', message: 'The Resource was not found.' } };
  /** From its creation on, the next so many reads of a VM answer as if it weren't there. */
  const hides = (vm: string, times: number) => {
    let isHidden = false;
    bot.failpoint = async () => {
      const { vms } = await bot.azure.state('vms');
      if (isHidden || !vms.some(({ name }) => name === vm)) return;
      isHidden = true;
      await bot.azure.fault({
        match: { method: 'GET', path: `virtualMachines/${vm}\\?` },
        ...{ status: 404, body: missing, times },
      });
    };
  };

  test('a new VM isn’t shown for some moments: it isn’t called vanished', async () => {
    hides('vm-late', 3);
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-late');
    await approvesRestore(chat);
    await chat.untilTitle(say('closing.check-vm', { vm: 'vm-late' }));
  });

  test('a VM that stays away is', async () => {
    hides('vm-gone', 100);
    const chat = await choosesNewVm(bot, 'vm-app-01', 'vm-gone');
    await approvesRestore(chat);
    await chat.untilTitle(new RegExp(say('trouble.vm-vanished')));
  });

  test.each([
    ['its account is gone', { drop: true }],
    ['it is no longer what a read gives', { status: 409, body: { error: { code: 'BlobArchived', message: 'Cold.' } } }],
  ])('the settings file stays unread (%s): keys that are there need none', async (_, how) => {
    await bot.azure.fault({ match: { method: 'GET', path: '/config-vm-app-01' }, ...how });
    const chat = await choosesRestore(bot, 'vm-app-01', JSON.stringify(how));
    await approvesRestore(chat);
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
  });

  test('a validation in a state that isn’t known is waited for, not taken for its end', async () => {
    const match = { method: 'GET', path: 'backupValidateOperationsStatuses' };
    const body = { id: 'v', name: 'v', status: 'Accepted', startTime: new Date().toISOString() };
    await bot.azure.fault({ match, status: 200, body, times: 1 });
    const validations = async () => (await bot.azure.requests('POST', /backupTriggerValidateOperation/)).length;
    const before = await validations();
    await choosesRestore(bot, 'vm-app-01', 'accepted first');
    expect((await validations()) - before).toBe(1);
  });
});
