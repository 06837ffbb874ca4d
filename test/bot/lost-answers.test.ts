import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { unlocks } from '../../src/sim/keyvault/encryption-info.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { drillRoles, requestsDrill } from '../support/drill-talk.ts';
import { makeLinux } from '../support/make-linux.ts';
import {
  approvesRestore,
  choosesNewVm,
  choosesReplacement,
  choosesRestore,
  choosesVm,
  restoreSubnet,
} from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { writesAge } from '../support/time-passes.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** A write, what leads to it, and how often its effect may be found in Azure: once. */
type Write = {
  readonly what: string;
  readonly asks: string;
  readonly clicks: string | null;
  readonly match: { readonly method: string; readonly path: string };
  readonly vm: string;
  readonly effects: (bot: TestBot) => Promise<number>;
};

const backupsOf = (vm: string) => async (bot: TestBot) =>
  (await bot.azure.state('jobs')).jobs.filter((job) => job.vmName === vm && job.operation === 'Backup' && job.onDemand)
    .length;
const itemsOf = (vm: string) => async (bot: TestBot) =>
  (await bot.azure.state('jobs')).jobs.filter((job) => job.vmName === vm && job.operation === 'ConfigureBackup').length;

const writes: readonly Write[] = [
  {
    what: 'PUT protected item',
    asks: 'backup vm-plain-01',
    clicks: say('button.protect+back-up-now'),
    match: { method: 'PUT', path: 'vm-plain-01\\?' },
    vm: 'vm-plain-01',
    effects: itemsOf('vm-plain-01'),
  },
  {
    what: 'POST backup',
    asks: 'backup now vm-app-01',
    clicks: null,
    match: { method: 'POST', path: 'vm-app-01/backup\\?' },
    vm: 'vm-app-01',
    effects: backupsOf('vm-app-01'),
  },
  {
    what: 'POST refresh containers',
    asks: 'backup vm-sql-01',
    clicks: say('button.protect+back-up-now'),
    match: { method: 'POST', path: 'refreshContainers' },
    vm: 'vm-sql-01',
    effects: itemsOf('vm-sql-01'),
  },
  {
    what: 'PUT access policies',
    asks: 'backup vm-web-01',
    clicks: say('button.grant-key-vault-access+protect+back-up-now'),
    match: { method: 'PUT', path: 'accessPolicies' },
    vm: 'vm-web-01',
    effects: async (bot) => {
      const { keyVaults } = await bot.azure.state('keyVaults');
      const own = keyVaults.find(({ name }) => name === 'kv-web-weu')!.accessPolicies;
      return own.filter(({ objectId }) => objectId === '00000000-0000-0000-0000-0000000bac09').length;
    },
  },
  {
    what: 'PUT role assignment',
    asks: 'backup vm-rbac-01',
    clicks: say('button.grant-key-vault-access+protect+back-up-now'),
    match: { method: 'PUT', path: 'roleAssignments' },
    vm: 'vm-rbac-01',
    effects: async (bot) => {
      const { roleAssignments } = await bot.azure.state('roleAssignments');
      return roleAssignments.filter(({ scope }) => scope.endsWith('/kv-rbac-weu')).length;
    },
  },
];

/**
 * An operation with several writes: what leads to it, the call of each kind whose answer gets lost, and how it ends.
 */
type Work = {
  readonly vm: string;
  /** Whether each disk that it leaves in the target group can be unlocked; absent: none is left. */
  readonly unlocked?: readonly boolean[];
  readonly given?: (bot: TestBot) => Promise<void>;
  readonly begins: (bot: TestBot) => Promise<BotChat>;
  readonly ends: string;
  readonly writes: readonly Lost[];
};
/** `times`: this many of these calls get no answer; absent: one. */
type Lost = { readonly method: string; readonly path: string; readonly times?: number };

const restores = (vm: string): Lost => ({ method: 'POST', path: `${vm}/recoveryPoints/.*/restore\\?` });
const ofDisks = (vm: string) => async (bot: TestBot) => approved(await choosesRestore(bot, vm));
const withKeys = (vm: string) => say('closing.disks-with-keys', { vm });
const newVm = 'vm-app-01-new';

async function approved(chat: BotChat): Promise<BotChat> {
  await approvesRestore(chat);
  return chat;
}

const keyVaultRecovered: Work = {
  vm: 'vm-hr-01',
  unlocked: [true, true],
  begins: ofDisks('vm-hr-01'),
  ends: withKeys('vm-hr-01'),
  writes: [{ method: 'PUT', path: 'vaults/kv-hr-weu\\?' }, restores('vm-hr-01')],
};
const keysRestored: Work = {
  vm: 'vm-hr-02',
  unlocked: [true, true],
  begins: ofDisks('vm-hr-02'),
  ends: withKeys('vm-hr-02'),
  writes: [
    restores('vm-hr-02'),
    { method: 'POST', path: '^/keys/restore' },
    { method: 'PUT', path: '^/secrets/', times: 2 },
    { method: 'PATCH', path: '/disks/vm-hr-02', times: 2 },
  ],
};
const keysRecovered: Work = {
  vm: 'vm-hr-01',
  unlocked: [true, true],
  // Its key vault exists, and its content was deleted.
  given: async ({ azure }) => {
    const { keyVaults, deletedKeyVaults } = await azure.state('keyVaults', 'deletedKeyVaults');
    const { vault } = deletedKeyVaults.find((one) => one.vault.name === 'kv-hr-weu')!;
    const gone = <One>(all: readonly One[]) => all.map((one) => ({ ...one, deletedAt: '2026-11-25T08:00:00Z' }));
    const emptied = { deletedKeys: gone(vault.keys), deletedSecrets: gone(vault.secrets), keys: [], secrets: [] };
    const others = deletedKeyVaults.filter((one) => one.vault !== vault);
    await azure.change({ keyVaults: [...keyVaults, { ...vault, ...emptied }], deletedKeyVaults: others });
  },
  begins: ofDisks('vm-hr-01'),
  ends: withKeys('vm-hr-01'),
  writes: [
    restores('vm-hr-01'),
    { method: 'POST', path: '^/deletedkeys/.*/recover' },
    { method: 'POST', path: '^/deletedsecrets/.*/recover', times: 2 },
  ],
};
const extension: Lost = { method: 'PUT', path: `${newVm}/extensions/` };
const files: Lost = { method: 'DELETE', path: '^/vm-app-01-.*/config-' };
const vmByTemplate: Work = {
  vm: 'vm-app-01',
  unlocked: [true, true],
  given: ({ azure }) => makeLinux(azure, 'vm-app-01'),
  begins: async (bot) => approved(await choosesNewVm(bot, 'vm-app-01', newVm)),
  ends: say('closing.check-vm', { vm: newVm }),
  writes: [restores('vm-app-01'), { method: 'PUT', path: 'Microsoft.Resources/deployments/' }, extension, files],
};
const vmByCalls: Work = {
  vm: 'vm-app-01',
  unlocked: [true, true],
  begins: async (bot) => {
    const { items } = await bot.azure.state('items');
    const { points } = items.find(({ vmId }) => vmId.endsWith('/vm-app-01'))!;
    const chat = await choosesVm(bot, 'vm-app-01', points.find(({ time }) => time < '2017-04-26')!.id);
    await chat.clicks('Continue', { name: newVm, subnet: restoreSubnet });
    await chat.untilTitle(say('restore.sure-vm', { vm: 'vm-app-01' }));
    return approved(chat);
  },
  ends: say('closing.check-vm', { vm: newVm }),
  writes: [
    restores('vm-app-01'),
    { method: 'PUT', path: `/networkInterfaces/${newVm}` },
    { method: 'PUT', path: `/virtualMachines/${newVm}\\?` },
    files,
  ],
};
const stoppedAndResumed: Work = {
  vm: 'vm-dup-01',
  begins: async (bot) => {
    const chat = await bot.asks('ana', 'backup stop rg-app/vm-dup-01');
    await chat.untilTitle(/Stop the backups of .*vm-dup-01/);
    await chat.clicks('Stop backups');
    await chat.untilTitle('vm-dup-01 stopped');
    await chat.clicks('Resume backups…');
    await chat.untilTitle(/Resume the backups of .*vm-dup-01/);
    await chat.clicks('Resume backups');
    return chat;
  },
  ends: 'vm-dup-01 run again',
  writes: [{ method: 'PUT', path: 'vm-dup-01\\?', times: 2 }],
};
const undeleted: Work = {
  vm: 'vm-case-10',
  given: ({ azure }) => azure.scenario('soft-deleted-item'),
  begins: async (bot) => {
    const chat = await bot.asks('ana', 'backup undelete vm-case-10');
    await chat.untilTitle('Undelete the backups of vm-case-10?');
    await chat.clicks('Undelete backups');
    return chat;
  },
  ends: 'Backups of vm-case-10 undeleted',
  writes: [{ method: 'PUT', path: 'vm-case-10\\?' }],
};
/** Not encrypted, so Azure creates the VM itself. */
const vmDirectly: Work = {
  vm: 'vm-dup-01',
  unlocked: [true],
  begins: async (bot) => approved(await choosesNewVm(bot, 'rg-app/vm-dup-01', 'vm-dup-01-new')),
  ends: say('closing.check-vm', { vm: 'vm-dup-01-new' }),
  writes: [restores('vm-dup-01')],
};
const replaced: Work = {
  vm: 'vm-dup-01',
  given: async ({ azure }) => {
    const { vms } = await azure.state('vms');
    const isIt = ({ name, resourceGroup }: (typeof vms)[number]) => name === 'vm-dup-01' && resourceGroup === 'rg-app';
    await azure.change({ vms: vms.map((vm) => (isIt(vm) ? { ...vm, power: 'deallocated' } : vm)) });
  },
  begins: async (bot) => {
    const chat = await choosesReplacement(bot, 'rg-app/vm-dup-01');
    await chat.clicks(say('button.ask-approval'), { typed: 'vm-dup-01' });
    await chat.untilWaits('0 of 2');
    await chat.as('ben').clicks(say('button.approve'));
    await chat.untilWaits('1 of 2');
    await chat.as('chris').clicks(say('button.approve'));
    return chat;
  },
  ends: 'Disks of vm-dup-01 are replaced',
  writes: [restores('vm-dup-01')],
};
const inDrills = '/resourceGroups/rg-drills/providers/';
const drilled: Work = {
  vm: 'vm-app-02',
  begins: async (bot) => {
    const chat = await requestsDrill(bot, 'vm-app-02');
    await chat.as('ben').clicks(say('button.approve'));
    return chat;
  },
  ends: say('closing.drill', { vm: 'vm-app-02' }),
  writes: [
    restores('vm-app-02'),
    { method: 'PATCH', path: `${inDrills}Microsoft.Compute/disks/vm-app-02`, times: 2 },
    { method: 'PUT', path: `${inDrills}Microsoft.Resources/deployments/` },
    { method: 'DELETE', path: `${inDrills}Microsoft.Compute/virtualMachines/` },
    { method: 'DELETE', path: `${inDrills}Microsoft.Network/networkInterfaces/` },
    { method: 'DELETE', path: `${inDrills}Microsoft.Compute/disks/`, times: 2 },
    { method: 'DELETE', path: '^/vm-app-02-.*/config-' },
  ],
};

/** How an answer gets lost. `arrived`: the write took effect all the same. */
const losses = [
  { how: 'the connection broke after it took effect', fault: { drop: true, after: true }, arrived: true },
  { how: 'the connection broke before it arrived', fault: { drop: true }, arrived: false },
  {
    how: 'a gateway answered 502 after it took effect',
    fault: { status: 502, body: '<html>Bad gateway</html>', after: true },
    arrived: true,
  },
  {
    how: 'it was answered 503 and not done',
    fault: { status: 503, body: { error: { code: 'ServiceUnavailable', message: 'Try later.' } } },
    arrived: false,
  },
  {
    how: 'the answer was no JSON although it took effect',
    fault: { status: 202, body: 'OK <html>', after: true },
    arrived: true,
  },
];

describe('I3: a write in doubt is never done twice', () => {
  let bot: TestBot;
  beforeAll(async () => {
    // A restore in doubt is never sent again: a long reconcile window costs nothing if its trace shows.
    const waits = { trace: 200, traceRestore: 60_000, vmAgent: 600_000 };
    const approvers = drillRoles.replace(/approver: \[/, "approver: ['user:00000000-0000-0000-0000-0000000000c1', ");
    const rules = `
rules:
  - { operation: replace-disks, vm: 'vm-dup-01', approvals: 2 }
  - { operation: grant-key-vault-access, approval: operator }
`;
    bot = await startBot({ database: 'postgres', config: `${approvers}${rules}`, waits });
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());
  beforeEach(() => bot.azure.reset());

  /**
   * What arrived is found by its trace, however slow the machine is; what didn't is sent again after all of it, which
   * passes as soon as the write is in doubt.
   */
  const reconcileWithin = (arrived: boolean) => {
    const window = arrived ? 60_000 : 6_000;
    Object.assign(bot.deps.waits, { traceProtect: window, traceBackup: window });
    bot.failpoint = async (failpoint) => {
      if (!arrived && failpoint === 'advance:after-save') await writesAge(bot.database.db, window);
    };
  };

  test.each(losses)('every write: $how', async ({ fault, arrived }) => {
    reconcileWithin(arrived);
    await bot.azure.fault(...writes.map(({ match }) => ({ match, ...fault, times: 1 })));
    await Promise.all(writes.map((write) => expectDoneOnce(write, arrived)));
  });

  async function expectDoneOnce({ what, asks, clicks, match, vm, effects }: Write, arrived: boolean): Promise<void> {
    const chat = await bot.asks('ana', asks);
    if (clicks) await chat.clicks(clicks);
    await chat.untilTitle(new RegExp(`${vm} is backed up`));
    expect({ what, effects: await effects(bot) }).toEqual({ what, effects: 1 });
    const sent = await bot.azure.requests(match.method, new RegExp(match.path));
    // Another refresh costs nothing, so its trace isn't looked for.
    const most = arrived && match.path !== 'refreshContainers' ? 1 : 2;
    expect({ what, most: sent.length <= most && sent.length >= 1 }).toEqual({ what, most: true });

    const [operation] = await bot.operationsIn(chat);
    const attempts = (await bot.rows('attempt')).filter(({ operation_id }) => operation_id === operation!.id);
    expect(attempts.every(({ outcome }) => outcome !== null)).toBe(true);
    // Each request carried an attempt that was stored before it was sent.
    for (const { clientRequestId } of sent) expect(attempts.map(({ id }) => id)).toContain(clientRequestId);
    expect(new Set(sent.map(({ clientRequestId }) => clientRequestId)).size).toBe(sent.length);
    await chat.until('the mention', async () => (await chat.messages()).length === 2);
  }

  const isRestore = ({ path }: Lost) => path.endsWith('/restore\\?');

  test.each([
    { ...losses[0]!, all: [keyVaultRecovered, keysRestored, vmByTemplate, stoppedAndResumed] },
    { ...losses[2]!, all: [keysRecovered, vmByCalls, vmDirectly, undeleted, drilled] },
    { ...losses[0]!, all: [replaced] },
    { ...losses[1]!, all: [keyVaultRecovered, keysRestored, vmByTemplate, stoppedAndResumed] },
    { ...losses[3]!, all: [keysRecovered, vmByCalls, undeleted, drilled] },
  ])(
    'every write of a restore, a drill, of stopping and of undeleting: $how ($all.0.vm)',
    async ({ fault, arrived, all }) => {
      reconcileWithin(arrived);
      for (const { given } of all) await given?.(bot);
      const lost = all.flatMap(({ writes: calls }) => calls.filter((call) => arrived || !isRestore(call)));
      await bot.azure.fault(
        ...lost.map(({ times = 1, ...match }) => ({ match, ...fault, times: arrived ? times : 1 })),
      );
      await Promise.all(all.map((work) => expectWorkDoneOnce(work, arrived)));
    },
  );

  async function expectWorkDoneOnce(
    { vm, unlocked = [], begins, ends, writes: calls }: Work,
    arrived: boolean,
  ): Promise<void> {
    const chat = await begins(bot);
    await chat.untilTitle(ends);
    const operations = (await bot.operationsIn(chat)).map(({ id }) => id);
    const attempts = (await bot.rows('attempt')).filter(({ operation_id }) => operations.includes(operation_id));
    const outcomes = new Map(attempts.map(({ id, outcome }) => [id, outcome]));
    for (const { method, path, times = 1 } of calls) {
      const sent = await bot.azure.requests(method, new RegExp(path, 'i'));
      const ended = sent.map(({ clientRequestId }) => outcomes.get(clientRequestId ?? ''));
      const sure = Array.from({ length: times }, () => (arrived ? 'adopted' : 'accepted'));
      // What didn't arrive was sent again; everything else once.
      const first = arrived || isRestore({ method, path }) ? [] : ['lost'];
      expect({ vm, path, ended }).toEqual({ vm, path, ended: [...first, ...sure] });
    }
    const { jobs, disks, ...state } = await bot.azure.state();
    const restored = jobs.filter(({ vmName, operation }) => vmName === vm && operation === 'Restore');
    const made = disks.filter(({ name, resourceGroup }) => resourceGroup === 'rg-restore' && name.startsWith(`${vm}-`));
    expect(restored).toHaveLength(calls.some(isRestore) ? 1 : 0);
    expect(made.map((disk) => unlocks({ ...state, jobs, disks }, disk))).toEqual(unlocked);
  }

  test('a backup in doubt is adopted by the ID that Azure copied into its job', async () => {
    reconcileWithin(true);
    await bot.azure.fault({ match: { method: 'POST', path: '/backup\\?' }, drop: true, after: true, times: 1 });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/vm-app-01 is backed up/);
    const [operation] = await bot.operationsIn(chat);
    const [attempt] = (await bot.rows('attempt')).filter(({ operation_id }) => operation_id === operation!.id);
    expect(attempt!.outcome).toBe('adopted');
    const job = (await bot.azure.state('jobs')).jobs.find(({ onDemand }) => onDemand)!;
    expect(job.activityId).toBe(attempt!.id);
    expect(operation!.parts).toMatchObject({ 'back-up': { outcome: { ended: 'done', jobId: job.id } } });
  });

  test('the scheduled backup that began meanwhile is no trace of a lost one: it is followed as somebody else’s', async () => {
    await bot.azure.fault({ match: { method: 'POST', path: '/backup\\?' }, drop: true, times: 1 });
    const { jobs } = await bot.azure.state('jobs');
    const past = jobs.find((one) => one.vmName === 'vm-app-01' && one.operation === 'Backup' && !one.onDemand)!;
    const id = randomUUID();
    bot.failpoint = async (failpoint) => {
      if (failpoint !== 'write:before-attempt') return;
      bot.failpoint = () => {};
      const [first, ...later] = past.tasks;
      const tasks = [{ ...first!, status: 'InProgress' }, ...later.map((task) => ({ ...task, status: 'NotStarted' }))];
      const { end: _, ...begun } = { ...past, id, start: new Date().toISOString(), activityId: id };
      await bot.azure.change({ jobs: [...jobs, { ...begun, status: 'InProgress', cancellable: true, tasks }] });
    };
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(say('progress.now-joined', { vm: 'vm-app-01' }));
    const [operation] = await bot.operationsIn(chat);
    // Ana didn't start it, and is no administrator.
    const { text } = await chat.sends({ verb: 'cancel-backup', data: { operation: operation!.id } });
    expect(text).toContain(say('refused.may-not', { what: say('may.cancel-job') }));

    const state = await bot.azure.state();
    const end = new Date().toISOString();
    const ended = { status: 'Completed', cancellable: false, end, tasks: past.tasks };
    await bot.azure.change({
      jobs: state.jobs.map((one) => (one.id === id ? { ...one, ...ended } : one)),
      items: state.items.map((item) => {
        const [point] = item.points;
        if (!item.vmId.endsWith('/vm-app-01')) return item;
        return { ...item, points: [...item.points, { ...point!, id: `${point!.id}9`, time: end }] };
      }),
    });
    const closed = await chat.untilTitle(/vm-app-01 is backed up/);
    expect(closed.shown).toContain(say('closing.point'));
    // Its policy decides that, not Ana.
    expect(closed.shown).not.toContain(`${say('closing.kept')}:`);
    expect(await bot.azure.requests('POST', /\/backup\?/)).toHaveLength(1);
    expect(await bot.azure.requests('POST', /\/cancel\?/)).toEqual([]);
  });

  describe.each([
    {
      what: 'a backup',
      begins: () => bot.thread('ana', 'backup now vm-app-01'),
      match: /vm-app-01\/backup\?/,
      ends: 'vm-app-01 is backed up',
    },
    {
      what: 'a restore',
      begins: () => ofDisks('vm-app-01')(bot),
      match: /vm-app-01\/recoveryPoints\/.*\/restore\?/,
      ends: withKeys('vm-app-01'),
    },
  ])('Azure forgets the operation of $what', ({ begins, match, ends }) => {
    beforeEach(() => bot.azure.fault({ match: { method: 'GET', path: '/backupOperations/' }, status: 404, body: {} }));

    test('its job is found by the attempt’s ID, and followed', async () => {
      const chat = await begins();
      await chat.untilTitle(ends);
      expect(await bot.azure.requests('POST', match)).toHaveLength(1);
    });

    test('and no job has that ID: that is reported, and nothing is sent again', async () => {
      const sent = () => bot.azure.requests('POST', match);
      bot.failpoint = async (failpoint) => {
        if (failpoint !== 'write:after-settle' || (await sent()).length === 0) return;
        bot.failpoint = () => {};
        const { jobs } = await bot.azure.state('jobs');
        await bot.azure.change({ jobs: jobs.map((job) => ({ ...job, activityId: job.id })) });
      };
      const chat = await begins();
      // Nothing shows that it failed, so the card doesn't say so.
      const closed = await chat.untilTitle(`: ${say('trouble.job-vanished')}`);
      expect(closed.title).toMatch(/^⚠️ vm-[a-z0-9-]+: /u);
      expect(closed.text).toContain(say('trouble-why.job-vanished'));
      expect(await sent()).toHaveLength(1);
    });
  });

  test('throttled: it waits as long as Azure requests and sends again', async () => {
    await bot.azure.fault({
      match: { method: 'POST', path: '/backup\\?' },
      status: 429,
      headers: { 'retry-after': '1' },
      body: { error: { code: 'TooManyRequests', message: 'Slow down.' } },
      times: 1,
    });
    const chat = await bot.thread('ana', 'backup now vm-app-01');
    await chat.untilTitle(/vm-app-01 is backed up/);
    const sent = await bot.azure.requests('POST', /\/backup\?/);
    expect(sent.map(({ status }) => status)).toEqual([429, 202]);
    expect(Date.parse(sent[1]!.time) - Date.parse(sent[0]!.time)).toBeGreaterThanOrEqual(990);
    expect(await backupsOf('vm-app-01')(bot)).toBe(1);
  });

  test('a plan that got worse before its write is not sent: everything is read again at the click', async () => {
    const chat = await bot.asks('ana', 'backup vm-plain-01');
    const { vms } = await bot.azure.state('vms');
    await bot.azure.change({
      vms: vms.map((vm) => (vm.name === 'vm-plain-01' ? { ...vm, provisioning: 'Failed' as const } : vm)),
    });
    await chat.clicks(say('button.protect+back-up-now'));
    await chat.untilTitle(/^⛔ No backup of vm-plain-01: the last change to the VM failed/u);
    expect(await bot.azure.writes()).toEqual([]);
  });
});
