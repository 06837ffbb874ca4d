/** The cards of restores and of stopped and resumed backups, while they run and at their end. */
import type { RenderContext } from '../../../src/message/card-data.ts';
import type { Failure, PartState } from '../../../src/operations/ground/part.ts';
import type { Plan } from '../../../src/operations/parts/plan.ts';
import { planOf as planOfProtection, partOf } from '../../../src/operations/backup/protection/choice.ts';
import type { Backups, Change } from '../../../src/operations/backup/protection/found.ts';
import { planOf as planOfReplacement } from '../../../src/operations/restore/replace-disks/choice.ts';
import { planOf } from '../../../src/operations/restore/restore-disks/choice.ts';
import { cleanUpPlan } from '../../../src/operations/restore/continue-restore/resume.ts';
import { disks, disksRestored } from './key-kinds.ts';
import { card, ended, open } from './operation-kinds.ts';
import { now, type Kinds } from './readiness-kinds.ts';
import { backups, chosen, current, forVm, machine, plain, replaced, restorable, stopped } from './restore-kinds.ts';

const found = { restorable, several: [], unread: [] };

function sure(plan: Plan | null): Plan {
  if (!plan) throw new Error('nothing is planned');
  return plan;
}

/** A restore whose disks become a VM. */
export const vmPlan = sure(planOf({ ...forVm, machine, found }));
const keysThere = [ended({ ended: 'done' }, { done: [] }), ended({ ended: 'done' }, { written: [] })];
const group = '/subscriptions/s/resourceGroups/rg-restore/providers';
const made = [
  `${group}/Microsoft.Network/networkInterfaces/vm-app-01-restored-5bd3e6c8-nic`,
  `${group}/Microsoft.Compute/virtualMachines/${machine.name}`,
];

/** Azure restores the disks. */
export const restoreRunning = (look: RenderContext) => {
  const job = { operationId: '1', jobId: '8eece52b-0000-0000-0000-000000000000' };
  const memo = { ...job, percent: 30, remainingMs: 7_200_000 };
  return card(look, vmPlan, { parts: [open({ stage: 'job', began: now.toISOString(), memo })], status: 'running' });
};

/** It is done, with its VM. */
export const vmMade = (look: RenderContext) => {
  const encrypted = ['osdisk', 'datadisk-000'].map((disk) => ({ name: `vm-app-01-${disk}`, encrypted: true }));
  const addresses = { privates: ['10.30.1.7'], unread: 0, publics: ['203.0.113.24'], publicUnread: 0 };
  const after = [
    ended({ ended: 'done' }, { made }),
    ended({ ended: 'done' }, { os: 'Windows' }),
    ended({ ended: 'done' }, { running: true, agent: '2.7.41491.1172', disks: encrypted, addresses }),
    ended({ ended: 'done' }, { deleted: ['a', 'b', 'c'], others: 0 }),
  ];
  const approval = { approvers: ['Ben Okafor'], ticket: 'CHG0012345' };
  return card(look, vmPlan, {
    parts: [disksRestored, ...keysThere, ...after],
    status: 'succeeded',
    asks: { approval },
  });
};

/** Its VM couldn't be created: the disks exist, and it can be continued or cleaned up. */
export const vmFailed = (look: RenderContext) => {
  const failure: Failure = {
    origin: 'arm',
    codes: ['SkuNotAvailable'],
    says: [
      "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: Standard_D4s_v5' is currently not available in location 'westeurope'.",
    ],
    internal: null,
    requestId: '91f2a7c0-0000-0000-0000-000000000000',
    jobId: null,
  };
  const skipped = ended({ ended: 'skipped', because: 'create-vm' });
  const after: readonly PartState[] = [
    ended({ ended: 'failed', failure }, { made: made.slice(0, 1) }),
    ...[skipped, skipped, skipped],
  ];
  return card(look, vmPlan, { parts: [disksRestored, ...keysThere, ...after], status: 'partly' });
};

const replacing =
  (state: PartState, status: string): Kinds[string] =>
  (look) => {
    const plan = planOfReplacement({ ...replaced, current, found: { restorable: plain, several: [], unread: [] } });
    return card(look, sure(plan), { parts: [state], status });
  };

const standsNow =
  (change: Change, over: Partial<Backups>): Kinds[string] =>
  (look) => {
    const known = { found: { backups: { ...backups, ...over }, several: [], unread: [] } };
    const part = partOf({ ...known, policy: stopped.resume.preset }, change);
    return card(look, sure(part && planOfProtection(part)), { parts: [ended({ ended: 'done' })], status: 'succeeded' });
  };

/** The deletion of what a restore of disks left when a later part failed. */
const cleanedUp: Kinds[string] = (look) => {
  const plan = sure(planOf({ ...chosen, found }));
  const clean = cleanUpPlan({ plan, parts: { restore: disksRestored }, digest: 'd' });
  const memo = { deleted: ['a', 'b', 'c'], others: 1 };
  return card(look, sure(clean), { parts: [ended({ ended: 'done' }, memo)], status: 'succeeded' });
};

/** By what they say. */
export const restoreEndKinds: Kinds = {
  'restore-running': restoreRunning,
  'vm-made': vmMade,
  'vm-failed': vmFailed,
  'replace-waits': replacing(open({ stage: 'wait', memo: { onSince: now.toISOString() } }), 'running'),
  'disks-replaced': replacing(ended({ ended: 'done' }, { disks }), 'succeeded'),
  'backups-stopped': standsNow('stop-protection', {}),
  'backups-resumed': standsNow('resume-protection', stopped),
  'backups-undeleted': standsNow('undelete', { standing: 'deleted', hoursLeft: 220 }),
  'cleaned-up': cleanedUp,
};
