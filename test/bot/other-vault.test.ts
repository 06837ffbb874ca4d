import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { words } from '../../src/message/words.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const vaults =
  '/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults';
const prod = `${vaults}/rsv-prod-weu`;
const other = `${vaults}/rsv-test-weu`;

describe('only the preset or chosen vault is read', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  async function asked(vm: string) {
    const posts = await bot.azure.requests('POST', /backupPreValidateProtection/i);
    const bodies = posts.map(({ body }) => body as { resourceId: string; vaultId: string });
    return bodies.filter(({ resourceId }) => resourceId.endsWith(`/${vm}`)).map(({ vaultId }) => vaultId);
  }

  test('one command: one pre-validation, policies and permissions of one vault', async () => {
    await bot.asks('ana', 'backup vm-plain-01');
    expect(await asked('vm-plain-01')).toEqual([prod]);
    const read = await bot.azure.requests('GET', /rsv-test-weu\/(backupPolicies|providers)/);
    expect(read.map(({ path }) => path)).toEqual([]);
  });

  test('another vault chosen with the button that starts: it is checked first, and a second click starts there', async () => {
    const chat = await bot.asks('ana', 'backup vm-cmk-01');
    const inputs = { vault: other, policy: `${prod}/backupPolicies/gold` };
    const { card } = await chat.clicks('Protect only', inputs);
    expect(card!.shown).toContain(say('refusal.not-looked-yet'));
    expect(await bot.operationsIn(chat)).toEqual([]);
    const seen = await chat.untilLooked();
    expect(seen.inputs['vault']!.value).toBe(other);
    expect(seen.inputs['policy']!.choices.every(({ value }) => value.startsWith(`${other}/`))).toBe(true);
    expect(await asked('vm-cmk-01')).toEqual([prod, other]);

    await chat.clicks('Protect only');
    await chat.untilTitle(/vm-cmk-01 is protected/);
    expect(await asked('vm-cmk-01')).toEqual([prod, other, other]);
    const puts = await bot.azure.requests('PUT', /;vm-cmk-01\?/);
    expect(puts.map(({ path }) => path)).toEqual([expect.stringContaining('/vaults/rsv-test-weu/')]);
  });

  test('a vault alone, on a reading of a release that stored it otherwise, is looked up again', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01');
    await bot.database.db
      .updateTable('dialog')
      .set({ state: sql`jsonb_set(state, '{found,reading,shape}', '1')` })
      .where('conversation_id', '=', chat.id)
      .execute();
    const { data } = (await chat.card()).buttons.find(({ verb }) => verb === 'submit')!;
    const before = (await asked('vm-sql-01')).length;
    await chat.sends({ verb: 'submit', data: { ...data, vault: other } });
    await chat.until('another reading', async () => (await asked('vm-sql-01')).length > before);
    const seen = await chat.untilLooked();
    expect([seen.title, seen.inputs['vault']!.value]).toEqual([expect.stringContaining('vm-sql-01 is ready'), prod]);
    await chat.clicks('Protect only');
    await chat.untilTitle(/vm-sql-01 is protected/);
  });

  test('a vault that can’t protect the VM blocks it, only that vault is named, and another can be chosen', async () => {
    const state = await bot.azure.state();
    const policies = state.policies.map((policy) =>
      policy.vaultId.endsWith('/rsv-test-weu') && policy.properties['policyType'] === 'V2'
        ? { ...policy, vaultId: 'gone' }
        : policy,
    );
    const disks = state.disks.map((disk) =>
      /vm-plain-01/.test(disk.name) ? { ...disk, sku: 'PremiumV2_LRS' as const } : disk,
    );
    await bot.azure.change({ policies, disks });
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    await chat.opens('vault');
    await chat.untilButton('Continue');
    await chat.clicks('Continue', { vault: other });
    const stopped = await chat.untilTitle(/^⛔/u);
    expect(stopped.shown).toContain('there is none in rsv-test-weu');
    expect(stopped.titles).toContain('Back');
    await chat.clicks('Back');
    await chat.untilButton('Continue');
    await chat.clicks('Continue', { vault: prod });
    expect((await chat.untilTitle(/is ready/)).inputs['vault']!.value).toBe(prod);
  });
});
