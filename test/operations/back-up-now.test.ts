import { describe, expect, test } from '@jest/globals';
import type { RecoveryPoint } from '../../src/azure/gateway.ts';
import type { BackUpPart } from '../../src/operations/parts/back-up-now.ts';
import { runBackUp } from '../../src/operations/backup/back-up-now/run.ts';
import { backUpWords } from '../../src/operations/backup/back-up-now/words.ts';
import { words } from '../../src/message/words.ts';
import { after, fault, job, ref, runPart, vaultId, vmId, type Around, type Script } from './scripted-azure.ts';

const part: BackUpPart = {
  id: 'back-up',
  after: [],
  does: 'back-up-now',
  vm: { id: vmId, name: 'vm-sql-01', os: 'Windows', tags: {} },
  keyVaults: [],
  ref,
  vaultName: 'rsv',
  keepDays: 30,
};
const accepted = { vaultId, operationId: 'op-1', requestId: 'r-1' };
const operation = { status: 'Succeeded', jobId: 'job-1', error: null } as const;
const completed = job({ status: 'Completed', cancellable: false, endTime: after(600) });

const point: RecoveryPoint = {
  id: 'p',
  name: 'p',
  time: after(30),
  consistency: 'ApplicationConsistent',
  encrypted: true,
  size: null,
  disks: null,
  privateAccess: null,
  zones: [],
  softDeleted: false,
  tiers: [{ tier: 'InstantRP', status: 'Valid' }],
};
const told = {
  time: after(30).toISOString(),
  consistency: 'ApplicationConsistent',
  encrypted: true,
  tiers: ['InstantRP'],
};

const backUp = (script: (seconds: () => number) => Script, around?: Around) =>
  runPart({ runner: runBackUp, part }, script, around);
/** An Azure that accepts the backup; its job ends when the test says so, with a recovery point. */
const usual =
  (reads: Script['reads'] = {}, writes: Script['writes'] = {}) =>
  () => ({
    reads: {
      jobs: async () => [],
      operation: async () => operation,
      job: async () => completed,
      recoveryPoints: async () => [point],
      ...reads,
    },
    writes: { startBackup: async () => accepted, ...writes },
  });

describe('back up now', () => {
  test('requests it once, follows the job, and reports success once the recovery point exists', async () => {
    const kept: Date[] = [];
    const ran = await backUp((seconds) =>
      usual(
        { job: async () => (seconds() < 20 ? job() : completed) },
        { startBackup: async (_ref, until) => (kept.push(until), accepted) },
      )(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-1', point: told });
    expect(ran.way).toEqual(['start +0', 'send +0', 'accepted +1', 'job +1', 'job +11', 'job +21', 'point +21']);
    expect(kept).toEqual([after(30 * 86_400)]);
  });

  test('joins a running backup of the same item, and none of another item or one that has ended', async () => {
    const others = [
      job({ name: 'other-vm', containerName: 'iaasvmcontainerv2;rg-sql;vm-sql-02' }),
      job({ name: 'ended', status: 'Completed' }),
      job({ name: 'nobody’s', containerName: null }),
    ];
    const mine = job({ name: 'scheduled', containerName: 'VM;iaasvmcontainerv2;RG-SQL;VM-SQL-01' });
    const alone = await backUp(usual({ jobs: async () => others }));
    expect(alone.sent).toEqual(['back-up']);
    const joined = await backUp(usual({ jobs: async () => [...others, mine] }));
    expect(joined.sent).toEqual([]);
    expect(joined.outcome).toMatchObject({ ended: 'done', jobId: 'scheduled' });
    expect(joined.state.memo).toMatchObject({ joined: true });
  });

  test('the job is polled less often the longer it runs', async () => {
    const ran = await backUp((seconds) => usual({ job: async () => (seconds() < 9000 ? job() : completed) })());
    const looks = ran.way.filter((stage) => stage.startsWith('job')).map((stage) => Number(stage.split('+')[1]));
    const gaps = looks.slice(1).map((at, i) => at - looks[i]!);
    expect([...new Set(gaps)]).toEqual([10, 30, 120]);
  });

  test('the durations of earlier backups are read once, for an estimate', async () => {
    const ran = await backUp((seconds) => usual({ job: async () => (seconds() < 30 ? job() : completed) })(), {
      history: [3000, 1000, 2000],
    });
    expect(ran.state.memo).toMatchObject({ usualMs: 2000, usualOf: 3 });
  });
});

describe('a doubt', () => {
  test('the answer is lost: the job has the attempt’s ID, in any case, and is adopted', async () => {
    const mine = job({ name: 'job-7', status: 'Completed', activityId: 'ATTEMPT-1' });
    const ran = await backUp((seconds) =>
      usual(
        { jobs: async () => (seconds() < 5 ? [] : [mine]), job: async () => mine },
        { startBackup: () => Promise.reject(fault('garbled')) },
      )(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-7' });
    expect(ran.sent).toEqual(['back-up']);
  });

  test('no trace for a minute: requested again', async () => {
    const sentAt: number[] = [];
    const ran = await backUp((seconds) =>
      usual(
        {},
        {
          startBackup: async () => (
            sentAt.push(seconds()),
            sentAt.length < 2 ? Promise.reject(fault('unavailable')) : accepted
          ),
        },
      )(),
    );
    expect(ran.outcome).toMatchObject({ ended: 'done' });
    expect(sentAt).toEqual([0, 60]);
  });

  test('the process ends after Azure accepted it: the running job is found, nothing is requested twice', async () => {
    let asked = 0;
    const ran = await backUp(
      usual(
        { jobs: async () => (asked > 0 ? [job({ name: 'job-1', activityId: 'attempt-1' })] : []) },
        { startBackup: async () => (asked++, accepted) },
      ),
      { crashAfter: 'back-up' },
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-1' });
    expect(asked).toBe(1);
  });
});

describe('how it ends', () => {
  test('a refusal: Azure’s code and words', async () => {
    const refuses = fault('refused', { code: 'UserErrorOnDemandBackupLimitReached', says: 'nine a day' });
    const ran = await backUp(usual({}, { startBackup: () => Promise.reject(refuses) }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { origin: 'arm', codes: ['UserErrorOnDemandBackupLimitReached'], says: ['nine a day'] },
    });
  });

  test('an operation that fails before there is a job', async () => {
    const status = { status: 'Failed', jobId: null, error: { code: 'BMSUserErrorX', message: 'no' } } as const;
    const ran = await backUp(usual({ operation: async () => status }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: { origin: 'backup-operation', codes: ['BMSUserErrorX'] },
    });
  });

  test('a failed job: title and number, text, request and job', async () => {
    const errors = [
      { number: 400131, title: 'UserErrorGuestAgentStatusUnavailable', text: 'agent', recommendations: [] },
    ];
    const ran = await backUp(usual({ job: async () => job({ status: 'Failed', errors }) }));
    expect(ran.outcome).toMatchObject({
      ended: 'failed',
      failure: {
        origin: 'backup-job',
        codes: ['UserErrorGuestAgentStatusUnavailable', '400131'],
        says: ['agent'],
        requestId: 'r-1',
        jobId: 'job-1',
      },
    });
  });

  test('half done: the snapshot is there, the copy is not', async () => {
    const ran = await backUp(usual({ job: async () => job({ status: 'CompletedWithWarnings' }) }));
    expect(ran.outcome).toMatchObject({ ended: 'half-done', jobId: 'job-1', point: told });
  });

  test('another backup came first: that one is followed, and only once', async () => {
    const errors = [{ number: 400249, title: 'UserErrorBackupOperationInProgress', text: null, recommendations: [] }];
    const beaten = job({ name: 'job-1', status: 'Failed', errors });
    const other = job({ name: 'other' });
    let started = false;
    const script = (seconds: () => number) =>
      usual(
        {
          jobs: async () => (started ? [other] : []),
          job: async (_vault, id) =>
            id === 'other' ? { ...other, status: seconds() > 60 ? 'Completed' : 'InProgress' } : beaten,
        },
        { startBackup: async () => ((started = true), accepted) },
      )();
    const ran = await backUp(script);
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'other' });
    const alone = await backUp(usual({ job: async () => beaten }));
    expect(alone.outcome).toMatchObject({ ended: 'failed' });
  });

  test('Azure has forgotten the operation: after a while the job is found by the attempt’s ID, or reported as gone', async () => {
    const forgotten = (jobs: readonly ReturnType<typeof job>[]) => {
      let isSent = false;
      return usual(
        { operation: async () => null, jobs: async () => (isSent ? [...jobs] : []) },
        { startBackup: async () => ((isSent = true), accepted) },
      );
    };
    const others = job({ name: 'scheduled', activityId: 'attempt-2' });
    const found = await backUp(forgotten([others, job({ activityId: 'ATTEMPT-1', status: 'Completed' })]));
    expect(found.outcome).toMatchObject({ ended: 'done', jobId: 'job-1' });
    expect(found.way.filter((stage) => stage.startsWith('accepted'))).toHaveLength(21);
    const gone = await backUp(forgotten([others]));
    expect(gone.outcome).toMatchObject({ ended: 'failed', failure: { internal: 'job-vanished', jobId: null } });
    expect([found.sent, gone.sent]).toEqual([['back-up'], ['back-up']]);
  });

  test('a job disappears: looked for a while, then reported; one that comes back is followed', async () => {
    const gone = await backUp(usual({ job: async () => null }));
    expect(gone.outcome).toMatchObject({ ended: 'failed', failure: { internal: 'job-vanished', jobId: 'job-1' } });
    expect(gone.way.filter((stage) => stage.startsWith('job'))).toHaveLength(21);
    const back = await backUp((seconds) => usual({ job: async () => (seconds() < 150 ? null : completed) })());
    expect(back.outcome).toMatchObject({ ended: 'done' });
  });

  test('completed, but its point doesn’t show: done, and reported as unproven, after two minutes', async () => {
    const old = { ...point, time: after(-7200) };
    const ran = await backUp(usual({ recoveryPoints: async () => [old] }));
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-1', point: null });
    expect(ran.seconds).toBeGreaterThanOrEqual(120);
    expect(ran.seconds).toBeLessThan(135);
  });

  test('unreadable points don’t make a success a failure', async () => {
    const ran = await backUp(usual({ recoveryPoints: () => Promise.reject(fault('forbidden')) }));
    expect(ran.outcome).toMatchObject({ ended: 'done', point: null });
  });

  test('a list without its point doesn’t keep it waiting', async () => {
    const ran = await backUp(usual({ recoveryPoints: () => Promise.reject(fault('garbled')) }));
    expect(ran.outcome).toMatchObject({ ended: 'done', point: null });
  });

  test('of several points the newest of this job counts', async () => {
    const points = [
      { ...point, time: after(-86_400) },
      { ...point, time: after(10) },
      point,
      { ...point, time: after(-7200) },
    ];
    const ran = await backUp(usual({ recoveryPoints: async () => points }));
    expect(ran.outcome).toMatchObject({ point: { time: after(30).toISOString() } });
  });
});

describe('cancelling', () => {
  const cancelled = (at: number) => (seconds: () => number) => {
    let asked = 0;
    return usual(
      { job: async () => (asked > 0 && seconds() > at + 20 ? job({ status: 'Cancelled' }) : job()) },
      { cancelJob: async () => (asked++, { requestId: 'r-2', date: null }) },
    )();
  };

  test('a cancel is requested from Azure once, and the job followed to its end', async () => {
    const ran = await backUp(cancelled(15), { cancelAt: 15 });
    expect(ran.outcome).toMatchObject({ ended: 'cancelled', jobId: 'job-1', byUs: true });
    expect(ran.sent).toEqual(['back-up', 'cancel-job']);
    expect(ran.calls.filter((call) => call === 'cancelJob')).toHaveLength(1);
  });

  test('a job that somebody cancelled in the portal is reported as that', async () => {
    const ran = await backUp(usual({ job: async () => job({ status: 'Cancelled' }) }));
    expect(ran.outcome).toMatchObject({ ended: 'cancelled', byUs: false });
  });

  test('too late: the refusal doesn’t end it, the backup continues and its end is reported', async () => {
    const ran = await backUp(
      (seconds) =>
        usual(
          { job: async () => (seconds() < 60 ? job({ cancellable: false }) : completed) },
          { cancelJob: () => Promise.reject(fault('refused', { code: 'UserErrorCancelNotAllowed' })) },
        )(),
      { cancelAt: 15 },
    );
    expect(ran.outcome).toMatchObject({ ended: 'done', jobId: 'job-1' });
    expect(ran.calls.filter((call) => call === 'cancelJob')).toHaveLength(1);
  });

  test('the answer to it is lost: the job that is being cancelled is the trace', async () => {
    let asked = 0;
    const ran = await backUp(
      (seconds) =>
        usual(
          { job: async () => (asked === 0 ? job() : job({ status: seconds() < 60 ? 'Cancelling' : 'Cancelled' })) },
          { cancelJob: async () => (asked++, Promise.reject(fault('unavailable'))) },
        )(),
      { cancelAt: 15 },
    );
    expect(ran.outcome).toMatchObject({ ended: 'cancelled', byUs: true });
    expect(asked).toBe(1);
  });

  test('it can be cancelled only while the snapshot is taken, by the order of the tasks, not their names', async () => {
    const inTransfer = job({
      tasks: [
        { name: 'Momentopname maken', status: 'Completed' },
        { name: 'Kopiëren', status: 'InProgress' },
      ],
    });
    const at = async (now: ReturnType<typeof job>) =>
      (await backUp(usual({ job: async () => now }), { maxSeconds: 5 })).state.memo;
    expect(await at(job())).toMatchObject({ phase: 'snapshot', cancellable: true });
    expect(await at(inTransfer)).toMatchObject({ phase: 'transfer', cancellable: false });
    expect(await at(job({ tasks: [] }))).toMatchObject({ phase: 'other', cancellable: false });
    expect(await at(job({ cancellable: false }))).toMatchObject({ phase: 'snapshot', cancellable: false });
  });
});

describe('the proof of it', () => {
  const english = words({ locale: 'en', timeZone: 'UTC', simulated: true });
  const { say } = english;
  test.each([
    [true, say('closing.keys-with-disks')],
    [false, say('closing.keys-not-needed')],
    [null, say('closing.keys-unknown')],
  ])('whether the point has encrypted disks: %s', (encrypted, says) => {
    const outcome = { ended: 'done', point: { ...told, encrypted } } as const;
    const shown = backUpWords.proof(english, part, { outcome, memo: {}, alone: true, done: new Set(), now: after(0) });
    expect(JSON.stringify(shown)).toContain(says);
  });
});
