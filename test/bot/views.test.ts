import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot, type TestBot } from '../support/start-bot.ts';

describe('commands that only read', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
  });
  afterAll(async () => {
    expect(await bot.azure.writes()).toEqual([]);
    await bot[Symbol.asyncDispose]();
  });

  test('jobs failed: which, when, and why in one sentence, as the checks have it', async () => {
    const card = await (await bot.asks('ana', 'backup jobs failed')).card();
    expect(card.title).toBe('❌ Jobs of 2 VMs failed in the last 7 days');
    // One row per VM and cause, with its fix; the single jobs are folded away.
    expect(card.shown).toMatch(
      /vm-hr-01\nKey vault kv-hr-weu is deleted, do NOT restart · 3 times, last (today|yesterday|\d+ \w+( \d{4})?) \d\d:\d\d\b(?! UTC)/,
    );
    expect(card.shown.match(/Key vault kv-hr-weu is deleted/g)).toHaveLength(1);
    expect(card.heard.filter((title) => title.startsWith('Show fix'))).toEqual(
      expect.arrayContaining(['Show fix: vm-hr-01', 'Show fix: vm-hr-02']),
    );
    expect(new Set(card.heard).size).toBe(card.heard.length);
    expect(card.shown).not.toMatch(/cannot read or back up|completed|[0-9a-f]{8}-[0-9a-f]{4}/);
    // Beside the moment at which that was true, with its zone; each job has its own date.
    expect(card.shown).toMatch(/As of \d+ \w+ \d{4} \d\d:\d\d UTC/);
    expect(card.text).toMatch(/vm-hr-01: backup failed · \d+ \w+ \d{4} \d\d:\d\d UTC/);
    expect(card.details.join()).toContain('Each job');
  });

  test('jobs: failures first with the fix, successes in one line', async () => {
    await bot.azure.failedLately();
    const card = await (await bot.asks('ana', 'backup jobs')).card();
    expect(card.title).toMatch(/^❌ Jobs of 2 VMs failed; \d+ jobs in the last 24 hours$/u);
    expect(card.heard[0]).toMatch(/^Show fix: vm-hr-0/);
    expect(card.shown).toMatch(/\d+ jobs completed/);
  });

  test('a failed job of a VM that the checks explain: they win, and Azure’s words are behind a button', async () => {
    const card = await (await bot.asks('ana', 'backup job vm-hr-01')).card();
    expect(card.title).toBe('❌ Do NOT restart vm-hr-01: key vault deleted, backups fail');
    expect(card.shown).toMatch(/Failed 3 times in a row[^]*can be recovered until \d+ \w+ \d{4}/u);
    // The alternatives one by one, the command by itself, so that it can be copied.
    expect(card.shown).toMatch(/^(\W*)az keyvault recover --name kv-hr-weu$/m);
    expect(card.shown).toMatch(/^2\. Check again: access policies come back/m);
    expect(card.shown).not.toMatch(/cannot read or back up|<kv>/);
    expect(card.details.join()).toContain('What Azure says');
    expect(card.text).toMatch(/UserErrorKeyVaultPermissionsNotConfigured/);
    expect(card.text).not.toMatch(/set-policy|Key Vault Administrator|Government|Fairfax/);
    expect(card.titles.slice(0, 2)).toEqual(['Recover key vault…', 'Restore with keys…']);
    expect(card.buttons[0]!.data['command']).toBe('backup vm-hr-01');
  });

  test('a failed job whose cause is gone: said, with the fixes that fit this VM, with names filled in', async () => {
    const { jobs } = await bot.azure.state('jobs');
    const failed = jobs.find(({ vmName, status }) => vmName === 'vm-hr-01' && status === 'Failed')!;
    const own = jobs.find(({ vmName }) => vmName === 'vm-app-01')!;
    const now = new Date();
    const made = { id: 'facade00-0000-4000-8000-000000000002', start: now.toISOString(), end: now.toISOString() };
    const { errors, status, operation } = failed;
    await bot.azure.change({ jobs: [...jobs, { ...own, ...made, errors, status, operation }] });
    const card = await (await bot.asks('ana', 'backup job rg-app/vm-app-01')).card();
    expect(card.title).toBe('❌ vm-app-01: backup failed');
    expect(card.shown).toContain('Kluis has just checked vm-app-01 and found nothing that stops its next backup.');
    expect(card.text).not.toMatch(
      /vault, (portal|CLI)|Azure RBAC key vault|set-policy|Administrator|Government|<kv>|<vm>|<rg>/,
    );
    await bot.azure.change({ jobs });
  });

  test('jobs running says when there is none', async () => {
    await (await bot.asks('ana', 'backup jobs running')).untilTitle('No job is running');
  });

  test('a job by its VM’s name, and by the first eight characters of its ID from a button', async () => {
    const chat = await bot.asks('ana', 'backup job vm-app-01');
    const card = await chat.untilTitle('vm-app-01: backup completed');
    expect(card.shown).toMatch(/✓ Snapshot of the disks/);
    const id = /Job: ([0-9a-f-]{36})/.exec(card.shown)?.[1] ?? '';
    await (await bot.asks('ana', `backup job ${id.slice(0, 8)}`)).untilTitle('vm-app-01: backup completed');
    await (await bot.asks('ana', 'backup job vm-nix')).untilTitle('No jobs for vm-nix in the last 30 days');
  });

  test('vaults with their settings and content; policies in plain words', async () => {
    const vaults = await (await bot.asks('ana', 'backup vaults')).untilTitle('3 Recovery Services vaults');
    expect(vaults.shown).toMatch(/rsv-prod-neu\nNorth Europe.*protected by Resource Guard.*1 protected item/);
    const policies = await (await bot.asks('ana', 'backup policies RSV-PROD-WEU')).untilTitle('4 policies for VMs');
    expect(policies.shown).toMatch(/rsv-prod-weu\n[\s\S]*gold.*kept 90 days, weekly backups 52 weeks.*Standard/);
    expect(policies.shown.match(/Ultra/g)).toHaveLength(1);
    expect(policies.shown).toMatch(/unused/);
    await (await bot.asks('ana', 'backup policies rsv-nix')).untilTitle('No Recovery Services vault is called rsv-nix');
  });

  test('unprotected VMs with what blocks them; the ready ones open together', async () => {
    const chat = await bot.asks('ana', 'backup unprotected');
    const card = await chat.untilTitle(/\d+ VMs have no backup/);
    expect(card.shown).toMatch(/kv-web-weu\nneeded by (vm-web-01 and vm-web-02|vm-web-02 and vm-web-01)/);
    expect(card.heard).toContain('Show fix: kv-web-weu');
    expect(card.shown).toMatch(/vm-bek-01\nrg-hr · no KEK/);
    expect(card.heard).toContain('Show fix: vm-bek-01');
    expect(card.shown).not.toMatch(/vm-app-01/);
    expect(card.titles.filter((title) => /^Review (all|the first) \d+$/.test(title))).toHaveLength(1);
    expect(new Set(card.heard).size).toBe(card.heard.length);
  });

  test('status shows all backups and leads on', async () => {
    await bot.azure.failedLately();
    const chat = await bot.asks('ana', 'backup status');
    const card = await chat.untilTitle('2 VM backups failed in the last 24 hours');
    // What failed and what will fail, each with its cause, its last good backup, and the fix.
    expect(card.shown).toMatch(/^\d+ more VM backups? will fail next time$/m);
    expect(card.shown).toMatch(
      /vm-hr-01\nKey vault kv-hr-weu is deleted, do NOT restart · .*last good backup (today|yesterday|\d+ \w+( \d{4})?) \d\d:\d\d\b(?! UTC)/,
    );
    expect(card.shown).toMatch(/vm-app-02\n.*kv-web-weu/);
    expect(card.heard).toEqual(expect.arrayContaining(['Show fix: vm-hr-01', 'Show fix: vm-app-02']));
    expect(card.shown).not.toMatch(/: (0|none)( ·|$)/m);
    await chat.clicks('Show what failed');
    await chat.untilTitle(/VMs failed in the last 7 days/);
  });

  test('one good backup has one time, that of its recovery point, in status and in the failed jobs', async () => {
    await bot.azure.failedLately();
    const saysOf = async (command: string, title: RegExp) => {
      const card = await (await bot.asks('ana', command)).untilTitle(title);
      return /vm-hr-01\n.*(last good backup [^·\n]*\d\d:\d\d)/.exec(card.shown)?.[1];
    };
    const [status, failed, jobs] = await Promise.all([
      saysOf('backup status', /failed in the last 24 hours/),
      saysOf('backup jobs failed', /failed in the last 7 days/),
      saysOf('backup jobs', /./),
    ]);
    expect(status).toMatch(/\d\d:\d\d$/);
    expect([failed, jobs]).toEqual([status, status]);
  });

  test('failed jobs are listed even where the items of their vaults are unread', async () => {
    await bot.azure.failedLately();
    await bot.azure.fault({ match: { path: 'backupProtectedItems' }, status: 403, body: {} });
    const card = await (await bot.asks('ana', 'backup jobs failed')).untilTitle(/failed in the last 7 days/);
    expect(card.shown).toMatch(/vm-hr-01\n.*last good backup/);
  });

  test('help: the few main commands and buttons for them, and the rest folded', async () => {
    const chat = await bot.asks('ana', 'help');
    const card = await chat.untilTitle('Kluis backs up and restores Azure VMs');
    expect(card.shown.match(/\/backup /g)).toHaveLength(7);
    expect(card.text).toContain('/backup policies');
    await chat.clicks('Show what failed');
    await chat.untilTitle(/VMs failed in the last 7 days/);
  });

  test('status of one VM: whether it has a backup is in the title; of several: a table', async () => {
    const titleOf = async (text: string) => (await (await bot.asks('ana', text)).card()).title;
    expect(await titleOf('backup status vm-sql-01')).toBe('⚠️ vm-sql-01 has no backup (ready to protect)');
    expect(await titleOf('backup status rg-web/vm-web-01')).toMatch(/^\S+ vm-web-01 has no backup/u);
    const table = await (await bot.asks('ana', 'backup status vm-app-01 vm-hr-01 VM-SQL-01 vm-dup-01 vm-nix')).card();
    expect(table.title).toBe('⚠️ 5 VMs: 4 need attention');
    expect(table.shown).toMatch(/- vm-app-01 · last backup .* · next .* · no problem found/);
    expect(table.shown).toMatch(/- vm-hr-01 · .*key vault kv-hr-weu is deleted/);
    expect(table.shown).toMatch(/- VM-SQL-01 · no backup/);
    expect(table.shown).toMatch(/- vm-dup-01 · 2 VMs have this name.*\n- vm-nix · no VM with this name was found/);
  });

  test('access: the answer is in the title', async () => {
    const titles = await Promise.all(
      ['vm-sql-01', 'vm-plain-01', 'vm-rbac-01'].map(
        async (vm) => (await (await bot.asks('ana', `backup access ${vm}`)).card()).title,
      ),
    );
    expect(titles).toEqual([
      '✅ Azure Backup has access to kv-prod-weu',
      '✅ No key vault needed: disks not encrypted inside the VM',
      '🔑 vm-rbac-01: Azure Backup lacks access to kv-rbac-weu',
    ]);
  });

  test('now, for an unprotected VM: nothing began, and why', async () => {
    const card = await (await bot.asks('ana', 'backup now vm-sql-01')).card();
    expect(card.shown).toContain("Nothing was started: vm-sql-01 isn't protected yet");
    const blocked = await (await bot.asks('ana', 'backup now vm-us-01')).card();
    expect(blocked.shown).toMatch(/Nothing was started: no Recovery Services vault in this region\./);
  });

  test('refreshed by its button; in Dutch for Dutch speakers', async () => {
    const chat = await bot.asks('ana', 'backup vaults');
    const answer = await chat.clicks('Refresh');
    expect(answer.card?.title).toContain('Reading from Azure');
    await chat.untilTitle('3 Recovery Services vaults');
    const dutch = bot.as('chris').inDutch();
    await dutch.says('backup status');
    await dutch.untilTitle('2 back-ups mislukt in de afgelopen 24 uur');
  });
});
