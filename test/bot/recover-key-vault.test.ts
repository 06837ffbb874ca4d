import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { planRecovery, recoverAsks } from '../../src/operations/parts/recover-key-vault.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const keyVault = 'kv-hr-weu';
const recover = say('button.ask-approval');

// Azure checks a PUT of a key vault that isn't there at its resource group.
test('a person needs the right at the resource group of the key vault', () => {
  const group = '/subscriptions/s/resourceGroups/rg-security';
  const id = `${group}/providers/Microsoft.KeyVault/vaults/${keyVault}`;
  const vm = { id: '/vm', name: 'vm-hr-01', os: null, tags: null };
  const part = planRecovery({ keyVault: { id, name: keyVault }, region: 'westeurope', vm, vaultName: null }, 'nothing');
  expect(recoverAsks(part)[0]!.azure).toEqual([{ scope: group, actions: ['Microsoft.KeyVault/vaults/write'] }]);
});

describe('a deleted key vault, from the card of a VM that needs it', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const recoveries = () => bot.azure.requests('PUT', /vaults\/kv-hr-weu\?/i);
  const requested = async (): Promise<BotChat> => {
    const chat = await bot.asks('ana', 'backup vm-hr-01');
    await chat.untilButton(recover);
    await chat.clicks(recover);
    await chat.untilWaits('0 of 1');
    return chat;
  };
  // What was deleted, and how Azure is put back into that state.
  const deleted = async () => {
    const { deletedKeyVaults, keyVaults } = await bot.azure.state('deletedKeyVaults', 'keyVaults');
    const [found] = deletedKeyVaults.filter(({ vault }) => vault.name === keyVault);
    return { vault: found!.vault, back: () => bot.azure.change({ deletedKeyVaults, keyVaults }) };
  };

  test('purged between request and approval: nothing is sent, and the card says that it is gone', async () => {
    const { back } = await deleted();
    const chat = await requested();
    await bot.azure.change({ deletedKeyVaults: [] });
    await chat.as('ben').clicks(say('button.approve'));
    const card = await chat.until(`a card that ${keyVault} is gone`, async () => {
      const now = await chat.card();
      return now.text.includes("can't be recovered") ? now : null;
    });
    expect(card.titles).not.toContain(recover);
    expect(await recoveries()).toEqual([]);
    await back();
  });

  test('back by other hands before the press: the card shows the VM as it is, and nothing is sent', async () => {
    const { vault, back } = await deleted();
    const chat = await bot.asks('ana', 'backup vm-hr-01');
    await chat.untilButton(recover);
    const { keyVaults } = await bot.azure.state('keyVaults');
    await bot.azure.change({ deletedKeyVaults: [], keyVaults: [...keyVaults, vault] });
    await chat.clicks(recover);
    const card = await chat.until('the VM as it is', async () => {
      const now = await chat.card();
      return /Something changed after this card/.test(now.text) ? now : null;
    });
    expect(card.titles).not.toContain(recover);
    expect(await recoveries()).toEqual([]);
    await back();
  });

  test('a new one of its name, made while it starts: nothing is sent, and the end doesn’t say that the keys are back', async () => {
    const { vault, back } = await deleted();
    const chat = await requested();
    const { keyVaults } = await bot.azure.state('keyVaults');
    const empty = { ...vault, keys: [], secrets: [] };
    let checks = 0;
    bot.failpoint = async (reached) => {
      if (reached !== 'lookup:before-commit' || (checks += 1) < 2) return;
      // The VM was found, and the last check has read Azure.
      await bot.azure.change({ deletedKeyVaults: [], keyVaults: [...keyVaults, empty] });
    };
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.key-vault-there', { keyVault }));
    bot.failpoint = () => {};
    expect(closing.text).toContain(say('recovered.there', { keyVault, vm: 'vm-hr-01', then: 'nothing' }));
    expect(closing.text).not.toContain(say('recovered.policies', { keyVault }));
    await chat.untilTold(say('ping.key-vault-there', { keyVault }));
    expect(await recoveries()).toEqual([]);
    expect(closing.text).not.toContain(say('phase.recover-key-vault', { keyVault }));
    expect(closing.titles[0]).toBe(say('button.open-vm', { vm: 'vm-hr-01' }));
    const next = await bot.asks('ana', 'backup vm-hr-01');
    expect((await next.untilLooked()).title).toContain('Do NOT restart');
    await back();
  });

  test('another VM that needs it, too, is named before the press and in the request', async () => {
    const { back } = await deleted();
    const { disks } = await bot.azure.state('disks');
    const of = (vm: string) => disks.filter(({ managedBy }) => managedBy?.endsWith(`/${vm}`));
    const [needs] = of('vm-hr-01');
    const also = of('vm-bek-01');
    await bot.azure.change({
      disks: disks.map((disk) => (also.includes(disk) ? { ...disk, ade: needs!.ade! } : disk)),
    });
    const chat = await bot.asks('ana', 'backup vm-hr-01');
    await chat.untilButton(recover);
    const { text } = await chat.card();
    expect(text).toContain(say('recover.reach', { keyVaults: [keyVault], vms: 'vm-bek-01' }));
    await chat.clicks(recover);
    const asked = await chat.untilWaits('0 of 1');
    expect(asked.text).toContain(say('effect.recover-key-vault', { keyVault, vms: 'vm-hr-01 and vm-bek-01' }));
    expect(await recoveries()).toEqual([]);
    await chat.clicks(say('button.withdraw'));
    await bot.azure.change({ disks });
    await back();
  });

  test('is recovered after an approval, with one request, and the end leads to the next backup', async () => {
    const chat = await bot.asks('ana', 'backup vm-hr-01');
    await chat.untilButton(recover);
    const card = await chat.card();
    expect(card.titles[0]).toBe(recover);
    expect(card.titles).toContain(say('button.restore-keys'));
    expect(card.text).toContain(say('recover.reach', { keyVaults: [keyVault], vms: 'none' }));
    await chat.clicks(recover);
    await chat.untilWaits('0 of 1');
    expect(await recoveries()).toEqual([]);
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(new RegExp(say('closing.recover-key-vault', { keyVault })));
    expect(closing.text).toContain(say('recovered.policies', { keyVault }));
    expect(closing.titles[0]).toBe(say('access.next', { vm: 'vm-hr-01' }));
    const [sent, ...more] = await recoveries();
    expect(more).toEqual([]);
    expect(sent).toMatchObject({ status: 200, body: { properties: { createMode: 'recover' } } });
    const next = await bot.asks('ana', 'backup vm-hr-01');
    expect((await next.untilLooked()).titles).toContain(say('button.back-up-now'));
  });
});
