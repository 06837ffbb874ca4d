import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { firstBreak } from '../../src/audit/chain.ts';
import type { DrillFile } from '../../src/audit/drill-file.ts';
import { failpoints } from '../../src/core/failpoint.ts';
import { ChildProcesses } from './child-process.ts';
import { speed } from './replica-host.ts';
import { asked } from './restoring.ts';
import {
  everyGapOnce,
  expectBooksInOrder,
  expectEachWriteOnce,
  expectOrphanLeadsOn,
  operateWithCrashes,
  CrashHarness,
  type Ended,
} from './whole-operation.ts';

/** On PostgreSQL a process is killed in `two-processes.test.ts`. */
describe('an operation whose process is killed with SIGKILL at every failpoint, on the embedded database', () => {
  let harness: CrashHarness;
  let ended: Ended;
  beforeAll(async () => {
    harness = await CrashHarness.open((simulatorUrl) => ChildProcesses.open('pglite', simulatorUrl));
    ended = await operateWithCrashes(harness, everyGapOnce);
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  test('really came to every failpoint', () =>
    expect([...harness.host.reached].sort()).toEqual([...failpoints].sort()));
  test('wrote to Azure once each', () => expectEachWriteOnce(harness.azure, 'vm-web-01'));
  test('left its books in order', () => expectBooksInOrder(harness.host));
  test('left one live card, one mention, and a way to them', () => expectOrphanLeadsOn(ended));

  test('a drill: other processes go on where one was killed, and leave nothing but its report', async () => {
    const { platform, azure, host } = harness;
    const chat = await harness.calm(async () => {
      await azure.control('POST', 'clock', { speed });
      const drill = await asked(platform, 'backup drill vm-app-01');
      await drill.untilButton('Request approval');
      await drill.clicks('Request approval');
      await drill.untilWaits('0 of 1');
      return drill;
    });
    const before = await azure.state();
    // The restore was accepted, then a disk was tagged, then the third write after that was sent.
    await harness.crash({ failpoint: 'write:after-settle' }, () => chat.as('ben').clicks('Approve'));
    await harness.crash({ failpoint: 'write:after-settle' });
    await harness.crash({ failpoint: 'write:after-send', reach: 3 });
    await harness.calm(() => chat.untilTitle('Drill of vm-app-01 succeeded: restored and started'));
    const { vms, disks, networkInterfaces, blobs } = await azure.state('vms', 'disks', 'networkInterfaces', 'blobs');
    const made = [...vms, ...disks, ...networkInterfaces].filter(({ resourceGroup }) => resourceGroup === 'rg-drills');
    expect(made).toEqual([]);
    expect(blobs).toEqual(before.blobs);
    const restores = await azure.requests('POST', /vm-app-01.*\/restore\?/i);
    expect(restores.map(({ status }) => status)).toEqual([202]);
    const lines = await host.read((db) => db.selectFrom('audit').selectAll().orderBy('seq').execute());
    expect(firstBreak(lines)).toBeNull();
    const reports = lines.flatMap(({ entry }) => (entry as { file?: DrillFile }).file ?? []);
    expect(reports.map(({ report }) => report)).toMatchObject([{ result: 'succeeded', left: [] }]);
    expect(reports[0]!.report['deleted']).toHaveLength(4);
  });
});
