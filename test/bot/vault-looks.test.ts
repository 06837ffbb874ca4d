import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { forget } from '../../src/bot/work/sweep.ts';
import { words } from '../../src/message/words.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { viewOf } from '../support/card-view.ts';
import { channelCards, presses, threadOf, untilCard, untilNoted } from '../support/channel-cards.ts';
import { backupOf, fail } from '../support/failing.ts';
import { nextLookOf } from '../support/looked-at.ts';
import { addMachines } from '../support/more-machines.ts';
import { SlackChat } from '../slack/support/slack-client.ts';
import { pass } from '../store/sample-rows.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

let bot: TestBot;
/** The vaults once what was wrong at the first check is fixed. */
let estate: Pick<SimState, 'vms' | 'items' | 'keyVaults' | 'jobs'>;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
beforeAll(async () => {
  const often = { leases: { sweep: 300, poll: 2_000 }, waits: { vaultLook: 3_600_000, vaultIdle: 300 } };
  bot = await startBot({ database: 'postgres', ...often });
  const { items, vms, keyVaults } = await bot.azure.state('items', 'vms', 'keyVaults');
  const running = backupOf({ items }, 'vm-hr-02', { start: hoursAgo(80), end: undefined, status: 'InProgress' });
  const stopped = items.map((item) =>
    item.vmId.endsWith('/vm-neu-01') ? { ...item, state: 'ProtectionStopped' as const } : item,
  );
  await bot.azure.change({ jobs: [running], items: stopped, vms: vms.filter(({ name }) => name !== 'vm-hr-02') });
  await bot.asks('ana', 'backup vaults');
  await refreshInventory(bot.deps);
  const isSeen = async () => (await bot.rows('job')).some(({ body }) => JSON.stringify(body).includes(running.id));
  await bot.as('ana').until('its job', isSeen);
  estate = { vms, items, keyVaults, jobs: [] };
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await nextLook();
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const nextLook = () => nextLookOf(bot);
const cards = (title: string) => channelCards(bot, title);
const oneCard = (title: string) => untilCard(bot, title);
const open = async (key: string) =>
  (await bot.rows('alert')).filter(({ cause_key, closed_at }) => cause_key.startsWith(key) && closed_at === null);

async function changeItem(vm: string, over: Partial<SimState['items'][number]>): Promise<void> {
  const { items } = await bot.azure.state('items');
  await bot.azure.change({ items: items.map((item) => (item.vmId.endsWith(`/${vm}`) ? { ...item, ...over } : item)) });
}
async function changeVault(name: string, over: Partial<SimState['vaults'][number]>): Promise<void> {
  const { vaults } = await bot.azure.state('vaults');
  await bot.azure.change({ vaults: vaults.map((vault) => (vault.name === name ? { ...vault, ...over } : vault)) });
}
const vaultIdOf = async (name: string) =>
  (await bot.azure.state('items')).items.find(({ vaultId }) => vaultId.endsWith(`/${name}`))!.vaultId;

test('changes before the first check are no news; a deleted VM and an endless job are', async () => {
  const kinds = (await bot.rows('alert')).map(({ cause_key }) => cause_key);
  expect(kinds.filter((key) => /stopped|deleted|off/.test(key))).toEqual([]);
  expect([...(await open('vm-gone')), ...(await open('job-endless'))]).toHaveLength(2);
  await oneCard('vm-hr-02 is gone; its protection is still on');
  await oneCard('A job for vm-hr-02 is stuck');
  await bot.azure.change(estate);
  await bot.database.db.deleteFrom('job').where('status', '=', 'InProgress').execute();
  await nextLook();
  expect([...(await open('vm-gone')), ...(await open('job-endless'))]).toEqual([]);
});

/** Removes the bot's role that reads the activity log; resolves with the function that gives it back. */
async function withoutAlertsRole(): Promise<() => Promise<void>> {
  const { roles, roleAssignments } = await bot.azure.state('roles', 'roleAssignments');
  const role = roles.find(({ name }) => name === 'kluis-alerts')!;
  await bot.azure.change({ roleAssignments: roleAssignments.filter(({ roleId }) => roleId !== role.id) });
  return () => bot.azure.change({ roleAssignments });
}

/** The activity log says that somebody did this to a VM's item. */
async function didToItem(vm: string, operation: string, how: { readonly at?: string } = {}): Promise<void> {
  const { items } = await bot.azure.state('items');
  const { vaultId, container } = items.find(({ vmId }) => vmId.endsWith(`/${vm}`))!;
  const tail = container.replace(/^IaasVMContainer;/i, '');
  const place = `backupFabrics/Azure/protectionContainers/IaasVMContainer;${tail}/protectedItems/VM;${tail}`;
  await didTo(`${vaultId}/${place}`, `${itemType}/${operation}`, how);
}
const itemType = 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems';

/** The same for any resource, by its ID and the full name of the operation. */
async function didTo(resourceId: string, operation: string, { at = hoursAgo(0) } = {}): Promise<void> {
  const { activity } = await bot.azure.state('activity');
  const event = { caller: 'chris@contoso.example', operation, status: 'Succeeded' };
  const made = { ...event, id: crypto.randomUUID(), at, resourceId };
  await bot.azure.change({ activity: [...activity, made] });
}

test('stopped protection is one card with its way back, reported once, and it closes', async () => {
  const giveBack = await withoutAlertsRole();
  await changeItem('vm-app-01', { state: 'ProtectionStopped' });
  await nextLook();
  const { message, card } = await oneCard('Backups of vm-app-01 were stopped');
  expect(card.titles[0]).toBe(say('button.resume'));
  expect(card.buttons[0]?.data).toMatchObject({ command: 'backup resume rg-app/vm-app-01' });
  expect(card.text).toContain("Kluis can't read Azure's activity log");
  await giveBack();
  await nextLook();
  await bot.restart();
  await nextLook();
  expect((await cards('were stopped')).map((one) => one.message.id)).toEqual([message.id]);
  expect((await open('protection-stopped')).length).toBe(1);
  // Its fix is an operation behind the gate, on a card below it.
  const approval = { approvals: 1, withinMs: 3_600_000, startMs: 3_600_000 };
  bot.rules.push({ operation: 'resume-protection', match: {}, verdict: { deny: false, approval } });
  const thread = await presses(bot, { message, card }, say('button.resume'));
  await thread.untilButton(say('button.ask-approval'));
  await thread.clicks(say('button.ask-approval'));
  await thread.untilWaits('0 of 1');
  expect(await bot.azure.writes(/protectedItems\//)).toEqual([]);
  await thread.as('ana').clicks(say('button.approve'));
  await thread.untilTitle(say('closing.resume-protection', { vm: 'vm-app-01' }));
  bot.rules.pop();
  expect(await bot.rows('approval_request')).toMatchObject([{ state: 'started' }]);
  expect(await bot.azure.writes(/protectedItems\//)).toHaveLength(1);
  await nextLook();
  expect((await oneCard('Resolved: backups of vm-app-01 were stopped')).message.id).toBe(message.id);
});

const noAccess = 'UserErrorKeyVaultPermissionsNotConfigured';

test('many VMs behind one key vault are one alert, and one press fixes all of them', async () => {
  const { vms, disks, items } = await bot.azure.state('vms', 'disks', 'items');
  const names = await addMachines(bot.azure, 20, 'vm-app-02');
  await refreshInventory(bot.deps);
  await fail(bot.azure, Object.fromEntries(names.map((name) => [name, noAccess])));
  const alert = await oneCard('20 VM');
  for (const told of ['kv-web-weu', ...names]) expect(alert.card.text).toContain(told);
  const before = (await bot.azure.writes()).length;
  const thread = await presses(bot, alert, say('failures.grant-many', { count: 20, left: 0 }));
  await thread.untilButton('Give access and back up all 20');
  await thread.clicks('Give access and back up all 20');
  await thread.untilTitle('Backed up 20 of 20 VMs');
  const writes = (await bot.azure.writes()).slice(before).map(({ path }) => path);
  expect(writes.filter((path) => path.includes('accessPolicies/add'))).toHaveLength(1);
  expect(writes.filter((path) => /\/backup\?/.test(path))).toHaveLength(20);
  expect((await oneCard('20 VMs are backed up again')).message.id).toBe(alert.message.id);
  await bot.azure.change({ vms, disks, items, keyVaults: estate.keyVaults });
  await refreshInventory(bot.deps);
});

test('a failed backup: its fix gives access and repeats the backup, in the thread, which closes the alert', async () => {
  await fail(bot.azure, { 'vm-app-02': noAccess });
  const alert = await oneCard('vm-app-02');
  expect(alert.card.text).toContain('kv-web-weu');
  const thread = await presses(bot, alert, say('failures.grant'));
  const fix = say('button.grant-key-vault-access+back-up-now');
  await thread.untilButton(fix);
  await thread.clicks(fix);
  await thread.untilTitle(/vm-app-02 is backed up/);
  const over = await oneCard('vm-app-02 is backed up again');
  expect(over.message.id).toBe(alert.message.id);
});

test('a documented transient error: its alert repeats the backup, which closes it', async () => {
  await fail(bot.azure, { 'vm-app-01': 'VMRestorePointInternalError' });
  const alert = await oneCard('vm-app-01 backup failed');
  expect(alert.card.titles[0]).toBe(say('button.back-up-now'));
  expect(alert.card.titles).toContain(say('button.show-fix'));
  const before = (await bot.azure.writes(/\/backup\?/)).length;
  const thread = await presses(bot, alert, say('button.back-up-now'));
  await thread.untilTitle(/vm-app-01 is backed up/);
  expect(await bot.azure.writes(/\/backup\?/)).toHaveLength(before + 1);
  expect((await oneCard('vm-app-01 is backed up again')).message.id).toBe(alert.message.id);
});

test('the same of two VMs: both are backed up again with one button, which closes the alert', async () => {
  const passing = 'CopyingVHDsFromBackUpVaultTakingLongTime';
  await fail(bot.azure, { 'vm-app-01': passing, 'vm-neu-01': passing });
  const alert = await untilCard(bot, '2 VM backups failed', 'Often temporary');
  const both = say('failures.back-up-many', { count: 2, left: 0 });
  expect(alert.card.titles[0]).toBe(both);
  const thread = await presses(bot, alert, both);
  const ready = 'Back up the 2 ready VMs';
  await thread.untilButton(ready);
  await thread.clicks(ready);
  await thread.untilTitle('Backed up 2 of 2 VMs');
  expect((await untilCard(bot, '2 VMs are backed up again', 'vm-neu-01')).message.id).toBe(alert.message.id);
});

test('what Kluis itself stopped is no alert', async () => {
  const chat = await bot.thread('ben', 'backup stop rg-app/vm-app-01');
  await chat.untilButton(say('button.stop-protection'));
  await chat.clicks(say('button.stop-protection'));
  await bot.as('ana').until('it is stopped', async () => {
    const { items } = await bot.azure.state('items');
    return items.some(({ vmId, state }) => vmId.endsWith('/vm-app-01') && state === 'ProtectionStopped') || null;
  });
  await nextLook();
  expect(await open('protection-stopped')).toEqual([]);
  // Azure's clock is known to the second only, so what is to come later comes a minute later.
  const byKluis = { table: 'attempt', column: 'made_at', key: 'call', id: 'stop-protection' };
  await pass(bot.database.db, 60_000, byKluis);
  await changeItem('vm-app-01', { state: 'Protected' });
  await nextLook();
  // Since then it was somebody else.
  await changeItem('vm-app-01', { state: 'ProtectionStopped' });
  await didToItem('vm-app-01', 'write');
  await nextLook();
  expect(await open('protection-stopped')).toHaveLength(1);
  await untilCard(bot, 'Backups of vm-app-01 were stopped', 'by chris@contoso.example');
  await changeItem('vm-app-01', { state: 'Protected' });
  await nextLook();
  expect(await open('protection-stopped')).toEqual([]);
});

test('a soft-deleted item is critical, with Undelete; a list that cannot be read is no alarm and ends none', async () => {
  await changeItem('vm-app-01', { deletedAt: new Date().toISOString() });
  await nextLook();
  const { card } = await oneCard('Backups of vm-app-01 were deleted');
  expect(card.titles[0]).toBe(say('button.undelete'));
  expect(card.text).toContain("Azure's activity log names nobody");
  // The log shows an event minutes late.
  await didToItem('vm-app-01', 'delete');
  await nextLook();
  await bot.as('ana').until('who did it', async () => {
    const [newest] = (await cards('Backups of vm-app-01 were deleted')).slice(-1);
    return newest?.card.text.includes('by chris@contoso.example') || null;
  });
  await bot.azure.fault({ match: { method: 'GET', path: 'backupProtectedItems' }, status: 403, body: {} });
  await nextLook();
  expect((await open('soft-deleted')).length).toBe(1);
  expect(await open('backups-deleted')).toEqual([]);
  await bot.azure.mend();
  const { items } = await bot.azure.state('items');
  await changeItem('vm-app-01', { deletedAt: undefined });
  await nextLook();
  expect(await open('soft-deleted')).toEqual([]);
  expect(items.length).toBeGreaterThan(0);
});

test('the log is searched back to the last look that saw it in order, days ago too; what it doesn’t have is said', async () => {
  await nextLook();
  const at = sql<string>`to_jsonb(${hoursAgo(96)}::text)`;
  const on = sql`jsonb_build_object('softDelete', ${at}, 'immutability', ${at}, 'guard', ${at})`;
  const noted = sql<string>`noted || jsonb_build_object('itemsAt', ${at}, 'onAt', ${on})`;
  await bot.database.db.updateTable('vault_look').set({ noted }).execute();
  await bot.azure.change({ activity: [] });
  await changeItem('vm-app-01', { state: 'ProtectionStopped' });
  await didToItem('vm-app-01', 'write', { at: hoursAgo(72) });
  // Before that look the vault was written to for another reason.
  await changeVault('rsv-prod-weu', { softDelete: 'Disabled' });
  const vaultId = await vaultIdOf('rsv-prod-weu');
  await didTo(vaultId, 'Microsoft.RecoveryServices/vaults/write', { at: hoursAgo(120) });
  await nextLook();
  await untilCard(bot, 'Backups of vm-app-01 were stopped', 'by chris@contoso.example');
  await untilCard(bot, 'Soft delete was turned off on rsv-prod-weu', "Azure's activity log names nobody since");
  await changeItem('vm-app-01', { state: 'Protected' });
  await changeVault('rsv-prod-weu', { softDelete: 'Enabled' });
  await nextLook();
  expect([...(await open('soft-delete-off')), ...(await open('protection-stopped'))]).toEqual([]);
});

test('disabled soft delete and immutability name the command; enabled again they close', async () => {
  await changeVault('rsv-prod-weu', { immutability: 'Unlocked' });
  await nextLook();
  await changeVault('rsv-prod-weu', { softDelete: 'Disabled', immutability: 'Disabled' });
  const vaultId = await vaultIdOf('rsv-prod-weu');
  await didTo(vaultId, 'Microsoft.RecoveryServices/vaults/write');
  await nextLook();
  const { card } = await oneCard('Soft delete was turned off on rsv-prod-weu');
  expect(card.text).toContain('az backup vault backup-properties set -g rg-backup -n rsv-prod-weu');
  const immutability = await oneCard('Immutability was turned off on rsv-prod-weu');
  for (const { text } of [card, immutability.card]) expect(text).toContain('by chris@contoso.example');
  await changeVault('rsv-prod-weu', { softDelete: 'Enabled', immutability: 'Unlocked' });
  await nextLook();
  await oneCard('Resolved: soft delete was turned off on rsv-prod-weu');
  expect([...(await open('soft-delete-off')), ...(await open('immutability-off'))]).toEqual([]);
});

test('a removed Resource Guard is reported; somebody says that it is intended, and the alert closes', async () => {
  const { vaults } = await bot.azure.state('vaults');
  const guard = vaults.find(({ name }) => name === 'rsv-prod-neu')!.guard!;
  await changeVault('rsv-prod-neu', { guard: undefined as never });
  const vaultId = await vaultIdOf('rsv-prod-neu');
  const proxy = `${vaultId}/backupResourceGuardProxies/VaultProxy`;
  await didTo(proxy, 'Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete');
  await nextLook();
  const { message, card } = await oneCard('The Resource Guard of rsv-prod-neu was removed');
  expect(card.text).toContain('by chris@contoso.example');
  await presses(bot, { message, card }, say('alert.intended'));
  await bot.as('ana').until('who says so', async () => {
    const said = await threadOf(bot, { message }, 'ana').pings();
    return said.some(({ text }) => text.includes('says that this is intended')) || null;
  });
  expect(await open('guard-off')).toEqual([]);
  await nextLook();
  expect(await open('guard-off')).toEqual([]);
  await changeVault('rsv-prod-neu', { guard });
  await nextLook();
  expect(await open('guard-off')).toEqual([]);
});

test('a VM deleted while protected is reported; one that answers 403 is not deleted', async () => {
  const { vms } = await bot.azure.state('vms');
  const without = (name: string) => bot.azure.change({ vms: vms.filter((vm) => vm.name !== name) });
  await bot.azure.fault({ match: { method: 'GET', path: '/virtualMachines/vm-app-01' }, status: 403, body: {} });
  await without('vm-app-01');
  await nextLook();
  expect(await open('vm-gone')).toEqual([]);
  await bot.azure.mend();
  const { vmId } = (await bot.azure.state('items')).items.find((item) => item.vmId.endsWith('/vm-app-01'))!;
  await didTo(vmId, 'Microsoft.Compute/virtualMachines/delete');
  await nextLook();
  const { message, card } = await oneCard('vm-app-01 is gone; its protection is still on');
  expect(card.text).toContain('Moved');
  expect(card.text).toContain('by chris@contoso.example');
  await nextLook();
  expect((await cards('vm-app-01 is gone')).length).toBe(1);
  // It was deliberate, so it isn't reported again until it has changed.
  await presses(bot, { message, card }, say('alert.intended'));
  await bot.as('ana').until('its end', async () => (await open('vm-gone')).length === 0);
  const said = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; move?: string });
  expect(said.filter(({ what, move }) => what === 'alert' && move === 'intended').length).toBeGreaterThan(0);
  await nextLook();
  await bot.restart();
  await nextLook();
  expect(await open('vm-gone')).toEqual([]);
  const old = { closed_at: sql<Date>`now() - interval '400 days'` };
  await bot.database.db.updateTable('alert').set(old).where('closed_at', 'is not', null).execute();
  await forget(bot.deps);
  await nextLook();
  expect(await open('vm-gone')).toEqual([]);
  await bot.azure.change({ vms });
  await nextLook();
  await without('vm-app-01');
  await nextLook();
  expect(await open('vm-gone')).toHaveLength(1);
  // It can be said in Slack, too.
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await slack.says('@Kluis backup watch');
  const { ts } = await slack.until('vm-app-01 is gone; its protection is still on');
  await untilNoted(bot, ts);
  await slack.control('press', { as: 'ana', channel: 'general', ts, action: say('alert.intended') });
  await bot.as('ana').until('its end', async () => (await open('vm-gone')).length === 0);
  await nextLook();
  expect(await open('vm-gone')).toEqual([]);
  const { ts: asked } = await slack.says('@Kluis backup unwatch');
  await slack.in(asked as string).until(say('watch.off'));
  await bot.azure.change({ vms });
  await nextLook();
  expect(await open('vm-gone')).toEqual([]);
});

test('a schedule that passed without a job is reported with its runs, and a backup closes it', async () => {
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const { items, policies } = await bot.azure.state('items', 'policies');
  const item = items.find(({ vmId }) => vmId.endsWith('/vm-hr-01'))!;
  const at = `${ago(4).toISOString().slice(0, 14)}00:00Z`;
  const isIts = ({ vaultId, name }: { vaultId: string; name: string }) =>
    `${vaultId}/backupPolicies/${name}`.toLowerCase() === item.policyId.toLowerCase();
  const daily = { schedulePolicyType: 'SimpleSchedulePolicy', scheduleRunFrequency: 'Daily', scheduleRunTimes: [at] };
  await bot.azure.change({
    policies: policies.map((policy) =>
      isIts(policy)
        ? { ...policy, properties: { ...policy.properties, timeZone: 'UTC', schedulePolicy: daily } }
        : policy,
    ),
  });
  const old = { lastBackupTime: ago(60).toISOString(), lastRecoveryPoint: ago(60).toISOString() };
  await changeItem('vm-hr-01', old);
  await nextLook();
  // A schedule counts from when it was first seen.
  expect(await open('schedule-missed')).toEqual([]);
  const since = sql<string>`regexp_replace(noted::text, '"since": "[^"]*"', '"since": "${sql.raw(ago(30).toISOString())}"', 'g')::jsonb`;
  await bot.database.db.updateTable('vault_look').set({ noted: since }).execute();
  await nextLook();
  const { card } = await oneCard('missed');
  expect(card.text).toContain('vm-hr-01');
  const [alert] = (await open('schedule-missed')) as { body: { affected: { name: string; failures: number }[] } }[];
  expect(alert!.body.affected.find(({ name }) => name === 'vm-hr-01')?.failures).toBeGreaterThanOrEqual(1);
  await changeItem('vm-hr-01', { lastBackupTime: new Date().toISOString() });
  await nextLook();
  const [after] = (await bot.rows('alert')).filter(({ cause_key }) => cause_key.startsWith('schedule-missed'));
  const { affected } = after!.body as { affected: { name: string; end: { why: string } | null }[] };
  expect(affected.find(({ name }) => name === 'vm-hr-01')?.end?.why).toBe('good');
});

test('a backup that runs for days is reported; a channel subscribed to the worst only gets lost backups', async () => {
  const chris = bot.as('chris');
  await chris.says('backup watch severity:critical subscription:00000000-0000-0000-0000-00000000c0de');
  await chris.untilTitle(say('watch.on'));
  const { items } = await bot.azure.state('items');
  const start = hoursAgo(80);
  const running = backupOf({ items }, 'vm-neu-01', { start, end: undefined, status: 'InProgress' });
  const looksUntil = (state: number) =>
    bot.as('ana').until(`${state} endless jobs`, async () => {
      await nextLook();
      return (await open('job-endless')).length === state;
    });
  const isSeen = async () => (await bot.rows('job')).some(({ body }) => JSON.stringify(body).includes(running.id));
  await bot.azure.change({ jobs: [{ ...running, start: new Date().toISOString() }] });
  await bot.as('ana').until('its job', isSeen);
  // Days later it is no longer in the lists that are read, and is read by itself.
  await bot.azure.change({ jobs: [running] });
  const aged = sql<string>`jsonb_set(body, '{startTime}', to_jsonb(${start}::text))`;
  await bot.database.db.updateTable('job').set({ body: aged }).where('status', '=', 'InProgress').execute();
  await looksUntil(1);
  const { message, card } = await oneCard('A job for vm-neu-01 is stuck');
  expect(card.text).toContain('far longer than usual');
  await bot.azure.change({ jobs: [{ ...running, status: 'Completed', end: new Date().toISOString() }] });
  await looksUntil(0);
  expect((await oneCard('Resolved: a job for vm-neu-01 is stuck')).message.id).toBe(message.id);
  await bot.as('ana').until('its end in the books of the alerts', async () => {
    const row = (await bot.rows('job')).find(({ body }) => JSON.stringify(body).includes(running.id));
    return (row?.status === 'Completed' && row.told === 'Completed') || null;
  });
  await didToItem('vm-neu-01', 'delete');
  await bot.azure.change({ items: items.filter(({ vmId }) => vmId !== running.vmId) });
  await nextLook();
  const lost = say('sighted.backups-deleted.one', { name: 'vm-neu-01' });
  await untilCard(bot, lost, 'by chris@contoso.example');
  await chris.untilTitle(lost);
  const on = (await chris.cards()).at(-1)!;
  const takeOn = { verb: 'take-on', data: { alert: (await open('backups-deleted'))[0]!.id } };
  await untilNoted(bot, on.id);
  expect((await chris.sends({ ...takeOn, on })).card?.text).toContain('Chris');
  // It isn't shown in Ben's chat, so nothing can be pressed there.
  const ben = bot.as('ben');
  await ben.asks('backup help');
  const forged = await ben.sends(takeOn);
  expect(forged.card?.text ?? forged.text).toContain(say('refusal.unknown-dialog'));
  expect((await chris.cards()).map((one) => viewOf(one.card).title).join()).not.toContain('is stuck');
  await bot.azure.change({ items });
  await chris.says('backup unwatch');
  await chris.untilTitle(say('watch.off'));
});

test('a subscription narrowed to a tag or a vault gets only what has it', async () => {
  const { vms } = await bot.azure.state('vms');
  const isRed = ({ name }: { name: string }) => ['vm-app-02', 'vm-neu-01'].includes(name);
  await bot.azure.change({ vms: vms.map((vm) => (isRed(vm) ? { ...vm, tags: { team: 'red' } } : vm)) });
  await refreshInventory(bot.deps);
  const chris = bot.as('chris');
  await chris.says('backup watch tag:team=red rsv-prod-weu');
  await chris.untilTitle(say('watch.on'));
  const names = ['vm-app-01', 'vm-neu-01', 'vm-app-02'];
  await fail(bot.azure, Object.fromEntries(names.map((name) => [name, 'ErrorOfTheTag'])));
  await untilCard(bot, '3 VM', 'ErrorOfTheTag');
  const card = await chris.untilTitle('vm-app-02 backup failed');
  expect(card.text).not.toMatch(/vm-app-01|vm-neu-01/);
  await chris.says('backup unwatch');
  await chris.untilTitle(say('watch.off'));
  await bot.azure.change({ vms });
});

test('a deleted vault is no longer polled; one whose list can’t be read is', async () => {
  const polled = async () => (await bot.rows('vault_poll')).map(({ vault_id }) => vault_id.split('/').at(-1)).sort();
  const { vaults } = await bot.azure.state('vaults');
  const all = await polled();
  await bot.azure.fault({ match: { path: 'RecoveryServices/vaults?' }, status: 403, body: {}, times: 1_000 });
  await refreshInventory(bot.deps);
  expect(await polled()).toEqual(all);
  await bot.azure.mend();
  await bot.azure.change({ vaults: vaults.filter(({ name }) => name !== 'rsv-prod-neu') });
  await refreshInventory(bot.deps);
  expect(await polled()).toEqual(all.filter((name) => name !== 'rsv-prod-neu'));
  await bot.azure.change({ vaults });
  await refreshInventory(bot.deps);
  expect(await polled()).toEqual(all);
});

test('an outage of Azure is one alert for all vaults, which closes when it is over', async () => {
  // If the machine was so busy that nothing was polled for some seconds, there may be earlier ones.
  const before = (await cards('Azure')).length;
  await bot.azure.fault({ match: {}, status: 503, body: {} });
  const { message, card } = await oneCard("❌ Azure isn't responding");
  expect(card.text).toContain(say('link.azure-status'));
  await fail(bot.azure, { 'vm-app-01': 'ErrorWhileAway' });
  await bot.azure.mend();
  // What failed meanwhile is reported then, once.
  const failed = await untilCard(bot, 'vm-app-01', 'ErrorWhileAway');
  expect((await oneCard('Resolved: Azure')).message.id).toBe(message.id);
  expect((await cards('Azure')).length).toBe(before + 1);
  expect(await open('azure-away')).toEqual([]);
  expect((await open('unknown')).filter(({ cause_key }) => cause_key.includes('errorwhileaway'))).toHaveLength(1);
  const told = (await cards('vm-app-01')).filter(({ card: { text } }) => text.includes('ErrorWhileAway'));
  expect(told.map((one) => one.message.id)).toEqual([failed.message.id]);
});

test('it is also reported where no vault was ever polled', async () => {
  const before = (await cards('Azure')).length;
  await bot.stop();
  await bot.database.db.updateTable('vault_poll').set({ polled_at: null }).execute();
  await bot.azure.fault({ match: {}, status: 503, body: {} });
  await bot.start();
  await bot.as('ana').until('the alert', async () => (await cards('Azure')).length > before || null);
  await bot.azure.mend();
  await bot.as('ana').until('its end', async () => (await open('azure-away')).length === 0 || null);
  expect((await cards('Azure')).length).toBe(before + 1);
});
