import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { fail } from '../support/failing.ts';
import { makeLinux } from '../support/make-linux.ts';
import { toldOf, watchesAlerts } from './alerting.ts';
import { ChildProcesses, type RunningChild } from './child-process.ts';
import { asked, drilling, oldestPoint, replacing, restoring } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

/** `npm run pause` does the same a hundred times, and at random moments. */
describe('a process is paused around its write while another one continues, on PostgreSQL', () => {
  let harness: CrashHarness;
  let host: ChildProcesses;
  beforeAll(async () => {
    harness = await CrashHarness.open(
      async (simulatorUrl) => (host = await ChildProcesses.open('postgres', simulatorUrl)),
    );
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  const accepted = async (vm: string) => {
    const sent = await harness.azure.requests('POST', new RegExp(`${vm}/backup[?]`));
    return sent.filter(({ status }) => status === 202).map((one) => one.clientRequestId);
  };
  const settled = async () => {
    const all = harness.host.read((db) => db.selectFrom('attempt').select('outcome').orderBy('made_at').execute());
    return (await all).map(({ outcome }) => outcome);
  };

  /** Begins a backup in a process that is paused at `failpoint`, and has another one, started only then, finish it. */
  async function pausedIn(failpoint: Failpoint, vm: string): Promise<RunningChild> {
    const paused = await host.start({ failpoint, paused: true });
    harness.platform.speaksTo(paused.url);
    await harness.platform.meets('ana');
    const { chat } = await harness.platform.says('ana', `backup now ${vm}`);
    await eventually('it to be paused', () => paused.reached.includes(failpoint));
    await harness.calm(() => chat.untilTitle(/is backed up/));
    await paused.cutDatabase();
    await paused.goOn();
    return paused;
  }

  test('before sending, its connections cut as by a failover: what the other process sent is not sent again', async () => {
    const paused = await pausedIn('write:after-attempt', 'vm-app-01');
    await eventually('it to tell that it sent nothing', async () => (await settled())[0] === 'not-sent');
    expect(await settled()).toEqual(['not-sent', 'accepted']);
    expect(await accepted('vm-app-01')).toHaveLength(1);
    await paused.stop();
  });

  test('after Azure accepted it, its connections cut meanwhile: the log still gets Azure’s request ID', async () => {
    const paused = await pausedIn('write:after-send', 'vm-neu-01');
    const [id, ...others] = await accepted('vm-neu-01');
    expect(others).toEqual([]);
    const told = async () => {
      const lines = await harness.host.read((db) => db.selectFrom('audit').select('entry').execute());
      const own = lines.map(
        ({ entry }) => entry as { attempt?: string; outcome?: string; receipt?: { requestId?: string } },
      );
      return own.find(({ attempt, outcome }) => attempt === id && outcome === 'accepted');
    };
    const entry = await eventually('its answer in the log', told);
    expect(entry.receipt!.requestId).toEqual(expect.any(String));
    await paused.stop();
  });

  const direct = { vm: 'rg-app/vm-dup-01', name: 'vm-dup-01-back' };
  test.each([
    { what: 'of disks', begins: () => approved({ vm: 'vm-app-02' }), ends: /vm-app-02: the restore may/ },
    { what: 'of a VM as a whole', begins: () => approved(direct), ends: /vm-dup-01-back: the restore may/ },
    { what: 'in place', begins: () => replaced(), ends: /vm-dup-01: the restore may/ },
  ])('a restore $what, before it was sent: neither process sends it', async ({ begins, ends }) => {
    const before = await harness.azure.requests('POST', /\/restore\?/i);
    const paused = await pausedBefore(1);
    const chat = await begins();
    await isPaused(paused, 1);
    await harness.calm(() => chat.untilTitle(ends));
    expect((await chat.card()).text).toContain("check the VM's jobs before you try again");
    expect((await settled()).at(-1)).toBe('lost');
    await paused.goOn();
    await eventually('it to tell that it sent nothing', async () => (await settled()).at(-1) === 'not-sent');
    expect(await harness.azure.requests('POST', /\/restore\?/i)).toEqual(before);
    await paused.stop();
  });

  /** A process that is paused before its n-th write is sent; it continues what another one left. */
  async function pausedBefore(reach: number): Promise<RunningChild> {
    const failpoint = 'write:after-attempt';
    const child = await host.start({ failpoint, paused: true, reach });
    harness.platform.speaksTo(child.url);
    return child;
  }
  const isPaused = (child: RunningChild, reach: number) =>
    eventually('it to be paused', () => child.reached.filter((one) => one === 'write:after-attempt').length === reach);

  /** Requested, and approved by somebody else, up to the pause of `child`. */
  async function approved(wanted: Omit<Parameters<typeof restoring>[1], 'button'>): Promise<BotChat> {
    await harness.platform.meets('ana', 'ben');
    return approves(await restoring(harness, { ...wanted, button: 'Request approval' }));
  }
  async function approves(chat: BotChat): Promise<BotChat> {
    await chat.clicks('Request approval');
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks('Approve');
    return chat;
  }
  /** Two others have approved it. */
  async function replaced(): Promise<BotChat> {
    await harness.platform.meets('ana', 'ben', 'chris');
    const chris = await replacing(harness.platform, harness.azure);
    await chris.clicks('Approve');
    return chris;
  }
  /** Asked for and pressed by somebody who needs nobody else. */
  async function pressed(text: string, button: string): Promise<BotChat> {
    await harness.platform.meets('ana');
    const chat = await asked(harness.platform, text);
    await chat.clicks(button);
    return chat;
  }
  const isInDoubt = (outcome: string | null) => outcome === null || outcome === 'lost';
  const taken = async (method: string, path: RegExp) =>
    (await harness.azure.requests(method, path)).filter(({ status }) => status !== null && status < 300).length;

  /**
   * One operation: each process is paused before the n-th of its writes and the next one takes over, to the end, and
   * none of the paused ones sends anything.
   */
  async function chain(reaches: readonly number[], begins: () => Promise<BotChat>, ends: RegExp): Promise<void> {
    const paused: RunningChild[] = [];
    let chat: BotChat | undefined;
    for (const reach of reaches) {
      const child = await pausedBefore(reach);
      paused.push(child);
      chat ??= await begins();
      await isPaused(child, reach);
    }
    await harness.calm(() => chat!.untilTitle(ends));
    for (const child of paused) await child.goOn();
    await eventually('all to tell that they sent nothing', async () => !(await settled()).some(isInDoubt));
    for (const child of paused) await child.stop();
  }

  test('each other write of a restore: the process that continues sends it, the paused ones send nothing', async () => {
    await makeLinux(harness.azure, 'vm-hr-01');
    // The key vault; after the restore itself the deployment; the extension; the first file that is deleted.
    await chain([1, 3, 2, 2], () => approved({ vm: 'vm-hr-01', name: 'vm-hr-01-back' }), /vm-hr-01-back runs/);
    expect(await taken('PUT', /vaults\/kv-hr-weu\?/i)).toBe(1);
    expect(await taken('POST', /vm-hr-01.*\/restore\?/i)).toBe(1);
    expect(await taken('PUT', /rg-restore.*deployments\/kluis-/i)).toBe(1);
    expect(await taken('PUT', /vm-hr-01-back\/extensions\//i)).toBe(1);
    const deleted = await harness.azure.requests('DELETE', /^\/vm-hr-01-/);
    expect(deleted.map(({ status }) => status)).toEqual(deleted.map(() => 202));
    expect(new Set(deleted.map(({ path }) => path)).size).toBe(deleted.length);
  });

  test('a key, a secret, and a disk pointed to them, paused before each write: each is written once', async () => {
    // The key after the restore itself; the first secret; the first disk after both secrets.
    await chain([2, 2, 3], () => approved({ vm: 'vm-hr-02' }), /Disks of vm-hr-02 are restored, with their keys/);
    expect(await taken('POST', /^\/keys\/restore/)).toBe(1);
    expect(await taken('PUT', /^\/secrets\//)).toBe(2);
    expect(await taken('PATCH', /\/disks\/vm-hr-02/i)).toBe(2);
  });

  test('a VM created by calls, paused before its interface and before the VM: each is created once', async () => {
    const point = await oldestPoint(harness.azure, 'vm-app-01');
    await chain([2, 2], () => approved({ vm: 'vm-app-01', point, name: 'vm-app-01-old' }), /vm-app-01-old runs/);
    expect(await taken('PUT', /networkInterfaces\/vm-app-01-old-/i)).toBe(1);
    expect(await taken('PUT', /virtualMachines\/vm-app-01-old\?/i)).toBe(1);
  });

  test('a drill, paused before its first tag and before it deletes: each is done once, and nothing is left', async () => {
    // The first tag after the restore itself; the first deletion after both tags and the VM.
    const begins = async () => {
      await harness.platform.meets('ana', 'ben');
      return approves(await drilling(harness.platform, harness.azure, 'Request approval'));
    };
    await chain([2, 4], begins, /Drill of vm-app-01 succeeded: restored and started/);
    expect(await taken('PATCH', /rg-drills.*\/disks\//i)).toBe(2);
    expect(await taken('PUT', /rg-drills.*\/deployments\//i)).toBe(1);
    expect(await taken('DELETE', /rg-drills\/providers\/Microsoft\.(Compute|Network)/i)).toBe(4);
    const { vms, disks, networkInterfaces } = await harness.azure.state('vms', 'disks', 'networkInterfaces');
    const made = [...vms, ...disks, ...networkInterfaces].filter(({ resourceGroup }) => resourceGroup === 'rg-drills');
    expect(made).toEqual([]);
  });

  test('stopping, resuming and undeleting, paused before the write: the process that continues sends it, once', async () => {
    for (const name of ['protection-stopped', 'soft-deleted-item']) await harness.azure.scenario(name);
    for (const [text, button, ends] of [
      ['backup stop vm-app-02', 'Stop backups', /Backups of vm-app-02 stopped/],
      ['backup resume vm-case-11', 'Resume backups', /Backups of vm-case-11 run again/],
      ['backup undelete vm-case-10', 'Undelete backups', /Backups of vm-case-10 undeleted/],
    ] as const) {
      await chain([1], () => pressed(text, button), ends);
      expect(await taken('PUT', new RegExp(`protectedItems/[^/]*${text.split(' ')[2]}`, 'i'))).toBe(1);
    }
  });

  test('a check during which three processes stood still isn’t given up by the first of them that goes on', async () => {
    await harness.platform.meets('ana');
    const stalled: RunningChild[] = [];
    const failpoint = 'lookup:before-commit';
    let chat: BotChat | undefined;
    for (const _ of [1, 2, 3]) {
      const child = await host.start({ failpoint, paused: 'once' });
      stalled.push(child);
      if (!chat) harness.platform.speaksTo(child.url);
      chat ??= (await harness.platform.says('ana', 'backup vm-app-02')).chat;
      await eventually('it to stand still', () => child.reached.includes(failpoint));
    }
    const lapsed = () =>
      host.read<unknown[]>((db) =>
        db
          .selectFrom('dialog')
          .select('id')
          .where('look_due_at', '<', sql<Date>`now()`)
          .execute(),
      );
    await eventually('the last claim to lapse', async () => (await lapsed()).length > 0);
    await stalled[0]!.goOn();
    expect(await chat!.untilTitle(/^(?!⏳).*vm-app-02/u)).toMatchObject({
      text: expect.not.stringContaining('gave up'),
    });
    for (const child of stalled.slice(1)) await child.goOn();
    for (const child of stalled) await child.stop();
  });

  test('paused while recording a failure, its connections cut: another process reports it once, and this one the next', async () => {
    const first = await host.start(null);
    harness.platform.speaksTo(first.url);
    await watchesAlerts(harness);
    const isShown = (text: string) => async () => (await toldOf(harness, text))[1] > 0;
    await eventually('what fails already', isShown('kv-hr-weu'));
    await first.stop();
    const paused = await host.start(null);
    harness.platform.speaksTo(paused.url);
    // Recording a failure locks the open alerts: by then it was found, and nothing was posted.
    const [locked, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const locking = host.read((db) =>
      db.transaction().execute(async (trx) => {
        await sql`lock table alert in exclusive mode`.execute(trx);
        locked.resolve();
        await free.promise;
      }),
    );
    await locked.promise;
    await fail(harness.azure, { 'vm-neu-01': 'ErrorInThePause' });
    await eventually('it to be in the middle', () => paused.waitsForLock());
    await paused.pause();
    free.resolve();
    await locking;
    await paused.cutDatabase();
    await harness.calm(() => eventually('the alert', isShown('ErrorInThePause')));
    await paused.goOn();
    harness.platform.speaksTo(paused.url);
    await fail(harness.azure, { 'vm-app-01': 'ErrorAfterThePause' });
    await eventually('the next alert', isShown('ErrorAfterThePause'));
    expect(await toldOf(harness, 'ErrorInThePause')).toEqual([1, 1]);
    expect(await toldOf(harness, 'ErrorAfterThePause')).toEqual([1, 1]);
    await paused.kill();
  });
});
