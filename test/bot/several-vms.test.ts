import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('several VMs at once', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test('one table grouped by cause; the ready ones continue, one grant unblocks two, each has its own outcome', async () => {
    const chat = await bot.asks('ana', 'backup vm-sql-01 vm-web-01 vm-web-02 vm-bek-01 vm-nix vm-dup-01');
    const table = await chat.card();
    expect(table.title).toMatch(/1 ready · 2 need access · 1 blocked · 2 names unclear/);
    expect(table.shown).toMatch(/2 need access \(1 grant is enough\)/);
    expect(table.shown).toMatch(/vm-bek-01.*no KEK: blocked by your rule/);
    expect(table.shown).toMatch(/vm-web-01 and vm-web-02.*needs access to kv-web-weu/);
    expect(table.titles.slice(0, 2)).toEqual(['Give access and back up all 3', 'Back up the ready VM']);
    expect(await bot.azure.writes()).toEqual([]);

    await chat.clicks('Give access and back up all 3');
    const closed = await chat.untilTitle(/Backed up 3 of 6 VMs; not: /);
    expect(closed.title).toMatch(/not: vm-bek-01, vm-nix and vm-dup-01$/);
    expect(closed.shown).toMatch(/– vm-nix · no VM with this name was found/);
    expect(closed.shown).toMatch(/– vm-dup-01 · several VMs have this name/);
    expect(closed.shown).toMatch(/✓ vm-sql-01/);
    expect(closed.shown).toMatch(/– vm-bek-01 · no KEK: blocked by your rule/);
    expect(closed.shown).toMatch(/Permissions added: .* · kv-web-weu/);
    expect(closed.shown).toMatch(/Terraform/);
    expect(closed.text).toMatch(/accessPolicies\/remove/);
    expect(closed.shown).toMatch(/Kept until/);
    expect(closed.shown).toMatch(/vm-web-01: backup job/);
    expect(await bot.azure.writes(/accessPolicies\/add/)).toHaveLength(1);
    expect(await bot.azure.writes(/\/backup\?/)).toHaveLength(3);
    expect(await bot.azure.writes(/vm-bek-01/)).toEqual([]);
    await chat.until('a mention', async () => (await chat.pings()).length === 1);
    expect((await chat.pings())[0]?.text).toContain(
      'backed up 3 of 6 VMs; not: vm-bek-01 (no KEK: blocked by your rule)',
    );
    const [operation] = await bot.operationsIn(chat);
    expect(operation?.plan).toMatchObject({ leftOut: [{ name: 'vm-bek-01', why: { is: 'finding' } }, {}, {}] });
  });

  test('one failure doesn’t stop the others, and can be checked again', async () => {
    const job = { vm: 'vm-plain-01', errorCode: 400001, errorTitle: 'UserErrorVmNotFoundV2', errorString: 'gone' };
    await bot.azure.fault({ job: { ...job, recommendations: [] } });
    const chat = await bot.asks('ana', 'backup vm-plain-01 vm-cmk-01');
    await chat.clicks('Back up the 2 ready VMs');
    const closed = await chat.untilTitle(/Backed up 1 of 2 VMs; not: vm-plain-01$/);
    await chat.until('a mention', async () => (await chat.pings()).length === 1);
    expect((await chat.pings())[0]?.text).toContain('not: vm-plain-01 (the VM was deleted or moved)');
    expect(closed.shown).toMatch(/✗ vm-plain-01 · the VM was deleted or moved$/m);
    expect(closed.shown).toMatch(/✓ vm-cmk-01/);
    expect(closed.titles).toEqual(['Check vm-plain-01 again']);
  });

  test('of many that were not backed up, the mention says why, by cause, the most frequent one first', async () => {
    const chat = await bot.asks('ana', 'backup vm-cmk-01 vm-bek-01 vm-nix-1 vm-nix-2 vm-nix-3 vm-nix-4 vm-nix-5');
    await chat.clicks('Back up the ready VM');
    await chat.untilTitle(/Backed up 1 of 7 VMs/);
    await chat.untilTold(
      'backed up 1 of 7 VMs; not: vm-nix-1, vm-nix-2, vm-nix-3 and 2 more (no VM with this name was found) and vm-bek-01 (no KEK: blocked by your rule)',
    );
  });

  test('a VM whose keys are gone is blocked, as it is alone, and never started; warnings are in the row', async () => {
    const chat = await bot.asks('ana', 'backup vm-hr-02 vm-app-01 vm-off-01');
    const table = await chat.card();
    expect(table.title).toBe('⚠️ 2 ready · 1 blocked');
    expect(table.shown).toMatch(/vm-hr-02.*KEK/);
    expect(table.shown).toMatch(/vm-off-01.*to rsv-prod-weu, DefaultPolicy · the VM is off/);
    await chat.clicks('Back up the 2 ready VMs');
    await chat.untilTitle(/Backed up 2 of 3 VMs; not: vm-hr-02/);
    expect(await bot.azure.writes(/vm-hr-02/)).toEqual([]);
  });

  test('a VM that couldn’t be read completely isn’t called ready', async () => {
    await bot.azure.mend();
    await bot.azure.fault({
      match: { path: '/vaults/kv-prod-weu/secrets' },
      status: 403,
      body: { error: { code: 'AuthorizationFailed', message: 'no' } },
    });
    const chat = await bot.asks('ana', 'backup vm-sql-01 vm-plain-01');
    expect((await chat.card()).title).toMatch(/1 ready · 1 not fully checked/);
    expect((await chat.card()).titles[0]).toBe("Back up the 2 VMs that aren't blocked");
    await bot.azure.mend();
  });

  test('an invalid VM name opens nothing; more than fifty are refused', async () => {
    const bad = await bot.thread('ana', 'backup vm-sql-01 vm!1');
    expect((await bad.untilTitle("That isn't a valid VM name")).titles).toEqual([]);
    const many = Array.from({ length: 51 }, (_, index) => `vm-${index}`).join(' ');
    const refused = await bot.thread('ana', `backup ${many}`);
    await refused.untilTitle(/The limit is 50 VMs at a time/);
  });

  test('two VMs with the same name are distinguished by their groups, in the table and at the end', async () => {
    const chat = await bot.asks('ana', 'backup rg-app/vm-dup-01 rg-web/vm-dup-01 vm-cmk-01');
    const table = await chat.card();
    expect(table.shown).toMatch(/rg-app\/vm-dup-01/);
    expect(table.shown).toMatch(/rg-web\/vm-dup-01/);
    expect(table.shown).not.toContain('rg-web/vm-cmk-01');
    await chat.clicks('Back up the 3 ready VMs');
    const closed = await chat.untilTitle(/^✅/u);
    expect(closed.shown).toMatch(/✓ rg-app\/vm-dup-01/);
    expect(closed.shown).toMatch(/✓ rg-web\/vm-dup-01/);
    expect(closed.shown).toMatch(/✓ vm-cmk-01/);
  });

  test('a VM that is named in several ways is in the list once, and backed up once', async () => {
    const backups = async () => (await bot.azure.writes(/;vm-app-01\/backup\?/)).length;
    const before = await backups();
    const chat = await bot.asks('ana', 'backup vm-app-01 VM-APP-01 vm-cmk-01 rg-app/vm-app-01');
    await chat.clicks('Back up the 2 ready VMs');
    await chat.untilTitle('Backed up 2 of 2 VMs');
    expect(await backups()).toBe(before + 1);
    expect((await (await bot.asks('ana', 'backup vm-app-01 VM-APP-01')).card()).title).toBe('✅ 1 ready');
  });

  test('a click twice starts one operation', async () => {
    const chat = await bot.asks('ben', 'backup vm-off-01 vm-many-01');
    const title = 'Back up the 2 ready VMs';
    await Promise.all([chat.clicks(title), chat.as('ana').clicks(title)]);
    await chat.untilTitle('Backed up 2 of 2 VMs');
    expect(await bot.operationsIn(chat)).toHaveLength(1);
  });
});
