import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { ChildProcesses } from './child-process.ts';
import { drilling, restoring } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

/**
 * The first write of a plan is the restore itself. At the second one the restored disks have been listed, and nothing
 * of what is then written about them is stored.
 */
const listed = { failpoint: 'write:before-attempt', reach: 2 } as const;

describe.each(['killed', 'paused'] as const)('a process is %s after it listed the restored disks', (is) => {
  let harness: CrashHarness;
  let host: ChildProcesses;
  beforeAll(async () => {
    harness = await CrashHarness.open(
      async (simulatorUrl) => (host = await ChildProcesses.open('postgres', simulatorUrl)),
    );
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  const taken = async (method: string, path: RegExp) =>
    (await harness.azure.requests(method, path)).filter(({ status }) => status !== null && status < 300).length;
  const disksIn = async (group: string) =>
    (await harness.azure.state('disks')).disks.filter(({ resourceGroup }) => resourceGroup === group);

  /** Approved up to that point; then somebody puts a disk of theirs beside; then another process goes on. */
  async function interrupted(begins: () => Promise<BotChat>, group: string, ends: RegExp): Promise<string> {
    const { platform, azure } = harness;
    const asked = await harness.calm(async () => {
      await platform.meets('ana', 'ben');
      const chat = await begins();
      await chat.clicks('Request approval');
      await chat.untilWaits('0 of 1');
      return chat;
    });
    const approves = () => asked.as('ben').clicks('Approve');
    const paused = is === 'paused' ? await host.start({ ...listed, paused: true }) : null;
    if (paused) {
      platform.speaksTo(paused.url);
      await approves();
      const isThere = () => paused.reached.filter((one) => one === listed.failpoint).length === listed.reach;
      await eventually('it to be paused', isThere);
    } else await harness.crash(listed, approves);
    const [made] = await disksIn(group);
    const { disks } = await azure.state('disks');
    const stranger = { ...made!, name: `${made!.name}-copy` };
    await azure.change({ disks: [...disks, stranger] });
    await harness.calm(() => asked.untilTitle(ends));
    await paused?.goOn();
    await paused?.stop();
    const open = await host.read((db) => db.selectFrom('attempt').selectAll().where('outcome', 'is', null).execute());
    expect(open).toEqual([]);
    const left = (await disksIn(group)).find(({ name }) => name === stranger.name);
    expect(left).toEqual(stranger);
    return stranger.name;
  }

  test('keys and a new VM: each write once, from the restored disks alone', async () => {
    const begins = () => restoring(harness, { vm: 'vm-hr-02', name: 'vm-hr-02-back', button: 'Request approval' });
    const stranger = await interrupted(begins, 'rg-restore', /vm-hr-02-back runs/);
    expect(await taken('POST', /vm-hr-02.*\/restore\?/i)).toBe(1);
    expect(await taken('POST', /^\/keys\/restore/)).toBe(1);
    expect(await taken('PUT', /^\/secrets\//)).toBe(2);
    expect(await taken('PUT', /rg-restore.*deployments\/kluis-/i)).toBe(1);
    const { vms } = await harness.azure.state('vms');
    const made = vms.find(({ name }) => name === 'vm-hr-02-back')!;
    expect(made.disks).toHaveLength(2);
    expect(JSON.stringify(made.disks)).not.toContain(stranger);
    expect(await taken('PATCH', new RegExp(stranger))).toBe(0);
  });

  test('a drill: everything of it is deleted once, and somebody else’s disk in its group stays', async () => {
    const begins = () => drilling(harness.platform, harness.azure, 'Request approval');
    await interrupted(begins, 'rg-drills', /Drill of vm-app-01 succeeded: restored and started/);
    expect(await taken('POST', /vm-app-01.*\/restore\?/i)).toBe(1);
    expect(await taken('PUT', /rg-drills.*\/deployments\//i)).toBe(1);
    expect(await taken('DELETE', /rg-drills\/providers\/Microsoft\.(Compute|Network)/i)).toBe(4);
    expect(await disksIn('rg-drills')).toHaveLength(1);
  });
});
