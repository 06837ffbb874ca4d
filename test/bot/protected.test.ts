/** `backup protected` and `backup forecast`: the protected VMs, what is wrong with them, and what will fail. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SimState } from '../../src/sim/state/state.ts';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const dayMs = 86_400_000;

describe('backup protected', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: 'vaults: { secondRegion: true }' });
  });
  afterEach(() => bot.azure.mend());
  afterAll(async () => {
    expect(await bot.azure.writes()).toEqual([]);
    await bot[Symbol.asyncDispose]();
  });

  const asks = async (text: string) => (await bot.asks('ana', text)).untilLooked();
  /** Changes a VM's protected item in the simulated estate. */
  const changeItem = async (vm: string, over: object) => {
    const { items } = await bot.azure.state('items');
    await bot.azure.change({
      items: items.map((item) => (item.vmId.endsWith(`/${vm}`) ? { ...item, ...over } : item)),
    });
  };

  test('the worst first, each with last good backup, next run, and its fix', async () => {
    const card = await asks('backup protected');
    expect(card.title).toMatch(/^❌ \d+ VMs with backup: \d+ need attention$/u);
    const headings = card.shown.split('\n').filter((line) => / \(\d+\)$/.test(line));
    expect(headings[0]).toMatch(/^Last backup failed/);
    expect(card.shown).toMatch(
      /vm-hr-01\nKey vault kv-hr-weu is deleted, do NOT restart · failed .* · last good backup .* · next .* · rsv-prod-weu/,
    );
    expect(card.heard).toContain('Show fix: vm-hr-01');
    expect(card.shown).toMatch(/vm-app-01\nlast good backup .* · next .* · no problem found · rsv-prod-weu/);
    expect(card.buttons.find(({ heard }) => heard === 'Show fix: vm-hr-01')?.data).toMatchObject({
      command: 'backup rg-hr/vm-hr-01',
    });
  });

  test('no recent good backup, stopped and soft-deleted are between failing and fine', async () => {
    const old = new Date(Date.now() - 4 * dayMs).toISOString();
    const { items } = await bot.azure.state('items');
    await changeItem('vm-app-01', { lastRecoveryPoint: old });
    const behind = await asks('backup protected vm-app-01');
    expect(behind.shown).toMatch(/^No recent good backup \(1\)$/m);
    expect(behind.heard).toContain('Check: vm-app-01');
    await changeItem('vm-app-01', { state: 'ProtectionStopped', policyId: '' });
    const stopped = await asks('backup protected vm-app-01');
    expect(stopped.shown).toMatch(/^Protection stopped \(1\)\nvm-app-01\nlast good backup/m);
    expect(stopped.shown).not.toContain(' next ');
    await changeItem('vm-app-01', { deletedAt: new Date().toISOString() });
    const deleted = await asks('backup protected vm-app-01');
    expect(deleted.shown).toMatch(/^Soft-deleted \(1\)\nvm-app-01\n.*deleted for good \d+ \w+( \d{4})? \d\d:\d\d/m);
    await bot.azure.change({ items });
  });

  test.each(['BackupsSuspended', 'ProtectionPaused'] as const)(
    'the overview counts %s from the same reading',
    async (state) => {
      const { items } = await bot.azure.state('items');
      await changeItem('vm-app-02', { state });
      const [list, status] = await Promise.all(['backup protected', 'backup status'].map(asks));
      const number = (text: string, found: RegExp) => Number(found.exec(text)?.[1] ?? 0);
      const all = number(list!.title, /(\d+) VMs with backup/);
      expect(number(list!.shown, /^Protection stopped \((\d+)\)$/m)).toBe(1);
      expect(number(status!.shown, /Protection stopped: (\d+)/)).toBe(1);
      expect(number(status!.shown, /Protected: (\d+) of/) + 1).toBe(all);
      await bot.azure.change({ items });
    },
  );

  test('two VMs whose names differ only in case are shown with their groups, in every list', async () => {
    const { vms, items } = await bot.azure.state('vms', 'items');
    const copy = (name: string, resourceGroup: string) => ({
      ...vms.find((vm) => vm.name === name)!,
      name: name.toUpperCase(),
      resourceGroup,
    });
    const [hr, plain] = [copy('vm-hr-01', 'rg-web'), copy('vm-plain-01', 'rg-sql')];
    const item = items.find(({ vmId }) => vmId.endsWith('/vm-hr-01'))!;
    const vmId = item.vmId.replace(/rg-hr(.*)vm-hr-01/, 'rg-web$1VM-HR-01');
    const container = item.container.replace('rg-hr;vm-hr-01', 'rg-web;VM-HR-01');
    await bot.azure.change({
      vms: [...vms, hr, plain],
      items: [...items, { ...item, vmId, container, dataId: `${item.dataId}9`, lastBackupStatus: 'Completed' }],
    });
    // A name that nobody knows has all VMs listed again.
    await (await bot.asks('ana', 'backup vm-nobody-knows')).card();
    expect((await asks('backup protected')).shown).toMatch(/^rg-hr\/vm-hr-01$[^]*^rg-web\/VM-HR-01$/m);
    expect((await asks('backup forecast')).shown).toMatch(/^rg-hr\/vm-hr-01 and rg-web\/VM-HR-01$/m);
    expect((await asks('backup status')).shown).toContain('rg-web/VM-HR-01');
    const heard = (await asks('backup unprotected')).heard.filter((title) => /vm-plain-01/i.test(title));
    expect(heard).toEqual(['Check: rg-sql/VM-PLAIN-01', 'Check: rg-web/vm-plain-01']);
    await bot.azure.change({ vms, items });
  });

  test('a VM that was made and protected since the last listing is neither gone, nor offered to be stopped', async () => {
    const { vms, disks, items } = await bot.azure.state('vms', 'disks', 'items');
    await refreshInventory(bot.deps);
    await addMachines(bot.azure, 1, 'vm-app-01');
    const card = await asks('backup protected vm-more-01');
    expect(card.shown).toMatch(/^Backed up on schedule \(1\)\nvm-more-01$/m);
    expect(card.shown).not.toContain('deleted or moved');
    expect(card.heard).not.toContain('Stop…: vm-more-01');
    // It can't be read: then it isn't said to be gone either.
    const body = { error: { code: 'AuthorizationFailed', message: 'x' } };
    await bot.azure.fault({ match: { method: 'GET', path: 'virtualMachines/vm-more-01' }, status: 403, body });
    const unread = await asks('backup protected vm-more-01');
    expect(unread.shown).not.toContain('deleted or moved');
    expect(unread.heard).not.toContain('Stop…: vm-more-01');
    await bot.azure.change({ vms, disks, items });
    await refreshInventory(bot.deps);
  });

  test('VMs with one cause share a row, with one fix for all of them, in every list', async () => {
    const { vms, disks, items } = await bot.azure.state('vms', 'disks', 'items');
    await addMachines(bot.azure, 11, 'vm-app-02');
    await refreshInventory(bot.deps);
    for (const text of ['backup status', 'backup protected']) {
      const chat = await bot.asks('ana', text);
      const card = await chat.untilLooked();
      expect(card.shown.match(/Access to key vault kv-web-weu is missing/g)).toHaveLength(1);
      expect(card.shown).toMatch(/^vm-app-02, vm-more-01, .* and 7 more\nAccess to key vault kv-web-weu is missing/m);
      expect(card.titles.filter((title) => title.startsWith('Show fix ('))).toEqual(['Show fix (12)']);
      await chat.clicks('Show fix (12)');
      await chat.untilButton('Give access and back up all 12');
    }
    await changeItem('vm-more-01', { lastRecoveryPoint: new Date(Date.now() - 9 * dayMs).toISOString() });
    await changeItem('vm-more-02', { lastRecoveryPoint: null });
    const oldest = await asks('backup protected vm-more');
    expect(oldest.shown).toMatch(/is missing · last good backup .* or later · 1 without a backup · next backup /);
    await bot.azure.change({ vms, disks, items });
    await addMachines(bot.azure, 2, 'vm-bek-01');
    await refreshInventory(bot.deps);
    const open = await asks('backup unprotected');
    expect(open.shown).toMatch(/^vm-bek-01, vm-more-01 and vm-more-02\nrg-hr · no KEK: blocked by your rule$/m);
    expect(open.buttons.find(({ title }) => title === 'Show fix (3)')?.data).toMatchObject({
      command: 'backup rg-hr/vm-bek-01 rg-hr/vm-more-01 rg-hr/vm-more-02',
    });
    await bot.azure.change({ vms, disks, items });
    await refreshInventory(bot.deps);
  });

  test('an unknown word, and what couldn’t be read, are no all-clear', async () => {
    const nothing = await asks('backup protected nothere');
    expect(nothing.title).toMatch(/^❓ Nothing matches "nothere" \(\d+ VMs with backup/u);
    const path = 'rsv-prod-weu/backupProtectedItems';
    const message = `The client 'x' with object id 'x' does not have authorization to perform action 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read' over scope 'x' or the scope is invalid.`;
    const body = { error: { code: 'AuthorizationFailed', message } };
    await bot.azure.fault({ match: { method: 'GET', path }, status: 403, body });
    const part = await asks('backup protected');
    expect(part.title).toBe("🔎 Can't tell: rsv-prod-weu couldn't be read");
    expect(part.shown).toContain('backupProtectedItems/read');
    expect(part.shown).not.toContain('vm-app-01');
  });

  test('an unreadable schedule makes nothing "on schedule"', async () => {
    const body = { error: { code: 'InternalServerError', message: 'x' } };
    await bot.azure.fault({ match: { method: 'GET', path: 'rsv-prod-weu/backupPolicies' }, status: 404, body });
    const card = await asks('backup protected vm-app-01');
    expect(card.shown).toMatch(/^Couldn't be read in full \(1\)\nvm-app-01/m);
    expect(card.shown).not.toContain('on schedule');
  });

  describe('backup forecast', () => {
    const forecast = async (words = '') => asks(`backup forecast${words && ` ${words}`}`);

    test('a row per cause that fails tonight, with the time and its fix; the countdown below it', async () => {
      const card = await forecast();
      const ends = Date.now() < Date.UTC(2028, 8, 15) ? 'ends on 15 September 2028' : 'has ended';
      expect(card.title).toBe('⚠️ 3 VM backups will fail tonight');
      expect(card.shown).toMatch(/^Will fail at the next backup \(3\)$/m);
      expect(card.shown).toMatch(/vm-hr-01\nKey vault kv-hr-weu is deleted, do NOT restart · next backup /);
      expect(card.shown).toMatch(/vm-app-02\nAccess to key vault kv-web-weu is missing · next backup /);
      expect(card.shown).toMatch(new RegExp(`\\d+ VMs still use Azure Disk Encryption, which ${ends}`));
      expect(card.shown).not.toContain('vm-app-01');
      const fix = card.buttons.find(({ heard }) => heard === 'Show fix: vm-hr-01');
      expect(fix?.data).toMatchObject({ command: 'backup rg-hr/vm-hr-01' });
    });

    test('what couldn’t be read of a VM is no all-clear, and is shown', async () => {
      expect((await forecast('vm-app-01')).shown).toContain("Nothing blocks tonight's backups (1 VM)");
      const body = { error: { code: 'InternalServerError', message: 'x' } };
      await bot.azure.fault({ match: { method: 'GET', path: 'vaults/kv-prod-weu' }, status: 403, body });
      const card = await forecast('vm-app-01');
      expect(card.title).toBe("🔎 Can't tell: 1 VM couldn't be read in full");
      expect(card.shown).toMatch(/^1 of \d+ protected VMs matches/m);
      expect(card.shown).toMatch(/^Couldn't be read in full \(1\)\nvm-app-01/m);
      expect(card.shown).not.toMatch(/Nothing blocks|can be restored today/);
    });

    test('one whose newest recovery point is too old can be restored, and is listed separately', async () => {
      const { items } = await bot.azure.state('items');
      const old = new Date(Date.now() - 4.5 * dayMs);
      const { points } = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))!;
      const time = old.toISOString();
      await changeItem('vm-app-01', { lastRecoveryPoint: time, points: [{ ...points[0]!, time }] });
      const card = await forecast('vm-app-01');
      expect(card.title).toBe("⚠️ Nothing blocks tonight's backups (1 VM)");
      const day = `${old.getUTCDate()} ${old.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' })}`;
      expect(card.shown).toMatch(
        new RegExp(
          `^Newest recovery point too old \\(1\\)\nvm-app-01\nLast recovery point ${day}.* \\(4 days; policy: daily\\)`,
          'm',
        ),
      );
      expect(card.shown).not.toMatch(/can't be restored/i);
      expect((await forecast()).shown).not.toMatch(/can't be restored/i);
      expect((await asks('backup digest')).shown).not.toMatch(/be restored/i);
      await bot.azure.change({ items });
    });

    test('one without a staging account couldn’t be restored', async () => {
      const { storageAccounts } = await bot.azure.state('storageAccounts');
      await bot.azure.change({ storageAccounts: [] });
      const card = await forecast('vm-app-01');
      expect(card.shown).toContain("Backups will run; 1 VM can't be restored");
      expect(card.shown).toMatch(/^Can't be restored today \(1\)$/m);
      expect(card.shown).toContain('No storage account in West Europe can stage a restore');
      await bot.azure.change({ storageAccounts });
    });

    const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
    /** What happens to vm-app-01's key vault, or to the versions of its keys or secrets. */
    const ofKeyVault = (over: Partial<SimState['keyVaults'][number]>) => (state: SimState) => ({
      keyVaults: state.keyVaults.map((one) => (one.name === 'kv-prod-weu' ? { ...one, ...over } : one)),
    });
    const ofObjects = (kind: 'keys' | 'secrets', over: object) => (state: SimState) => {
      const { [kind]: all } = state.keyVaults.find(({ name }) => name === 'kv-prod-weu')!;
      const changed = all.map((key) => ({ ...key, versions: key.versions.map((one) => ({ ...one, ...over })) }));
      return ofKeyVault({ [kind]: changed })(state);
    };
    const ofKeys = (over: object) => ofObjects('keys', over);
    const withoutAction = (action: RegExp) => (state: SimState) => ({
      roles: state.roles.map((role) => ({
        ...role,
        permissions: { ...role.permissions, actions: role.permissions.actions.filter((one) => !action.test(one)) },
      })),
    });
    const locked = (group: string | null) => (state: SimState) => {
      const { vmId } = state.items.find((item) => item.vmId.endsWith('/vm-app-01'))!;
      const [subscription] = /^\/subscriptions\/[^/]+/.exec(vmId)!;
      const at = group === null ? vmId : `${subscription}/resourceGroups/${group}`;
      return { locks: [...state.locks, { name: 'freeze', scope: at, level: 'ReadOnly' as const }] };
    };
    const ahead: readonly { what: string; change: (state: SimState) => Partial<SimState>; says: RegExp }[] = [
      {
        what: 'a key that is disabled',
        change: ofKeys({ enabled: false }),
        says: /Will fail[^]*KEK kek-disks is disabled, do NOT restart · next/,
      },
      {
        what: 'a key that has expired',
        change: ofKeys({ expires: inDays(-10) }),
        says: /At risk \(1\)\nvm-app-01\nKEK kek-disks has expired · next/,
      },
      {
        what: 'a key that expires within 14 days',
        change: ofKeys({ expires: inDays(9) }),
        says: /At risk \(1\)\nvm-app-01\nKEK kek-disks expires within 14 days · next/,
      },
      {
        what: 'a key vault that lets nobody in',
        change: ofKeyVault({ firewall: { defaultAction: 'Deny', bypass: 'None' } }),
        says: /Will fail[^]*Firewall of kv-prod-weu blocks Azure Backup · next/,
      },
      {
        what: 'keys that are gone',
        change: ofKeyVault({ keys: [], deletedKeys: [] }),
        says: /Will fail[^]*KEK kek-disks is missing, do NOT restart · next/,
      },
      {
        what: 'a secret that is disabled',
        change: ofObjects('secrets', { enabled: false }),
        says: /Will fail[^]*vm-app-01\nBEK of .* is disabled · next/,
      },
      {
        what: 'an agent that is silent',
        change: ({ vms }) => ({
          vms: vms.map((one) => (one.name === 'vm-app-01' ? { ...one, agent: 'notReady' as const } : one)),
        }),
        says: /vm-app-01\nVM agent/,
      },
      {
        what: 'a lock on the VM',
        change: locked(null),
        says: /At risk \(1\)\nvm-app-01\nRead-only lock on vm-app-01 · next/,
      },
      {
        what: 'a lock on the group of the restore points',
        change: locked('AzureBackupRG_westeurope_1'),
        says: /At risk \(1\)\nvm-app-01\nLock on the group of the restore points · next/,
      },
      {
        what: 'a disk beyond the limit of Azure Backup',
        change: ({ disks }) => ({
          disks: disks.map((one) => (/^vm-app-01[_-]/.test(one.name) ? { ...one, sizeGiB: 40_000 } : one)),
        }),
        says: /Will fail[^]*vm-app-01\nDisk \S+ too large · next/,
      },
      {
        what: 'a vault without a second region, where the rule asks for one',
        change: ({ vaults }) => ({
          vaults: vaults.map((one) => (one.name === 'rsv-prod-weu' ? { ...one, redundancy: 'ZoneRedundant' } : one)),
        }),
        says: /^(?![^]*can't be restored)[^]*At risk \(1\)\nvm-app-01\nRecovery Services vault rsv-prod-weu keeps no copies in a second region/i,
      },
      {
        what: 'no right to restore',
        change: withoutAction(/recoveryPoints\/restore\/action/i),
        says: /Can't be restored today \(1\)\nvm-app-01\nThe restore identity lacks permissions to restore from/,
      },
      {
        what: 'no right to have a restore validated',
        change: withoutAction(/backupTriggerValidateOperation\/action/i),
        says: /Can't be restored today \(1\)\nvm-app-01\nThe restore identity lacks permissions to restore from/,
      },
      {
        what: 'no right on the source VM',
        change: withoutAction(/^Microsoft.Compute\/virtualMachines\/write/i),
        says: /vm-app-01\nThe restore identity lacks permissions on the VMs in resource group rg-app: .* kluis-restore-source/,
      },
      {
        what: 'no right on an account to stage in',
        change: withoutAction(/^Microsoft.Storage\/storageAccounts\/write/i),
        says: /vm-app-01\nThe restore identity lacks permissions on every storage account in West Europe/,
      },
      {
        what: 'no group to restore to',
        change: withoutAction(/resourceGroups\/write/i),
        says: /vm-app-01\nThe restore identity can restore to no resource group in West Europe/,
      },
    ];
    test.each(ahead)('$what is seen the day before', async ({ change, says }) => {
      const before = await bot.azure.state();
      await bot.azure.change(change(before));
      const card = await forecast('vm-app-01');
      const { keyVaults, roles, locks, disks, vaults, vms } = before;
      await bot.azure.change({ keyVaults, roles, locks, disks, vaults, vms });
      expect(card.shown).toMatch(says);
    });

    test('a deleted or moved one fails, and its backups can be stopped from there', async () => {
      const { vms } = await bot.azure.state('vms');
      await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-app-01') });
      const card = await forecast('vm-app-01');
      expect(card.shown).toMatch(/vm-app-01\nThe VM was deleted or moved\. Stop the backups/);
      expect(card.heard).toContain('Stop…: vm-app-01');
      const listed = await asks('backup protected vm-app-01');
      expect(listed.shown).toMatch(
        /^Will fail at the next backup \(1\)\nvm-app-01\nVM deleted or moved · last good .* · next backup /m,
      );
      expect(listed.buttons.find(({ heard }) => heard === 'Stop…: vm-app-01')?.data).toMatchObject({
        command: 'backup stop rg-app/vm-app-01',
      });
      await bot.azure.change({ vms });
    });
  });

  test('in Dutch, and its button opens the VM', async () => {
    const dutch = bot.as('chris').inDutch();
    await dutch.says('backup protected');
    await dutch.untilTitle(/^❌ \d+ VM's met back-up: \d+ vragen aandacht$/u);
    await dutch.says('backup forecast');
    await dutch.untilTitle('⚠️ 3 back-ups mislukken vannacht');
    const chat = await bot.asks('ana', 'backup protected vm-hr-01');
    await chat.untilLooked();
    await chat.clicks('Show fix: vm-hr-01');
    await chat.untilTitle('⛔ Do NOT restart vm-hr-01: key vault deleted, backups fail');
  });
});
