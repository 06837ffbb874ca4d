/** The cards of a restore drill while it runs and at its end. */
import type { Failure, PartState } from '../../../src/operations/ground/part.ts';
import { drillPlan, pointsOf } from '../../../src/operations/drill/drill/choice.ts';
import { card, ended, open } from './operation-kinds.ts';
import { now, type Kinds } from './readiness-kinds.ts';
import { drillFound } from './restore-kinds.ts';

const group = '/subscriptions/s/resourceGroups/rg-drills/providers';
const made = [
  `${group}/Microsoft.Network/networkInterfaces/vm-app-01-drill-5bd3e6c8-nic`,
  `${group}/Microsoft.Compute/virtualMachines/vm-app-01-drill`,
];
const disks = ['vm-app-01-osdisk-20261128-090000', 'vm-app-01-datadisk-000-20261128-090000'].map(
  (name) => `${group}/Microsoft.Compute/disks/${name}`,
);
const done = (memo: PartState['memo'] = {}) => ended({ ended: 'done' }, memo);
const staged = { account: 'stkluisweu', container: 'vm-app-01-8149c07b' };
const isThere = [done(), done({ disks, staged }), done(), done({ made })];
const checked = done({
  running: true,
  agent: '2.7.41491.1172',
  disks: disks.map((id) => ({ name: id.split('/').at(-1) ?? id, encrypted: false })),
});
const silent: Failure = {
  origin: 'internal',
  codes: [],
  says: [],
  internal: 'agent-silent',
  requestId: null,
  jobId: null,
};

const drill =
  (parts: readonly PartState[], status: string): Kinds[string] =>
  (look) => {
    const found = drillFound();
    const plan = drillPlan({ found, point: pointsOf(found)[0]?.name ?? '' });
    if (!plan) throw new Error('nothing is planned');
    return Promise.resolve(card(look, plan, { parts, status }));
  };

/** By progress. */
export const drillKinds: Kinds = {
  'drill-runs': drill([...isThere, checked, open({ stage: 'keep', began: now.toISOString() })], 'running'),
  'drill-done': drill([...isThere, checked, done({ deleted: [...made, ...disks] }), done()], 'succeeded'),
  'drill-failed': drill(
    [
      ...isThere,
      ended({ ended: 'failed', failure: silent }, { running: true, agent: null }),
      done({ deleted: [...made, ...disks] }),
      done(),
    ],
    'partly',
  ),
};
