import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvesRestore, choosesRestore, restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

describe('the keys of restored disks', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 2000 });
  }, 90_000);
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('a deleted key vault is told before anything runs, approved with the rest, and recovered before the disks', async () => {
    const chat = await choosesRestore(bot, 'vm-hr-01');
    const card = await chat.card();
    expect(card.text).toContain('Key vault kv-hr-weu is deleted. This restore brings the keys back.');
    expect(card.text).toContain(say('plan.recover-key-vault', { keyVault: 'kv-hr-weu' }));
    expect(card.text).toContain('az keyvault recover --name kv-hr-weu --location westeurope');
    const recoveries = () => bot.azure.requests('PUT', /vaults\/kv-hr-weu\?/i);
    expect(await recoveries()).toEqual([]);
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.restore-disks', { vm: 'vm-hr-01' }), 60_000);
    expect(closing.text).toContain(say('recovered.policies', { keyVault: 'kv-hr-weu' }));
    const [recovered, ...more] = await recoveries();
    expect(more).toEqual([]);
    expect(recovered).toMatchObject({ status: 200, body: { properties: { createMode: 'recover' } } });
    const [restored] = await bot.azure.requests('POST', /vm-hr-01.*\/restore\?/i);
    expect(recovered!.time < restored!.time).toBe(true);
  }, 120_000);
});
