import { expect, test } from '@jest/globals';
import { readOperation } from '../../src/operations/stored-operation.ts';

const part = {
  id: 'cancel',
  after: [],
  does: 'cancel-job',
  vm: { id: '/subscriptions/s/vm', name: 'vm', os: null, tags: null },
  vaultId: '/subscriptions/s/vault',
  vaultName: 'vault',
  jobId: 'job',
  startedBy: null,
};
const plan = { version: 3, vms: [], parts: [part] };
const state = { stage: 'inspect', dueAt: '2026-11-24T00:00:00Z', began: null, memo: {}, outcome: null, endedAt: null };

test('rows of the previous release are read with today’s names', () => {
  const failure = { origin: 'ours', codes: [], says: [], ours: 'job-vanished', requestId: null, jobId: 'job' };
  const stands = { nextRun: null, lastGood: null, points: 0, policy: null };
  const ended = { ...state, outcome: { ended: 'failed', failure, stands }, endedAt: state.dueAt };
  const read = readOperation({ plan: { ...plan, version: 1, goal: 'cancel-job' }, parts: { cancel: ended } });
  expect(read?.plan).toEqual(plan);
  expect(read?.parts['cancel']).toEqual({
    ...ended,
    silentSince: null,
    outcome: {
      ended: 'failed',
      failure: { origin: 'internal', codes: [], says: [], internal: 'job-vanished', requestId: null, jobId: 'job' },
      protection: stands,
    },
  });
});

test('a part that waits in a renamed stage continues in it', () => {
  const read = readOperation({ plan, parts: { cancel: { ...state, stage: 'look' } } });
  expect(read?.parts['cancel']).toEqual({ ...state, silentSince: null, stage: 'inspect' });
});

test('a plan of version 2 is read as intended', () => {
  expect(readOperation({ plan: { ...plan, version: 2 }, parts: { cancel: state } })?.plan).toEqual(plan);
});

test.each<[string, unknown, unknown]>([
  ['a plan of tomorrow', { ...plan, version: 4 }, { cancel: state }],
  ['no plan', null, { cancel: state }],
  ['a plan without parts', { ...plan, parts: [] }, {}],
  ['a part of tomorrow', { ...plan, parts: [{ ...part, does: 'paint' }] }, { cancel: state }],
  ['a part that lacks something', { ...plan, parts: [{ ...part, jobId: undefined }] }, { cancel: state }],
  ['a part without a state', plan, {}],
  ['a stage of tomorrow', plan, { cancel: { ...state, stage: 'paint' } }],
  ['a stage by the name of what every object has', plan, { cancel: { ...state, stage: 'constructor' } }],
  ['an end of tomorrow', plan, { cancel: { ...state, outcome: { ended: 'vanished' } } }],
])('%s is not read', (_, stored, parts) => {
  expect(readOperation({ plan: stored, parts })).toBeNull();
});
