import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { eventually } from '../support/eventually.ts';
import { ChildProcesses, type RunningChild } from './child-process.ts';
import { restoring } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

const patienceMs = 60_000;

/** `npm run pause` does the same a hundred times, and at random moments. */
describe('a process that is paused around its write while another one goes on, on PostgreSQL', () => {
  let harness: CrashHarness;
  let host: ChildProcesses;
  beforeAll(async () => {
    harness = await CrashHarness.open(
      async (simulatorUrl) => (host = await ChildProcesses.open('postgres', simulatorUrl)),
    );
  }, 120_000);
  afterAll(() => harness?.[Symbol.asyncDispose](), 60_000);

  const accepted = async (vm: string) => {
    const sent = await harness.azure.requests('POST', new RegExp(`${vm}/backup[?]`));
    return sent.filter(({ status }) => status === 202).map((one) => one.clientRequestId);
  };
  const settled = async () => {
    const all = harness.host.read((db) => db.selectFrom('attempt').select('outcome').orderBy('made_at').execute());
    return (await all).map(({ outcome }) => outcome);
  };

  /**
   * Begins a backup in a process that is paused in `failpoint`, and lets another one, which starts only then, end it.
   */
  async function pausedIn(failpoint: Failpoint, vm: string): Promise<RunningChild> {
    const paused = await host.start({ failpoint, paused: true });
    harness.platform.speaksTo(paused.url);
    await harness.platform.meets('ana');
    const { chat } = await harness.platform.says('ana', `backup now ${vm}`);
    await eventually('it to be paused', () => paused.reached.includes(failpoint), patienceMs);
    await harness.calm(() => chat.untilTitle(/is backed up/, patienceMs));
    await paused.cutDatabase();
    paused.goOn();
    return paused;
  }

  test('before it was sent, its connections cut as by a failover: what the other one has sent is not sent again', async () => {
    const paused = await pausedIn('write:after-attempt', 'vm-app-01');
    await eventually('it to tell that it sent nothing', async () => (await settled())[0] === 'not-sent', patienceMs);
    expect(await settled()).toEqual(['not-sent', 'accepted']);
    expect(await accepted('vm-app-01')).toHaveLength(1);
    await paused.kill();
  }, 120_000);

  test('after Azure took it, its connections cut meanwhile: the log has Azure’s request id all the same', async () => {
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
    const entry = await eventually('its answer in the log', told, patienceMs);
    expect(entry.receipt!.requestId).toEqual(expect.any(String));
    await paused.kill();
  }, 120_000);

  test('a restore, before it was sent: the other one sends nothing in its place, nor does this one when it goes on', async () => {
    const paused = await host.start({ failpoint: 'write:after-attempt', paused: true });
    harness.platform.speaksTo(paused.url);
    await harness.platform.meets('ana', 'ben');
    const chat = await restoring(harness, { vm: 'vm-app-02', button: 'Request approval' });
    await chat.clicks('Request approval');
    await chat.untilTitle('waiting for approval (0 of 1)');
    await chat.as('ben').clicks('Approve');
    await eventually('it to be paused', () => paused.reached.includes('write:after-attempt'), patienceMs);
    await harness.calm(() => chat.untilTitle(/vm-app-02 were NOT restored/, patienceMs));
    expect((await chat.card()).text).toContain('see the jobs before trying again');
    expect((await settled()).at(-1)).toBe('lost');
    paused.goOn();
    await eventually(
      'it to tell that it sent nothing',
      async () => (await settled()).at(-1) === 'not-sent',
      patienceMs,
    );
    expect(await harness.azure.requests('POST', /vm-app-02.*\/restore\?/i)).toEqual([]);
    await paused.kill();
  }, 180_000);
});
