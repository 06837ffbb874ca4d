import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { wallTime } from '../../src/message/wall-time.ts';
import type { CardView } from '../support/card-view.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

/** The answer for a VM of the estate: the verdict, the decisive words, and every button. */
type Answered = { readonly vm: string; readonly title: RegExp; readonly says: RegExp[]; readonly buttons: string[] };

/** The same for a VM with data disks that can be left out. */
const choosing = (buttons: readonly string[]) => buttons.toSpliced(-1, 0, 'Choose disks');
const ready = ['Protect and back up now', 'Protect only', 'Cancel'];
const warned = ['Protect and back up now', 'Protect only', 'Check again', 'Cancel'];
const fixable = ['Give access, protect and back up', 'Give access only', 'Check again', 'Cancel'];
const nothing = ['Check again', 'Close'];

const estate: readonly Answered[] = [
  {
    vm: 'vm-sql-01',
    title: /^✅ vm-sql-01 is ready to back up$/u,
    says: [/2 of 2 encrypted inside the VM/, /can read and copy the disk keys in key vault kv-prod-weu/],
    buttons: choosing(ready),
  },
  {
    vm: 'vm-web-01',
    title: /^🔑 vm-web-01: Azure Backup can't copy its disk keys$/u,
    says: [
      /read this VM's disk keys in key vault kv-web-weu, but can't copy/,
      /kv-web-weu: backup on keys/,
      /kv-web-weu: backup on secrets/,
      /unblocks vm-app-02 and vm-web-02/,
    ],
    buttons: choosing(fixable),
  },
  {
    vm: 'vm-web-02',
    title: /^🔑 vm-web-02: Azure Backup can't copy its disk keys$/u,
    says: [/unblocks .*vm-web-01/],
    buttons: choosing(fixable),
  },
  {
    vm: 'vm-rbac-01',
    title: /^🔑 vm-rbac-01: Azure Backup needs access to kv-rbac-weu$/u,
    says: [/no access to key vault kv-rbac-weu/, /the role backup-key-reader/, /secrets\/getSecret\/action/],
    buttons: fixable,
  },
  {
    vm: 'vm-split-01',
    title: /^🔑 vm-split-01: Azure Backup needs access to kv-kek-weu$/u,
    says: [/no access to key vault kv-kek-weu/, /get, list and backup on keys/],
    buttons: choosing(fixable),
  },
  {
    vm: 'vm-bek-01',
    title: /^⛔ vm-bek-01: blocked by your rule, not by Azure$/u,
    says: [
      /not encrypted with a second key \(KEK, key encryption key\)/,
      /encryption\.requireKek/,
      /an exception[^]*Change the rule[^]*Add a KEK/,
    ],
    buttons: ['Ask for an exception…', ...nothing],
  },
  {
    vm: 'vm-classic-01',
    title: /^⛔ vm-classic-01 can't be backed up: classic VM$/u,
    says: [/classic VM\. Azure has retired classic VMs/],
    buttons: ['Close'],
  },
  {
    vm: 'vm-plain-01',
    title: /^✅ vm-plain-01 is ready to back up$/u,
    says: [/needs no key vault access/],
    buttons: ready,
  },
  {
    vm: 'vm-cmk-01',
    title: /^✅ vm-cmk-01 is ready to back up$/u,
    says: [/Customer-managed keys/, /needs no key vault access/],
    buttons: choosing(ready),
  },
  {
    vm: 'vm-agentless-01',
    title: /^⛔ vm-agentless-01 can't be backed up: VM agent not ready$/u,
    says: [/agent doesn't respond/, /systemctl restart walinuxagent/],
    buttons: nothing,
  },
  {
    vm: 'vm-off-01',
    title: /^⚠️ vm-off-01 is off: backup will be crash-consistent$/u,
    says: [
      /The VM is off and deallocated\./,
      /crash-consistent only/,
      /2 of 2 encrypted inside the VM.* read from the disks/,
    ],
    buttons: choosing(warned),
  },
  {
    vm: 'vm-us-01',
    title: /^⛔ vm-us-01: no Recovery Services vault in this region$/u,
    says: [
      /no Recovery Services vault in East US\./,
      /rsv-prod-weu \(West Europe\)/,
      /az backup vault create .*--location eastus/,
    ],
    buttons: nothing,
  },
  {
    vm: 'vm-big-01',
    title: /^⛔ No backup of vm-big-01: disk vm-big-01-data-1 too large$/u,
    says: [/8,192 GB.*up to 4,096 GB/],
    buttons: choosing(['Close']),
  },
  {
    vm: 'vm-many-01',
    title: /^✅ vm-many-01 is ready to back up, with 1 warning$/u,
    says: [/18 disks.*beyond 16 disks a restore doesn't put the encryption settings back/],
    buttons: choosing(warned),
  },
  {
    vm: 'vm-lock-01',
    title: /^✅ vm-lock-01 is ready to back up$/u,
    says: [/can read and copy the disk keys in key vault kv-locked-weu/],
    buttons: choosing(ready),
  },
  {
    vm: 'vm-shut-01',
    title: /^⛔ vm-shut-01: firewall of kv-shut-weu \w+ Azure Backup/u,
    says: [/firewall of key vault kv-shut-weu/, /--bypass AzureServices/],
    buttons: nothing,
  },
  {
    vm: 'vm-hr-01',
    title: /^⛔ Do NOT restart vm-hr-01: key vault deleted, backups fail$/u,
    says: [
      /kv-hr-weu was deleted and can be recovered until/,
      /az keyvault recover --name kv-hr-weu/,
      /role assignments don't/,
      /10 recovery points/,
    ],
    buttons: ['Request approval', 'Restore with keys…', 'Check again', 'Cancel'],
  },
  {
    vm: 'vm-hr-02',
    title: /^⛔ Do NOT restart vm-hr-02: KEK missing, backups fail$/u,
    says: [
      /Missing from kv-hr2-weu: the KEK kek-disks and the disk keys \(BEK\) of vm-hr-02\S* and vm-hr-02\S*\. Backups fail/,
      /recover them:\n\W*az keyvault key recover .*\n\W*az keyvault secret recover .*\n\W*az keyvault secret recover /,
      /10 recovery points/,
    ],
    buttons: ['Restore with keys…', ...nothing],
  },
  {
    vm: 'vm-app-01',
    title: /^✅ vm-app-01 is protected: last backup .+ ago$/u,
    says: [
      /Last good backup: .* ago/,
      /14 recovery points/,
      /Next backup: .* · decade/,
      /Tonight's backup: expected to succeed/,
    ],
    buttons: choosing(['Back up now', 'Cancel']),
  },
  {
    vm: 'vm-app-02',
    title: /^🔑 vm-app-02 backup will fail tonight: no access to kv-web-weu$/u,
    says: [
      /Tonight's backup: expected to fail: access to key vault kv-web-weu is missing/,
      /last good backup was made before the disks were encrypted/,
    ],
    buttons: choosing(['Give access and back up now', 'Give access only', 'Check again', 'Cancel']),
  },
  {
    vm: 'vm-neu-01',
    title: /^✅ vm-neu-01 is protected: last backup .+ ago$/u,
    says: [/North Europe/, /rsv-prod-neu/],
    buttons: choosing(['Back up now', 'Cancel']),
  },
];

describe('every VM of the estate gets its own exact answer', () => {
  let bot: TestBot;
  const cards = new Map<string, CardView>();
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres' });
    const asked = estate.map(async ({ vm }) => cards.set(vm, await (await bot.asks('ana', `backup ${vm}`)).card()));
    await Promise.all(asked);
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  test.each(estate)('$vm', ({ vm, title, says, buttons }) => {
    const card = cards.get(vm)!;
    expect(card.title).toMatch(title);
    for (const words of says) expect(card.text).toMatch(words);
    expect(card.titles).toEqual(buttons);
    // Where nothing can be started, nothing is said about it.
    const leadsOn = ['Ask for an exception…', 'Restore with keys…'];
    const starts = buttons.some((button) => ![...choosing(nothing), ...leadsOn].includes(button));
    expect(card.shown.includes('Nothing has been changed yet.')).toBe(starts);
    expect(card.text).toContain('Simulated Azure');
  });

  test('problems are on top, the checks are folded away, each with its icon', () => {
    const { shown, text, details } = cards.get('vm-bek-01')!;
    expect(details[0]).toMatch(/^All \d+ checks$/u);
    expect(shown).not.toContain('✓');
    expect(text.match(/^✓ .+$/gmu)!.length).toBeGreaterThan(20);
    const signed = (lines: string) => lines.match(/^[✓✗!?] .+$/gmu)?.length ?? 0;
    expect(signed(text) - signed(shown)).toBe(Number(/\d+/.exec(details[0]!)![0]));
    // A passed check has a note only if that adds a fact.
    expect(text).toMatch(/^✓ VM found · vm-bek-01 in .+$/mu);
    expect(text).toMatch(/^✓ Encryption finished$/mu);
  });

  test('vault and policy are prefilled pick-lists of what fits this VM, in plain words', () => {
    const { inputs } = cards.get('vm-sql-01')!;
    const { vault, policy } = inputs;
    expect(vault!.choices.map(({ title }) => title)).toEqual([
      'rsv-prod-weu · copies in two regions, soft delete 14 days',
      'rsv-test-weu · copies in one data centre, soft delete 14 days',
    ]);
    expect(vault!.value).toMatch(/\/vaults\/rsv-prod-weu$/);
    expect(policy!.value).toMatch(/\/rsv-prod-weu\/backupPolicies\/DefaultPolicy$/);
    const at = wallTime({ time: '01:00', timeZone: 'Europe/Amsterdam', now: new Date() }).toISOString().slice(11, 16);
    expect(policy!.choices.map(({ title }) => title)).toContain(
      `gold · kept 90 days, weekly backups 52 weeks · every day ${at} UTC`,
    );
  });

  test('a vault that can’t protect it is named with the reason; plan and commands are folded away', () => {
    const { text, shown } = cards.get('vm-sql-01')!;
    expect(text).toMatch(/rsv-prod-neu: in North Europe; the VM is in West Europe/);
    expect(shown).not.toMatch(/rsv-prod-neu/);
    expect(text).toMatch(/az backup protection enable-for-vm .*--policy-name DefaultPolicy\n/);
    expect(text).toMatch(/az backup protection backup-now .*--retain-until \d\d-\d\d-\d{4}/);
    expect(shown).not.toContain('az backup');
  });

  test('an access policy grant is shown as the call that only adds', () => {
    const { text } = cards.get('vm-web-01')!;
    expect(text).toMatch(/az rest --method put --url '[^']*\/kv-web-weu\/accessPolicies\/add\?/);
    expect(text).not.toContain('set-policy');
    expect(cards.get('vm-rbac-01')!.text).toMatch(/az role assignment create .*--role backup-key-reader /);
  });

  test('a VM with unreadable disks isn’t called ready: the card names the missing permission', async () => {
    const denied = {
      code: 'AuthorizationFailed',
      message: "The client does not have authorization to perform action 'Microsoft.Compute/disks/read'.",
    };
    await bot.azure.fault({ match: { path: '/disks/' }, status: 403, body: { error: denied } });
    const card = await (await bot.asks('ana', 'backup vm-sql-01')).card();
    await bot.azure.mend();
    expect(card.title).not.toMatch(/^✅/u);
    expect(card.shown).toMatch(/couldn't be read: Kluis lacks the permission Microsoft\.Compute\/disks\/read/);
    expect(card.titles).toContain('Try anyway');
  });

  test('checking changed nothing in Azure', async () => {
    expect(await bot.azure.writes()).toEqual([]);
    expect(await bot.rows('operation')).toEqual([]);
  });
});
