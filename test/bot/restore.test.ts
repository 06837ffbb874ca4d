import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PEOPLE, ROLE } from '../../src/sim/estate/known.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import type { RoleAssignmentSpec } from '../../src/sim/state/state-access.ts';
import { words } from '../../src/message/words.ts';
import {
  approvesRestore,
  azureObjects,
  choosesRestore,
  choosesTarget,
  newestPoint,
  requestsIn,
  requestsRestore,
  restoreRoles,
  restoreTarget,
} from '../support/restore-talk.ts';
import type { CardView } from '../support/card-view.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
describe('restoring disks', () => {
  let bot: TestBot;
  beforeAll(async () => {
    bot = await startBot({ database: 'postgres', config: restoreRoles, speed: 20_000 });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const restores = async () => (await bot.azure.writes(/\/restore\?/)).filter(({ status }) => status === 202);

  const validations = () => bot.azure.requests('POST', /backupTriggerValidateOperation/);

  test('requested, approved by another person, done once, and the result is reported', async () => {
    const chat = await choosesRestore(bot, 'vm-app-01');
    const card = await chat.card();
    expect(card.titles).toEqual([say('button.ask-approval'), 'Change destination', 'Back', 'Cancel']);
    expect(card.text).toContain('Reason: a table was dropped');
    expect(card.text).toContain('az backup restore restore-disks');
    await requestsRestore(chat);
    const [request] = await requestsIn(bot, chat);
    expect((await chat.as('ben').card()).text).toContain(request!.digest);
    expect(await restores()).toEqual([]);
    const asked = (await validations()).length;
    const extendedInfo = { progressPercentage: 30, estimatedRemainingDuration: 'PT2H' };
    const job = { jobType: 'AzureIaaSVMJob', backupManagementType: 'AzureIaasVM', operation: 'Restore', extendedInfo };
    const body = { id: '/jobs/1', name: '1', properties: { ...job, status: 'InProgress' } };
    await bot.azure.fault({ match: { method: 'GET', path: '/backupJobs/' }, status: 200, body });
    await chat.as('ben').clicks(say('button.approve'));
    await chat.until('how far Azure is', async () => /30 ?% · about 2 h left/.test((await chat.card()).text));
    await bot.azure.mend();
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
    expect(closing.text).toMatch(/vm-app-01-osdisk-/);
    expect(closing.text).toContain(say('keys.untouched'));
    const [sent, ...more] = await restores();
    expect(more).toEqual([]);
    // Azure was asked again whether it would do this, after the approval and before the restore.
    const again = (await validations()).slice(asked);
    expect(again.length).toBeGreaterThan(0);
    for (const { time } of again) expect(time <= sent!.time).toBe(true);
    expect(sent!.body).toMatchObject({
      properties: { recoveryType: 'RestoreDisks', targetResourceGroupId: restoreTarget.group },
    });
    const { disks } = await bot.azure.state('disks');
    expect(disks.filter(({ resourceGroup }) => resourceGroup === 'rg-restore').length).toBeGreaterThan(0);
    // What the restore left in the staging account contains keys; none of it is in a row.
    const rows = JSON.stringify([await bot.rows('operation'), await bot.rows('attempt'), await bot.rows('dialog')]);
    expect(rows).not.toMatch(/KeyBackupData|SecretData/);
  });

  test('the requester can’t approve, and a denial starts nothing', async () => {
    const before = (await restores()).length;
    const chat = await choosesRestore(bot, 'vm-app-02');
    await requestsRestore(chat);
    // She has the approver role, too.
    expect((await chat.clicks(say('button.approve'))).text).toBe(say('refusal.own-request'));
    await chat.as('ben').clicks(say('button.deny'), { reason: 'use the replica' });
    await chat.untilTitle(/denied/);
    expect((await chat.card()).text).toContain('use the replica');
    expect(await restores()).toHaveLength(before);
  });

  test('a point disappeared between approval and start: nothing is sent', async () => {
    const before = (await restores()).length;
    const chat = await choosesRestore(bot, 'vm-app-02', 'again');
    await requestsRestore(chat);
    const { items } = await bot.azure.state('items');
    const newer = await newestPoint(bot, 'vm-app-02');
    await bot.azure.change({
      items: items.map((item) => ({ ...item, points: item.points.filter(({ id }) => id !== newer) })),
    });
    await chat.as('ben').clicks(say('button.approve'));
    await chat.until('the question again', async () => /which recovery point/.test((await chat.card()).text));
    expect(await restores()).toHaveLength(before);
    await bot.azure.change({ items });
  });

  test('a point that Azure lists as invalid is marked and refused, and a request needs a reason', async () => {
    const { items } = await bot.azure.state('items');
    const [bad, good] = items
      .find(({ vmId }) => vmId.endsWith('/vm-app-02'))!
      .points.toSorted((a, b) => b.time.localeCompare(a.time));
    const invalid = <T extends { id: string }>(point: T) =>
      point.id === bad!.id ? { ...point, invalid: true } : point;
    await bot.azure.change({ items: items.map((item) => ({ ...item, points: item.points.map(invalid) })) });
    const chat = await bot.asks('ana', 'backup restore vm-app-02');
    const card = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
    expect(card.text).toContain(say('restore.invalid'));
    expect(card.inputs['point']!.choices.map(({ value }) => value)).not.toContain(bad!.id);
    const forges = async (data: object) => {
      const [go] = (await chat.card()).buttons;
      return (await chat.sends({ verb: go!.verb, data: { ...go!.data, ...data } })).text;
    };
    expect(await forges({ point: bad!.id })).toContain(say('refusal.not-offered'));
    await chat.clicks('Continue', { point: good!.id });
    await chat.untilTitle(say('restore.where', { vm: 'vm-app-02' }));
    expect(await forges({ ...restoreTarget, reason: ' ' })).toContain(say('refusal.restore-reason'));
    await bot.azure.change({ items });
  });

  test('Azure’s objections are shown before, with a way to choose something else', async () => {
    const { storageAccounts } = await bot.azure.state('storageAccounts');
    const like = storageAccounts.find(({ name }) => name === 'stkluisweu')!;
    const unfit = { ...like, name: 'stblobsweu', kind: 'BlobStorage' as const };
    await bot.azure.change({ storageAccounts: [...storageAccounts, unfit] });
    const chat = await bot.asks('ana', 'backup restore vm-app-02');
    const first = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
    expect(first.titles).toEqual(['Continue', 'Cancel']);
    await chat.clicks('Continue', { point: await newestPoint(bot, 'vm-app-02') });
    const card = await chat.untilTitle(say('restore.where', { vm: 'vm-app-02' }));
    expect(card.text).toMatch(/stkluisneu.*another region/s);
    expect(card.text).toMatch(/stclosedweu.*behind a firewall/s);
    expect(card.text).toMatch(new RegExp(`stblobsweu\\W+${say('staging.kind')}`));
    await bot.azure.change({ storageAccounts });
    // A forged account that wasn't offered.
    const forged = { ...restoreTarget, account: restoreTarget.account.replace('stkluisweu', 'stkluisneu') };
    const own = card.buttons.find(({ title }) => title === 'Continue')!.data;
    const answer = await chat.sends({ verb: 'submit', data: { ...own, ...forged } });
    expect(answer.text).toContain(say('refusal.not-offered'));
    expect((await chat.card()).title).toContain(say('restore.where', { vm: 'vm-app-02' }));
  });

  test('Azure’s own objection is on the card in its words, without a button', async () => {
    const message = 'The storage account is not one that can be used.';
    await azureObjects(bot, message);
    const chat = await choosesTarget(bot, 'vm-app-02', { target: { ...restoreTarget, reason: 'objected' } });
    const refused = await chat.untilTitle(say('restore.refused', { vm: 'vm-app-02' }));
    expect(refused.text).toContain(say('restore.azure-objects', { text: message }));
    expect(refused.titles).not.toContain(say('button.ask-approval'));
    await bot.azure.mend();
  });

  test('what an Azure Policy denies is said in Azure’s words, and not as a missing permission', async () => {
    const message = "Resource 'rg-restore' was disallowed by policy 'no-new-disks'.";
    const body = { error: { code: 'RequestDisallowedByPolicy', message } };
    await bot.azure.fault({ match: { method: 'POST', path: 'backupTriggerValidateOperation' }, status: 403, body });
    const chat = await choosesTarget(bot, 'vm-app-02', { target: { ...restoreTarget, reason: 'denied' } });
    const refused = await chat.untilTitle(say('restore.refused', { vm: 'vm-app-02' }));
    expect(refused.text).toContain(say('restore.azure-objects', { text: message }));
    expect(refused.text).not.toMatch(/identity lacks/);
    await bot.azure.mend();
  });

  test('the disks couldn’t be restored: Azure’s reason, no later step, and the same plan continues once under its approval', async () => {
    const before = (await restores()).length;
    const error = { errorCode: 1, errorTitle: 'CloudInternalError123', errorString: 'The disks could not be written.' };
    await bot.azure.fault({ job: { vm: 'vm-app-01', ...error }, times: 1 });
    const chat = await choosesRestore(bot, 'vm-app-01', 'to fail');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/Disks of vm-app-01 were NOT restored/);
    expect(failed.text).toContain('The disks could not be written.');
    expect(await restores()).toHaveLength(before + 1);
    expect(failed.text).toContain(say('restored.left', { group: 'rg-restore' }));
    const old = failed.buttons[0]!;
    expect(failed.titles.slice(0, 2)).toEqual([say('button.go-on'), say('button.check-again')]);
    // What was read of its approver is too old by then: that isn't told as changed rules, and can be pressed again.
    const { rightsOf } = bot.deps.authority;
    Object.assign(bot.deps.authority, {
      rightsOf: async (...asked: Parameters<typeof rightsOf>) => {
        const rights = await rightsOf(...asked);
        const readAt = new Date(bot.deps.clock.now().getTime() - 61_000);
        return { ...rights, voter: (...by: Parameters<typeof rights.voter>) => ({ ...rights.voter(...by), readAt }) };
      },
    });
    expect((await chat.clicks(say('button.go-on'))).text).toBe(say('refusal.not-trusted-now'));
    Object.assign(bot.deps.authority, { rightsOf });
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
    expect(await restores()).toHaveLength(before + 2);
    await chat.sends({ verb: old.verb, data: old.data });
    expect(await bot.operationsIn(chat)).toHaveLength(2);
    expect(await restores()).toHaveLength(before + 2);
    const dialogs = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
    const requests = await bot.rows('approval_request');
    expect(requests.filter(({ dialog_id }) => dialogs.some(({ id }) => id === dialog_id))).toHaveLength(1);
  });

  test('a restore cancelled in Azure is reported as that, and requested again', async () => {
    const job = { jobType: 'AzureIaaSVMJob', backupManagementType: 'AzureIaasVM', operation: 'Restore' };
    const properties = { ...job, status: 'Cancelled', startTime: new Date() };
    const body = { id: '/jobs/cancelled', name: 'cancelled', properties };
    await bot.azure.fault({ match: { method: 'GET', path: '/backupJobs/' }, status: 200, body });
    const chat = await choosesRestore(bot, 'vm-app-02', 'to be cancelled');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(/❌.*vm-app-02/u);
    await bot.azure.mend();
    expect(failed.text).toContain(say('trouble.restore-cancelled'));
    expect(failed.titles[0]).toBe(say('button.choose-again'));
    expect(failed.text).toContain(say('restored.left', { group: 'rg-restore' }));
  });

  test('a point in the archive tier is rehydrated first, once somebody has chosen that', async () => {
    const { items } = await bot.azure.state('items');
    const archived = await newestPoint(bot, 'vm-app-02');
    await bot.azure.change({
      items: items.map((item) => ({
        ...item,
        points: item.points.map((point) => (point.id === archived ? { ...point, tiers: ['ArchivedRP'] } : point)),
      })),
    });
    const chat = await bot.asks('ana', 'backup restore vm-app-02');
    const card = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
    expect(JSON.stringify(card.inputs)).toContain(say('tier.archive'));
    await chat.clicks('Continue', { point: archived });
    await chat.untilTitle(say('restore.where', { vm: 'vm-app-02' }));
    const to = { ...restoreTarget, reason: 'the audit asks' };
    const own = (await chat.card()).buttons.find(({ title }) => title === 'Continue')!.data;
    for (const forged of [to, { ...to, priority: 'Now' }])
      expect((await chat.sends({ verb: 'submit', data: { ...own, ...forged } })).text).toContain(
        say('refusal.not-offered'),
      );
    await chat.clicks('Continue', { ...to, priority: 'High' });
    const sure = await chat.untilTitle(say('restore.sure', { vm: 'vm-app-02' }));
    expect(sure.text).toContain(say('plan.restore-rehydrate', { priority: 'High' }));
    expect(sure.text).toContain('--rehydration-priority High');
    const before = (await restores()).length;
    await approvesRestore(chat);
    const sent = await chat.until('the restore', async () => (await restores())[before]);
    expect(sent.body).toMatchObject({
      properties: {
        objectType: 'IaasVMRestoreWithRehydrationRequest',
        recoveryPointRehydrationInfo: { rehydrationRetentionDuration: 'P15D', rehydrationPriority: 'High' },
      },
    });
    await bot.azure.pass(16 * 3600);
    await chat.untilTitle(say('closing.restore-disks', { vm: 'vm-app-02' }));
    await bot.azure.change({ items });
  });

  test('if the staging account can’t be read, the disks are found all the same, and keys that are there need no file', async () => {
    const chat = await choosesRestore(bot, 'vm-hr-01', 'the staging account is shut');
    await bot.azure.fault({ match: { method: 'GET', path: '^/vm-hr-01-' }, status: 403, body: '' });
    await approvesRestore(chat);
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-01' }));
    expect(closing.text).toMatch(/vm-hr-01-osdisk-\d+-\d+ and vm-hr-01-datadisk-/);
    expect(closing.text).toContain(say('restored.way', { way: 'tag' }));
    expect(closing.text).not.toContain(say('restored.way', { way: 'file' }));
    await bot.azure.mend();
  });

  test('if Kluis may not list the disks of the target group, none is claimed, and Continue finds them once it may', async () => {
    const error = { code: 'AuthorizationFailed', message: 'no' };
    const path = 'rg-restore/providers/Microsoft.Compute/disks\\?';
    await bot.azure.fault({ match: { method: 'GET', path }, status: 403, body: { error } });
    const chat = await choosesRestore(bot, 'vm-hr-01', 'no list of disks');
    await approvesRestore(chat);
    const failed = await chat.untilTitle(new RegExp(say('trouble.restored-unread')));
    expect(failed.text).toContain(say('restored.unsure', { why: 'group', group: 'rg-restore' }));
    expect(failed.text).toContain('az disk list --resource-group rg-restore --query "[?tags.RSVaultBackup==');
    await bot.azure.mend();
    await chat.clicks(say('button.go-on'));
    await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-01' }));
  });

  test('a deleted VM is restored from its backups, which is what they are for', async () => {
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({ vms: vms.filter(({ name }) => name !== 'vm-hr-02') });
    const { items } = await bot.azure.state('items');
    const included = Array.from({ length: 17 }, (_, at) => ({ lun: at - 1, name: `disk-${at}` }));
    await bot.azure.change({
      items: items.map((item) => ({
        ...item,
        points: item.points.map((point) => ({ ...point, disks: { included, excluded: [] } })),
      })),
    });
    const many = await choosesRestore(bot, 'vm-hr-02', 'how many disks');
    expect((await many.card()).text).toContain(say('ade-size.beyond', { disks: 17 }));
    await bot.azure.change({ items });
    const chat = await choosesRestore(bot, 'vm-hr-02', 'it was deleted');
    const unknown = `${say('ade-size.unknown', { disks: 'none' })} ${say('ade-size.person')}`;
    expect((await chat.card()).text).toContain(unknown);
    await requestsRestore(chat);
    expect((await chat.as('ben').card()).text).toContain(unknown.replace(/\.$/, ''));
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-hr-02' }));
    expect(closing.text).toMatch(/vm-hr-02-osdisk-/);
    await bot.azure.change({ vms });
  });

  test('a point disappeared at the last moment: nothing is restored, and only another one helps', async () => {
    const { items } = await bot.azure.state('items');
    const newest = await newestPoint(bot, 'vm-app-02');
    const without = items.map((item) => ({ ...item, points: item.points.filter(({ id }) => id !== newest) }));
    const before = (await restores()).length;
    const chat = await choosesRestore(bot, 'vm-app-02', 'it vanishes');
    let isGone = false;
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'advance:before-save' || isGone) return;
      isGone = true;
      await bot.azure.change({ items: without });
    };
    await approvesRestore(chat);
    await chat.untilTitle(/❌/u);
    bot.failpoint = () => {};
    // Azure refused it. The card says that the point won't come back.
    await chat.clicks(say('button.go-on'));
    const failed = await chat.untilTitle(new RegExp(say('trouble.point-vanished')));
    expect(failed.titles[0]).toBe(say('button.choose-again'));
    expect(failed.titles).not.toContain(say('button.go-on'));
    expect(await restores()).toHaveLength(before);
    await bot.azure.change({ items });
  });

  test('soft-deleted backups are undeleted first, in the same plan, and stay stopped', async () => {
    await bot.azure.scenario('soft-deleted-item');
    const chat = await choosesRestore(bot, 'vm-case-10', 'deleted by mistake');
    const card = await chat.card();
    expect(card.text).toContain(say('restore.deleted-until', { left: '9 days 1 h' }));
    expect(card.text).toContain(say('plan.undelete', { vm: 'vm-case-10', vault: 'rsv-test-weu' }));
    expect(card.text).toMatch(/az backup protection undelete .*\n?.*az backup restore restore-disks/s);
    await requestsRestore(chat);
    const sent = async () =>
      (await bot.azure.writes(/vm-case-10(\?|\/.*\/restore\?)/i)).map(({ method, status }) => `${method} ${status}`);
    expect(await sent()).toEqual([]);
    await chat.as('ben').clicks(say('button.approve'));
    const closing = await chat.untilTitle(say('closing.disks-with-keys', { vm: 'vm-case-10' }));
    expect(await sent()).toEqual(['PUT 202', 'POST 202']);
    expect(closing.text).toContain(say('undelete.stays', { vm: 'vm-case-10' }));
    expect(closing.titles).toContain(say('button.resume'));
    const { items } = await bot.azure.state('items');
    expect(items.find(({ vmId }) => vmId.endsWith('/vm-case-10'))).toMatchObject({ state: 'ProtectionStopped' });
  });

  test('deleted backups whose points Azure does not list, no backups, and a word that is no name', async () => {
    const { items } = await bot.azure.state('items');
    await bot.azure.change({
      items: items.map((item) =>
        item.vmId.endsWith('/vm-case-10') ? { ...item, deletedAt: new Date().toISOString() } : item,
      ),
    });
    await bot.azure.fault({ match: { method: 'GET', path: 'vm-case-10/recoveryPoints' }, status: 404, body: '' });
    const deleted = await bot.asks('ana', 'backup restore vm-case-10');
    expect((await deleted.untilTitle(/ deleted: undelete/)).titles[0]).toBe('Undelete backups…');
    await bot.azure.mend();
    const none = await bot.asks('ana', 'backup restore vm-sql-01');
    expect((await none.card()).title).toBe('ℹ️ No backups of vm-sql-01 found');
    const word = await bot.asks('ana', 'backup restore __proto__');
    expect((await word.card()).text).toContain('No backups of __proto__ found');
  });

  test('what Azure doesn’t say of a point, and restores of today that can’t be read, are shown as unknown', async () => {
    const { items } = await bot.azure.state('items');
    const unsaid = <T extends object>(point: T) => ({ ...point, encrypted: undefined as never });
    await bot.azure.change({ items: items.map((item) => ({ ...item, points: item.points.map(unsaid) })) });
    const error = { code: 'AuthorizationFailed', message: 'no' };
    await bot.azure.fault({ match: { method: 'GET', path: 'backupJobs' }, status: 403, body: { error } });
    const chat = await bot.asks('ana', 'backup restore vm-app-01');
    const card = await chat.untilTitle(say('restore.which', { vm: 'vm-app-01' }));
    expect(card.text).toContain(say('restore.left-unread'));
    for (const { title } of card.inputs['point']!.choices) expect(title).toMatch(/ · encryption unknown$/);
    await bot.azure.mend();
    await bot.azure.change({ items });
  });

  test('Azure restores a VM twenty times within 24 hours: the remaining number is shown, and then that none is left', async () => {
    const { jobs } = await bot.azure.state('jobs');
    const { now } = (await bot.azure.control('GET', 'clock')) as { now: string };
    const start = new Date(Date.parse(now) - 23 * 3_600_000).toISOString();
    const isOne = ({ operation, vmName }: (typeof jobs)[number]) => operation === 'Restore' && vmName === 'vm-app-01';
    const [one, others] = [jobs.find(isOne)!, jobs.filter((job) => !isOne(job))];
    const withRestores = (count: number) => ({
      jobs: [
        ...others,
        ...Array.from({ length: count }, (_, n) => ({
          ...one,
          start,
          id: `${String(n).padStart(2, '0')}${one.id.slice(2)}`,
        })),
      ],
    });
    await bot.azure.change(withRestores(19));
    const last = await bot.asks('ana', 'backup restore vm-app-01');
    const card = await last.untilTitle(say('restore.which', { vm: 'vm-app-01' }));
    expect(card.text).toContain(say('restore.left', { left: 1 }));
    expect(card.inputs['point']!.choices[0]!.title).toMatch(/ago · application-consistent · \S.* · encrypted$/);
    await bot.azure.change(withRestores(20));
    const none = await bot.asks('ana', 'backup restore vm-app-01');
    expect((await none.untilTitle(say('restore.used-up', { vm: 'vm-app-01', count: 20 }))).titles).not.toContain(
      'Continue',
    );
    await bot.azure.change({ jobs });
  });

  test('a Resource Guard blocks it: the people who can allow it are named before anything runs, and its request is sent along', async () => {
    const { vaults, roleAssignments } = await bot.azure.state('vaults', 'roleAssignments');
    const guarded = vaults.map((vault) =>
      vault.guard ? { ...vault, guard: { ...vault.guard, restores: true as const } } : vault,
    );
    const { guard } = guarded.find(({ name }) => name === 'rsv-prod-neu')!;
    const owner: RoleAssignmentSpec = {
      name: '00000000-0000-0000-0000-00000000a777',
      scope: guard!.resourceGuardId,
      roleId: ROLE.owner,
      principalId: PEOPLE.chris,
      principalType: 'User',
      created: '2025-09-01T09:00:00.0000000Z',
    };
    // Guards protect restores across tenants by default, whose name ends like that of a vault's own.
    const open = await bot.asks('ana', 'backup restore vm-neu-01');
    expect((await open.untilTitle(say('restore.which', { vm: 'vm-neu-01' }))).text).not.toContain('Resource Guard');
    await bot.azure.change({ vaults: guarded, roleAssignments: [...roleAssignments, owner] });
    const chat = await bot.asks('ana', 'backup restore vm-neu-01');
    const card = await chat.untilTitle(say('restore.which', { vm: 'vm-neu-01' }));
    expect(card.text).toContain(say('guard.guarded', { vault: 'rsv-prod-neu' }));
    expect(card.text).toMatch(/Chris \w+ can give it, on guard-prod\./);
    const watched = vaults.map((vault) =>
      vault.name === 'rsv-prod-weu' ? { ...vault, guard: { ...guard!, restores: true as const } } : vault,
    );
    const operator: RoleAssignmentSpec = {
      ...owner,
      name: '00000000-0000-0000-0000-00000000a779',
      roleId: ROLE.reader,
      principalId: IDENTITIES['kluis-restore'],
      principalType: 'ServicePrincipal',
    };
    await bot.azure.change({ vaults: watched, roleAssignments: [...roleAssignments, operator] });
    const own = await choosesRestore(bot, 'vm-app-01', 'the guard lets it through');
    await approvesRestore(own);
    await own.untilTitle(say('closing.disks-with-keys', { vm: 'vm-app-01' }));
    expect((await restores()).at(-1)!.body).toMatchObject({
      properties: { resourceGuardOperationRequests: [`${guard!.resourceGuardId}/triggerRestoreRequests/default`] },
    });
    await bot.azure.change({ vaults, roleAssignments });
  });

  test('500 points: the newest are listed, an older one is found by its day, and an invalid date is refused', async () => {
    const { items } = await bot.azure.state('items');
    const at = (daysAgo: number) => new Date(Date.parse('2026-11-20T23:30:00Z') - daysAgo * 86_400_000).toISOString();
    await bot.azure.change({
      items: items.map((item) => {
        const [like] = item.points;
        if (!item.vmId.endsWith('/vm-app-02') || !like) return item;
        return { ...item, points: Array.from({ length: 500 }, (_, n) => ({ ...like, id: `p-${n}`, time: at(n) })) };
      }),
    });
    const offered = ({ inputs }: CardView) => inputs['point']!.choices.map(({ value }) => value);
    const chat = await bot.asks('ana', 'backup restore vm-app-02');
    const newest = await chat.untilTitle(say('restore.which', { vm: 'vm-app-02' }));
    expect(offered(newest)).toEqual(Array.from({ length: 60 }, (_, n) => `p-${n}`));
    const [first] = newest.inputs['point']!.choices;
    expect(first!.title).toMatch(/^20 Nov 2026 23:30 UTC, .* ago · application-consistent · snapshot$/);
    expect(newest.text).toContain(say('restore.older', { count: 440 }));
    for (const given of ['2026-13-01', '20 November'])
      expect((await chat.clicks(say('button.show-day'), { day: given })).text).toContain(`${given} is not a date`);
    await chat.clicks(say('button.show-day'), { day: '2025-10-02' });
    const around = say('restore.around', { day: '2 Oct 2025' });
    await chat.until('that day', async () => (await chat.card()).text.includes(around));
    const day = await chat.card();
    // The point of that day, and its neighbours of the same night in other time zones.
    expect(offered(day)).toEqual(['p-414', 'p-415']);
    await chat.clicks('Continue', { point: 'p-414', day: '2025-10-02' });
    await chat.untilTitle(say('restore.where', { vm: 'vm-app-02' }));

    const none = await bot.asks('ana', 'backup restore vm-app-02 2020-01-01');
    await none.untilTitle(say('restore.none-then', { vm: 'vm-app-02', day: '1 Jan 2020' }));
    const typed = await bot.asks('ana', 'backup restore vm-app-02 2020-02-30');
    expect((await typed.card()).text).toContain('2020-02-30 is not a date');
    for (const [wish, said] of [
      ['files', "Single files can't be restored here"],
      ['region', 'A restore stays in its region'],
      ['zone', "A restore can't go to another zone here"],
      ['subscription', 'A restore stays in its subscription'],
    ] as const)
      expect((await (await bot.asks('ana', `backup restore vm-app-01 ${wish}`)).card()).text).toContain(said);
    await bot.azure.change({ items });
  });

  test('in Dutch', async () => {
    const dutch = await bot.as('ana').inDutch().asks('backup restore vm-app-02');
    expect(dutch.title).toBe('❓ vm-app-02 herstellen: vanaf welk herstelpunt?');
  });
});
