import { describe, expect, test } from '@jest/globals';
import type { Protect } from '../../src/operations/parts/protect.ts';
import { runProtect } from '../../src/operations/backup/protect/run.ts';
import {
  after,
  fault,
  item,
  job,
  policyId,
  ref,
  runPart,
  vaultId,
  vmId,
  type Around,
  type Script,
} from './scripted-azure.ts';

const part: Protect['part'] = {
  id: 'protect',
  after: ['grant-1'],
  does: 'protect',
  vm: { id: vmId, name: 'vm-sql-01', os: 'Windows', tags: {} },
  keyVaults: [],
  ref,
  vaultName: 'rsv',
  policyId,
  policyName: 'DefaultPolicy',
};
const accepted = { vaultId, operationId: 'op-1', requestId: 'r-1' };
const succeeded = { status: 'Succeeded', jobId: 'job-9', error: null } as const;
const inProgress = { status: 'InProgress', jobId: null, error: null } as const;
const noKeys = {
  status: 'Failed',
  jobId: null,
  error: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'no rights' },
} as const;

const protect = (script: (seconds: () => number) => Script, around?: Around) =>
  runPart({ runner: runProtect, part }, script, around);
/** An Azure that lists the VM, accepts the write and finishes it; a test changes what matters to it. */
const usual =
  (reads: Script['reads'] = {}, writes: Script['writes'] = {}) =>
  () => ({
    reads: { protectable: async () => true, operation: async () => succeeded, jobs: async () => [], ...reads },
    writes: { protect: async () => accepted, ...writes },
  });

describe('protect', () => {
  test('puts the item once and follows its operation to the end', async () => {
    const ran = await protect((seconds) =>
      usual({ operation: async () => (seconds() < 12 ? inProgress : succeeded) })(),
    );
    expect(ran.outcome).toEqual({ ended: 'done', jobId: 'job-9' });
    expect(ran.way).toEqual(['inspect +0', 'put +0', 'follow +5', 'follow +10', 'follow +15']);
    expect(ran.sent).toEqual(['protect-0']);
  });

  test('adopts an existing item with this policy, whatever the case of its ID', async () => {
    const there = item({ policyId: policyId.toUpperCase(), protectionState: 'Protected' });
    const ran = await protect(usual({ protectedItem: async () => there }));
    expect(ran.outcome).toMatchObject({ ended: 'done', adopted: true });
    expect(ran.sent).toEqual([]);
  });

  test('leaves an item under another policy alone: it is somebody else’s decision', async () => {
    const there = item({ policyId: `${vaultId}/backupPolicies/gold` });
    const ran = await protect(usual({ protectedItem: async () => there }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { origin: 'internal', internal: 'protected-otherwise' },
    });
    expect(ran.sent).toEqual([]);
  });

  test.each([
    ['stopped', item({ protectionState: 'ProtectionStopped' })],
    ['soft-deleted', item({ softDeleted: { at: null, remainingHours: 200 } })],
  ])('leaves an item alone that was %s since the plan', async (_title, there) => {
    const ran = await protect(usual({ protectedItem: async () => there }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { origin: 'internal', internal: 'protection-stopped' },
    });
    expect(ran.sent).toEqual([]);
  });

  test('an item that Azure itself calls invalid doesn’t count as protected', async () => {
    const there = item({ protectionState: 'Invalid' });
    const ran = await protect(usual({ protectedItem: async () => there }));
    expect(ran.sent).toEqual(['protect-0']);
  });

  test('refreshes the containers if Azure doesn’t list the VM yet, and waits for that', async () => {
    const ran = await protect((seconds) => ({
      reads: {
        protectable: async () => false,
        refreshed: async () => seconds() >= 15,
        operation: async () => succeeded,
      },
      writes: {
        refreshContainers: async () => ({ ...accepted, operationId: 'refresh-1' }),
        protect: async () => accepted,
      },
    }));
    expect(ran.way).toEqual([
      'inspect +0',
      'refresh +0',
      'refreshing +5',
      'refreshing +10',
      'refreshing +15',
      'put +15',
      'follow +20',
    ]);
    expect(ran.sent).toEqual(['refresh-containers', 'protect-0']);
  });

  test('a refusal ends it with Azure’s own words', async () => {
    const refuses = fault('refused', {
      code: 'UserErrorBcmDatasourceNotPresent',
      says: 'The VM is gone',
      requestId: 'r-7',
    });
    const ran = await protect(usual({}, { protect: () => Promise.reject(refuses) }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: {
        origin: 'arm',
        codes: ['UserErrorBcmDatasourceNotPresent'],
        says: ['The VM is gone'],
        requestId: 'r-7',
      },
    });
  });

  test('refused because somebody else put the same meanwhile: adopted', async () => {
    let put = false;
    const ran = await protect(
      usual(
        { protectedItem: async () => (put ? item() : null) },
        { protect: async () => ((put = true), Promise.reject(fault('conflict'))) },
      ),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', adopted: true });
  });

  test('a lost answer: the item is its trace, and isn’t put again', async () => {
    let put = 0;
    const ran = await protect(
      usual(
        { protectedItem: async () => (put > 0 ? item() : null) },
        { protect: async () => (put++, Promise.reject(fault('unavailable'))) },
      ),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done' });
    expect([put, ran.sent]).toEqual([1, ['protect-0']]);
  });

  test('a lost answer and no trace: put again after the reconcile window and not before', async () => {
    const sentAt: number[] = [];
    const ran = await protect((seconds) =>
      usual(
        {},
        {
          protect: async () => (
            sentAt.push(seconds()),
            sentAt.length < 2 ? Promise.reject(fault('unavailable')) : accepted
          ),
        },
      )(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-9' });
    expect(sentAt).toEqual([0, 60]);
  });

  test('after a process ended following the write, the next one finds the item and doesn’t put it again', async () => {
    let put = 0;
    const around = { crashAfter: 'protect-0' };
    const ran = await protect(
      usual({ protectedItem: async () => (put > 0 ? item() : null) }, { protect: async () => (put++, accepted) }),
      around,
    );
    expect(ran.outcome).toMatchObject({ ended: 'done' });
    expect(put).toBe(1);
  });

  test('throttled: sent again after Azure’s Retry-After', async () => {
    const sentAt: number[] = [];
    const throttled = fault('throttled', { retryAfterMs: 17_000 });
    await protect((seconds) =>
      usual(
        {},
        { protect: async () => (sentAt.push(seconds()), sentAt.length < 2 ? Promise.reject(throttled) : accepted) },
      )(),
    );
    expect(sentAt).toEqual([0, 17]);
  });

  test('a failed read doesn’t end it: the stage is due again', async () => {
    const ran = await protect((seconds) =>
      usual({ protectable: () => (seconds() < 10 ? Promise.reject(fault('unavailable')) : Promise.resolve(true)) })(),
    );
    expect(ran.way.slice(0, 3)).toEqual(['inspect +0', 'inspect +10', 'put +10']);
    expect(ran.outcome).toMatchObject({ ended: 'done' });
  });

  test('an operation that Azure no longer has: the item is the proof', async () => {
    const ran = await protect((seconds) =>
      usual({ operation: async () => null, protectedItem: async () => (seconds() >= 10 ? item() : null) })(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done' });
    expect(ran.seconds).toBe(10);
  });

  const own = job({ name: 'job-9', activityId: 'ATTEMPT-1' });
  test.each([
    ['ends', 'Completed', { ended: 'done', jobId: 'job-9' }],
    ['fails', 'Failed', { ended: 'failed', failure: { origin: 'backup-job', jobId: 'job-9' } }],
  ])('forgotten by Azure, its job %s: that counts, however late', async (_what, status, expected) => {
    const ran = await protect((seconds) =>
      usual({
        operation: async () => null,
        protectedItem: async () => null,
        jobs: async () => [job({ name: 'job-8', activityId: 'attempt-0' }), own],
        job: async () => (seconds() < 3600 ? own : { ...own, status }),
      })(),
    );
    expect(ran.outcome).toMatchObject(expected);
    expect(ran.seconds).toBe(3600);
    expect(ran.sent).toEqual(['protect-0']);
  });

  test('forgotten by Azure, which shows nothing of it for ten minutes: that is its end', async () => {
    const knows = [5, 100, 105, 300];
    const ran = await protect((seconds) =>
      usual({
        operation: async () => (knows.includes(seconds()) ? inProgress : null),
        protectedItem: async () => null,
      })(),
    );
    expect(ran.outcome).toEqual({
      ended: 'failed',
      failure: expect.objectContaining({ internal: 'operation-forgotten', requestId: 'r-1', jobId: null }),
    });
    expect(ran.seconds).toBe(300 + 600 + 10);
    expect(ran.sent).toEqual(['protect-0']);
  });
});

const out = { luns: [0, 2], only: false };
const named = { ...out, names: ['data-0', 'data-2'] };
const withDisks = (part: Protect['part']) => (script: Script, around?: Around) =>
  runPart({ runner: runProtect, part }, () => script, around);

describe('protect with chosen disks', () => {
  const chosen = withDisks({ ...part, disks: named });

  test('the choice goes with the write', async () => {
    const sent: unknown[] = [];
    await chosen(usual({}, { protect: async (asked) => (sent.push(asked), accepted) })());
    expect(sent).toEqual([{ ref, vmId, policyId, disks: out }]);
  });

  test.each([
    ['these disks', { luns: [2, 0], only: false }, { ended: 'done', adopted: true }],
    ['all disks', null, { ended: 'failed' }],
    ['only these disks', { luns: [0, 2], only: true }, { ended: 'failed' }],
    ['one disk more left out', { luns: [0, 1, 2], only: false }, { ended: 'failed' }],
  ])('protected meanwhile with %s', async (_what, diskChoice, outcome) => {
    const ran = await chosen(usual({ protectedItem: async () => item({ diskChoice }) })());
    expect(ran.outcome).toMatchObject(outcome);
    expect(ran.sent).toEqual([]);
  });

  test('a VM protected meanwhile with other disks than planned is not adopted', async () => {
    const ran = await protect(usual({ protectedItem: async () => item({ diskChoice: out }) }));
    expect(ran.outcome).toMatchObject({ ended: 'failed', failure: { internal: 'protected-otherwise' } });
  });
});

describe('other disks of a protected VM', () => {
  const before = { luns: [1], only: true };
  const change = withDisks({ ...part, disks: named, changes: { choice: before } });
  const reset = withDisks({ ...part, changes: { choice: before } });

  test('its item is put at once, without searching for protectable VMs', async () => {
    const sent: unknown[] = [];
    const protectedItem = async () => item({ diskChoice: before });
    const protectable = () => Promise.reject(new Error('asked'));
    const ran = await change(
      usual({ protectedItem, protectable }, { protect: async (asked) => (sent.push(asked), accepted) })(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-9' });
    expect(sent).toEqual([{ ref, vmId, policyId, disks: out }]);
  });

  test('all disks again: said so', async () => {
    const sent: unknown[] = [];
    const protectedItem = async () => item({ diskChoice: before });
    await reset(usual({ protectedItem }, { protect: async (asked) => (sent.push(asked), accepted) })());
    expect(sent).toEqual([{ ref, vmId, policyId, disks: null }]);
  });

  test.each([
    ['are as chosen already', item({ diskChoice: out }), { ended: 'done', adopted: true }],
    ['were chosen otherwise', item({ diskChoice: { luns: [3], only: true } }), { internal: 'protected-otherwise' }],
    ['follow another policy', item({ diskChoice: before, policyId: 'gold' }), { internal: 'protected-otherwise' }],
    ['are not protected any more', null, { internal: 'protection-stopped' }],
    [
      'are stopped',
      item({ diskChoice: before, protectionState: 'ProtectionStopped' }),
      { internal: 'protection-stopped' },
    ],
  ])('meanwhile they %s: nothing is sent', async (_what, there, expected) => {
    const ran = await change(usual({ protectedItem: async () => there })());
    expect(ran.outcome).toMatchObject('internal' in expected ? { ended: 'failed', failure: expected } : expected);
    expect(ran.sent).toEqual([]);
  });
});

describe('protect soon after a grant', () => {
  const granted = (secondsAgo: number) => ({ others: { 'grant-1': { endedAt: after(-secondsAgo).toISOString() } } });

  test('“no permission” means “not in effect yet”: repeated quietly, as a write of its own', async () => {
    let put = 0;
    const ran = await protect(
      usual({ operation: async () => (put < 2 ? noKeys : succeeded) }, { protect: async () => (put++, accepted) }),
      granted(30),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done' });
    expect(ran.sent).toEqual(['protect-0', 'protect-1']);
    expect(ran.way).toEqual(['inspect +0', 'put +0', 'follow +5', 'inspect +245', 'put +245', 'follow +250']);
  });

  test('at most twice; then it fails with Azure’s code', async () => {
    const ran = await protect(usual({ operation: async () => noKeys }), granted(30));
    expect(ran.sent).toEqual(['protect-0', 'protect-1', 'protect-2']);
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { origin: 'backup-operation', codes: ['UserErrorKeyVaultPermissionsNotConfigured'], requestId: 'r-1' },
    });
  });

  test.each([
    ['long after the grant', granted(16 * 60)],
    ['without a grant', {}],
  ])('%s it is a failure at once', async (_title, around) => {
    const ran = await protect(usual({ operation: async () => noKeys }), around);
    expect(ran.sent).toEqual(['protect-0']);
    expect(ran.outcome).toMatchObject({ ended: 'failed' });
  });

  test('another failure is not repeated', async () => {
    const other = { ...noKeys, error: { code: 'UserErrorGuestAgentStatusUnavailable', message: 'agent' } };
    const ran = await protect(usual({ operation: async () => other }), granted(30));
    expect(ran.sent).toEqual(['protect-0']);
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { codes: ['UserErrorGuestAgentStatusUnavailable'] },
    });
  });
});
