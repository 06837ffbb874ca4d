import { expect, test } from '@jest/globals';
import { materialOf, traceOf } from '../support/key-material.ts';
import { secretsIn } from '../support/kept-logs.ts';
import { ChildProcesses } from './child-process.ts';
import { restoring } from './restoring.ts';
import { CrashHarness } from './whole-operation.ts';

test('an error that nothing catches, with a key and a token in it: the process prints neither, and another goes on', async () => {
  let host!: ChildProcesses;
  await using harness = await CrashHarness.open(
    async (simulatorUrl) => (host = await ChildProcesses.open('postgres', simulatorUrl)),
  );
  const { platform, azure } = harness;
  const material = await materialOf(azure, ['vm-hr-02']);
  const carries = material.at(-1)!.toString('base64');
  expect(traceOf(material, carries)).toHaveLength(1);
  // Right after the key was put back, which comes after the restore itself.
  const running = await host.start({ failpoint: 'write:after-send', reach: 2, carries });
  platform.speaksTo(running.url);
  await platform.meets('ana', 'ben');
  const chat = await restoring(harness, { vm: 'vm-hr-02', button: 'Request approval' });
  await chat.clicks('Request approval');
  await chat.untilTitle('waiting for approval (0 of 1)');
  await chat.as('ben').clicks('Approve');
  const { code, printed } = await running.ended;
  platform.speaksTo();
  expect(code).toBe(1);
  expect(printed).toMatch(/MADE_UP.*could not parse.*nothing caught this: the process ends/);
  expect([...traceOf(material, printed), ...secretsIn(printed)]).toEqual([]);
  await harness.calm(() => chat.untilTitle('Disks of vm-hr-02 are restored, with their keys', 60_000));
  const sent = await azure.requests('POST', /^\/keys\/restore/);
  expect(sent.map(({ status }) => status)).toEqual([200]);
});
