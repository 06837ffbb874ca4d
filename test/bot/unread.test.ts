/** What a reading command says if something couldn't be read, and if a word matches nothing: never the all-clear. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';

const subscription = '00000000-0000-0000-0000-00000000c0de';
const other = '00000000-0000-0000-0000-00000000beef';

/** Azure's answer to a caller without permission; the action is in the text only. */
function denied(path: string, action: string): object {
  const message = `The client 'x' with object id 'x' does not have authorization to perform action '${action}' over scope '/subscriptions/${subscription}' or the scope is invalid.`;
  return { match: { method: 'GET', path }, status: 403, body: { error: { code: 'AuthorizationFailed', message } } };
}

const jobsDenied = denied('rsv-prod-weu/backupJobs', 'Microsoft.RecoveryServices/vaults/backupJobs/read');
const itemsDenied = denied(
  'rsv-prod-weu/backupProtectedItems',
  'Microsoft.RecoveryServices/vaults/backupProtectedItems/read',
);
const policiesDenied = denied('rsv-prod-weu/backupPolicies', 'Microsoft.RecoveryServices/vaults/backupPolicies/read');
const lacksJobs = "Can't tell: rsv-prod-weu couldn't be read";
const whyNot = /^Missing permission: Microsoft\.RecoveryServices\/vaults\/backupJobs\/read\.$/m;

describe('what couldn’t be read is never "none"', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterEach(() => bot.azure.mend());
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asks = async (text: string) => (await bot.asks('ana', text)).untilLooked();

  test('status: no all-clear, and numbers only for what was read', async () => {
    await bot.azure.fault(jobsDenied, itemsDenied);
    const card = await asks('backup status');
    expect(card.title).toBe(`🔎 ${lacksJobs}`);
    expect(card.shown).toMatch(/Protected: 1 of the \d+ VMs? whose protection could be read/);
    expect(card.shown).toMatch(/Unknown: \d+ VMs, maybe protected where Kluis couldn't read/);
    expect(card.shown).not.toMatch(/: (0|none)( ·|$)/m);
    expect(card.shown).toContain('backupProtectedItems/read');
  });

  test('status: failures where it could be read are a minimum', async () => {
    await bot.azure.failedLately();
    await bot.azure.fault(denied('rsv-prod-neu/backupJobs', 'Microsoft.RecoveryServices/vaults/backupJobs/read'));
    const card = await asks('backup status');
    expect(card.title).toBe('❌ At least 2 VM backups failed in the last 24 hours');
    expect(card.shown).toMatch(/vm-hr-01\n[\s\S]*vm-hr-02\n/);
  });

  test('jobs: failed, running and of one VM', async () => {
    await bot.azure.fault(jobsDenied);
    const [failed, running, one, cancel] = await Promise.all(
      ['backup jobs failed', 'backup jobs running', 'backup job vm-app-01', 'backup cancel vm-app-01'].map(asks),
    );
    for (const card of [failed, running, one, cancel]) {
      expect(card!.title).toBe(`🔎 ${lacksJobs}`);
      expect(card!.shown).toMatch(whyNot);
    }
    expect(one!.shown).toContain('No jobs for vm-app-01 in the last 30 days in what could be read.');
    const all = await asks('backup cancel');
    expect([all.title, all.titles]).toEqual([`🔎 ${lacksJobs}`, ['Check again']]);
    expect(all.shown).toContain('Nothing is running in what could be read.');
    expect(cancel!.shown).toContain('No job is running for vm-app-01 in what could be read.');
  });

  test('unprotected: a VM that the unread vault may protect doesn’t count as unprotected', async () => {
    await bot.azure.fault(itemsDenied);
    const card = await asks('backup unprotected');
    expect(card.title).toMatch(/^⚠️ At least \d VMs? (has|have) no backup; \d+ more unknown$/u);
    const [, open = '', unknown = ''] = /^([\s\S]*)Unknown: possibly protected([\s\S]*)$/.exec(card.shown) ?? [];
    expect(open).not.toContain('vm-app-01');
    expect(unknown).toContain('vm-app-01');
    const named = await asks('backup unprotected vm-app-01');
    expect(named.title).toMatch(/^🔎 Can't tell: rsv-prod-weu couldn't be read/u);
    expect(named.shown).toContain('vm-app-01');
  });

  test('vaults and policies: the count is for what was read, and an unread vault is not "no such vault"', async () => {
    await bot.azure.fault(itemsDenied, policiesDenied);
    const [vaults, policies, of] = await Promise.all(
      ['backup vaults', 'backup policies', 'backup policies rsv-prod-weu'].map(asks),
    );
    expect(vaults!.shown).toMatch(/rsv-prod-weu\n.*its items couldn't be read/);
    expect(policies!.title).toMatch(/^ℹ️ At least \d+ policies for VMs/u);
    expect(of!.title).toMatch(/^🔎 Can't tell: rsv-prod-weu couldn't be read/u);
  });

  test('a vault with a useless answer: that answer is shown', async () => {
    const body = { error: { code: 'VaultBusy', message: 'x' } };
    await bot.azure.fault({ match: { method: 'GET', path: 'rsv-prod-weu/backupJobs' }, status: 503, body });
    expect((await asks('backup jobs')).shown).toContain(
      "rsv-prod-weu couldn't be read (Azure answered with 503 VaultBusy)",
    );
  });

  test('in Dutch', async () => {
    await bot.azure.fault(jobsDenied);
    const dutch = bot.as('chris').inDutch();
    await dutch.says('backup status');
    await dutch.untilTitle(/^🔎 Onduidelijk: rsv-prod-weu kon niet worden gelezen$/u);
  });

  test('if Azure answers nothing it is asked again, and the card claims nothing', async () => {
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs' }, status: 503, times: 9 });
    const chat = await bot.thread('ana', 'backup jobs failed');
    await chat.untilTitle(/VMs failed in the last 7 days/);
  });
});

describe('a word that matches nothing', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asks = async (text: string) => (await bot.asks('ana', text)).untilLooked();

  test('never gives the all-clear, and every filter is in the title', async () => {
    const [all, web, nothing, slip] = await Promise.all(
      ['', ' rg-web', ' nothere', ' vm-slq-01'].map((words) => asks(`backup unprotected${words}`)),
    );
    const count = /^⚠️ (\d+) VMs have no backup$/u.exec(all!.title)?.[1] ?? '';
    expect(web!.title).toMatch(new RegExp(`^⚠️ \\d+ of ${count} VMs without backup match "rg-web"$`, 'u'));
    expect(web!.titles).toContain(`Show all ${count}`);
    expect(nothing!.title).toBe(`❓ Nothing matches "nothere" (${count} VMs have no backup)`);
    expect(slip!.title).toMatch(/^❓ Nothing matches "vm-slq-01"/u);
    expect(nothing!.titles).toContain(`Show all ${count}`);
    expect((await asks('backup unprotected vm-app-02')).title).toBe('✅ The VM that matches "vm-app-02" is protected');
  });

  test('in a list’s field: the title says so, and one press shows everything again', async () => {
    const chat = await bot.asks('ana', 'backup unprotected');
    const { title } = await chat.untilTitle(/VMs have no backup/);
    const answer = await chat.clicks('Filter', { filter: 'zzz' });
    expect(answer.card?.title).toMatch(/^❓ Nothing matches "zzz" \(\d+ VMs have no backup\)/u);
    const all = answer.card!.titles.find((button) => button.startsWith('Show all'))!;
    expect((await chat.clicks(all)).card?.title).toBe(title);
  });

  test('jobs: a typo of "failed" offers that button; a filter is in the title', async () => {
    const slip = await asks('backup jobs faild');
    expect(slip.title).toBe('❓ Nothing matches "faild". Did you mean backup jobs failed?');
    expect(slip.titles).toContain('backup jobs failed');
    const some = await asks('backup jobs failed vm-hr-01');
    expect(some.title).toMatch(/^❌ 3 of 5 jobs that failed in the last 7 days match "vm-hr-01"$/u);
    expect(some.titles).toContain('Show all 5');
  });
});

describe('an unreadable subscription', () => {
  let bot: TestBot;
  beforeAll(async () => {
    const forbidden = ['/resources', '/vaults'].map((list) => ({
      ...denied(`subscriptions/${other}.*${list}`, `Microsoft.Resources/subscriptions${list}/read`),
    }));
    const env = { AZURE_SUBSCRIPTION_IDS: `${subscription},${other}` };
    bot = await startBot({ database: 'postgres', env, faults: forbidden });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const asks = async (text: string) => (await bot.asks('ana', text)).untilLooked();

  test('doesn’t block the others: names are found, and a miss says what wasn’t searched', async () => {
    const [found, miss] = await Promise.all(['backup vm-sql-01', 'backup vm-nix-01'].map(asks));
    expect(found!.title).toBe('✅ vm-sql-01 is ready to back up');
    expect(miss!.title).toBe('❓ No VM called vm-nix-01 in what could be read');
    expect(miss!.shown).toContain(`subscription ${other} couldn't be read (missing permission`);
    expect(miss!.shown).toContain('Searched 1 subscription');
    const several = await asks('backup vm-sql-01 vm-nix-01');
    expect(several.shown).toMatch(
      /No VM with this name was found in what could be read[\s\S]*subscription .*couldn't be read/,
    );
  });

  test('is named on every card that says "all"', async () => {
    await bot.azure.failedLately();
    const [status, open, vaults, policies, jobs] = await Promise.all(
      ['status', 'unprotected', 'vaults', 'policies', 'jobs failed'].map((view) => asks(`backup ${view}`)),
    );
    for (const card of [status, open, vaults, policies, jobs]) {
      expect(card!.shown).toContain(`subscription ${other} couldn't be read`);
      expect(card!.title).toMatch(/at least/i);
    }
    expect(status!.shown).toMatch(/Protected: \d+ of the \d+ VMs whose protection could be read/);
  });
});
