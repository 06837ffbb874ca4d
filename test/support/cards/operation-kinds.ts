/**
 * The cards of operations that are running or have ended, rendered by the product from the states that a run leaves.
 */
import { undrawnCard } from '../../../src/bot/operation/operation-now.ts';
import { unreadableCard } from '../../../src/bot/operation/close-unreadable.ts';
import type { RenderContext } from '../../../src/message/card-data.ts';
import { words } from '../../../src/message/words.ts';
import { cancelDialog } from '../../../src/operations/backup/cancel-job/dialog.ts';
import { drawOperation } from '../../../src/operations/cards/operation-card.ts';
import type { Failure, Outcome, PartState, ProtectionStatus } from '../../../src/operations/ground/part.ts';
import type { Plan } from '../../../src/operations/parts/plan.ts';
import type { BackupChoice } from '../../../src/operations/backup/protect/choices.ts';
import type { BackupKnown } from '../../../src/operations/backup/protect/known.ts';
import { planOfChoice } from '../../../src/operations/backup/protect/plan-backup.ts';
import { briefOf } from '../../../src/operations/backup/protect/batch/brief.ts';
import { drawBatch } from '../../../src/operations/backup/protect/batch/draw-batch.ts';
import type { BatchKnown } from '../../../src/operations/backup/protect/batch/choice.ts';
import { planBatch } from '../../../src/operations/backup/protect/batch/plan-batch.ts';
import * as f from '../../readiness/support/facts.ts';
import { drawn, knownOf, now, unregistered, type Kinds } from './readiness-kinds.ts';

const ana = { id: 'ana', platform: 'teams', platformId: '29:ana', name: 'Ana de Vries' } as never;
const began = new Date(now.getTime() - 4 * 60_000).toISOString();
const protection: ProtectionStatus = {
  lastGood: '2026-11-23T23:04:00Z',
  points: 14,
  policy: 'DefaultPolicy',
  nextRun: '2026-11-24T23:00:00Z',
} as ProtectionStatus;

const undrawn = { plan: { version: 3 as const, vms: [{ id: 'vm', name: 'vm-app-01' }], parts: [] } };

/** A part that has ended, and one that hasn't. */
export const ended = (outcome: Outcome, memo: PartState['memo'] = {}): PartState => ({
  stage: 'end',
  dueAt: now.toISOString(),
  began,
  memo,
  silentSince: null,
  outcome,
  endedAt: now.toISOString(),
});
export const open = (over: Partial<PartState> = {}): PartState => ({
  stage: 'first',
  dueAt: now.toISOString(),
  began: null,
  memo: {},
  silentSince: null,
  outcome: null,
  endedAt: null,
  ...over,
});
const done: Outcome = { ended: 'done', protection };
const point = { time: '2026-11-24T02:12:00Z', consistency: 'AppConsistent', encrypted: true, tiers: [] };
const backedUp: Outcome = { ...done, point, jobId: '8eece52b-0000-0000-0000-000000000000' };
const job = { jobId: '8eece52b-0000-0000-0000-000000000000' };

const failure = (codes: readonly string[], says: readonly string[], over: Partial<Failure> = {}): Failure => ({
  origin: 'backup-job',
  codes,
  says,
  internal: null,
  requestId: '91f2a7c0-0000-0000-0000-000000000000',
  jobId: job.jobId,
  ...over,
});

type Card = {
  readonly parts: readonly PartState[];
  readonly status?: string;
  readonly asks?: Partial<{ cancelAsked: unknown; glass: unknown; approval: unknown }>;
};

/** An operation with its parts in these states. */
export function operationOf(plan: Plan, { parts, status = 'failed', asks }: Card) {
  const states = Object.fromEntries(plan.parts.map((part, index) => [part.id, parts[index] ?? open()]));
  return {
    id: '0f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c',
    status,
    plan,
    parts: states,
    digest: 'd',
    requester: ana,
    createdAt: new Date(began),
    cancelAsked: null,
    glass: null,
    approval: null,
    ...asks,
  } as Parameters<typeof drawOperation>[0]['operation'];
}

/** Its card. */
export function card(look: RenderContext, plan: Plan, as: Card) {
  return drawOperation({ words: words(look), operation: operationOf(plan, as), now });
}

export async function planned(name: string, go: BackupChoice): Promise<Plan> {
  const world = go.startsWith('register') ? unregistered() : undefined;
  const plan = planOfChoice((await knownOf(name, {}, world)) as BackupKnown, go);
  if (!plan) throw new Error(`no plan for ${name}`);
  return plan;
}

/** A VM and the choice pressed on its card: `vm-sql-01 protect`. */
const ofVm =
  (pressed: string, parts: readonly PartState[], more: Omit<Card, 'parts'> = {}) =>
  async (look: RenderContext) => {
    const [name = '', go = ''] = pressed.split(' ');
    return card(look, await planned(name, go as BackupChoice), { parts, ...more });
  };

const backupFails = (failed: Failure) =>
  ofVm('vm-app-01 back-up-now', [ended({ ended: 'failed', failure: failed, protection }, job)]);

const registerFails = (internal: Failure['internal'], ...codes: string[]) =>
  ofVm('vm-sql-01 register-provider', [
    ended({ ended: 'failed', failure: failure(codes, [], { origin: 'arm', internal, jobId: null }) }),
  ]);

async function many(): Promise<BatchKnown> {
  const names = ['vm-sql-01', 'vm-app-01', 'vm-web-01', 'vm-bek-01', 'vm-us-01', 'vm-off-01'];
  const rows = await Promise.all(
    names.map(async (name) => {
      const { reading } = await knownOf(name);
      if (!reading) throw new Error(`nothing known of ${name}`);
      return briefOf(name, reading.assessment, { choices: reading.choices, mayGrant: true });
    }),
  );
  return { asked: { names, keepDays: null }, table: { rows }, go: 'all' };
}

async function manyEnded(look: RenderContext, status: string, over: Partial<PartState> = {}) {
  const plan = planBatch(await many());
  const fails = failure(['UserErrorGuestAgentStatusUnavailable'], ['VM agent is unable to communicate with Azure.']);
  const parts = plan.parts.map((part) => {
    if (status === 'running') return part.does === 'grant-key-vault-access' ? ended(done) : open({ began, ...over });
    const isFailed = part.does === 'back-up-now' && part.vm.name === 'vm-app-01';
    return ended(
      isFailed ? { ended: 'failed', failure: fails, protection } : part.does === 'back-up-now' ? backedUp : done,
    );
  });
  return card(look, plan, { parts, status });
}

const running = {
  args: ['vm-app-01'],
  job: {
    found: {
      jobId: job.jobId,
      vaultId: f.vaultId('rsv-prod-weu'),
      vaultName: 'rsv-prod-weu',
      vm: { id: f.vmId('rg-app', 'vm-app-01'), name: 'vm-app-01', os: 'Windows', tags: {} },
      calledAs: 'vm-app-01',
      since: began,
      cancellable: true,
      startedBy: null,
    },
    several: [],
    unread: [],
  },
} as never;

const half = failure(['UserErrorVaultTransferFailed'], ['The snapshot could not be transferred to the vault.']);
const known = failure(
  ['UserErrorKeyVaultPermissionsNotConfigured'],
  ['Azure Backup Service does not have sufficient permissions to Key Vault for Backup of Encrypted Virtual Machines.'],
);
const long = failure(['ExtensionSnapshotFailedNoNetwork'], ['Snapshot operation failed due to no network.']);

/** By what they say. */
export const operationKinds: Kinds = {
  many: async (look) => drawBatch({ ...drawn(look), known: await many(), next: 'go' }),
  starting: ofVm('vm-sql-01 protect+back-up-now', [], { status: 'running' }),
  'starting-protection': ofVm('vm-sql-01 protect', [], { status: 'running' }),
  progress: ofVm(
    'vm-sql-01 protect+back-up-now',
    [ended(done), open({ began, memo: { ...job, phase: 'snapshot', phaseSince: began, cancellable: true } })],
    { status: 'running' },
  ),
  'progress-joined': ofVm(
    'vm-app-01 back-up-now',
    [open({ began, memo: { ...job, joined: true, phase: 'snapshot', phaseSince: began, cancellable: true } })],
    { status: 'running' },
  ),
  'progress-stalled': ofVm(
    'vm-sql-01 protect+back-up-now',
    [open({ began, stalled: { by: 'permission', since: began } })],
    { status: 'running' },
  ),
  'progress-grant': ofVm(
    'vm-web-01 grant-key-vault-access+protect+back-up-now',
    [open({ stage: 'wait', began, memo: { until: '2026-11-24T02:20:00Z' } })],
    { status: 'running' },
  ),
  'backed-up': ofVm('vm-sql-01 protect+back-up-now', [ended(done), ended(backedUp, job)], { status: 'succeeded' }),
  'protected-only': ofVm('vm-sql-01 protect', [ended(done)], { status: 'succeeded' }),
  granted: ofVm('vm-web-01 grant-key-vault-access', [ended(done)], { status: 'succeeded' }),
  'granted-role': ofVm('vm-rbac-01 grant-key-vault-access', [ended(done)], { status: 'succeeded' }),
  'granted-backed-up': ofVm(
    'vm-web-01 grant-key-vault-access+protect+back-up-now',
    [ended(done), ended(done), ended(backedUp, job)],
    {
      status: 'succeeded',
    },
  ),
  'progress-register': ofVm(
    'vm-sql-01 register-provider+protect+back-up-now',
    [open({ stage: 'follow', began, memo: { until: '2026-11-24T02:40:00Z' } })],
    { status: 'running' },
  ),
  registered: ofVm('vm-sql-01 register-provider', [ended({ ended: 'done' })], { status: 'succeeded' }),
  'registered-backed-up': ofVm(
    'vm-app-01 register-provider+back-up-now',
    [ended({ ended: 'done' }), ended(backedUp, job)],
    { status: 'succeeded' },
  ),
  'failed-register': registerFails('register-forbidden', 'AuthorizationFailed'),
  'failed-register-disabled': registerFails('subscription-disabled', 'ReadOnlyDisabledSubscription'),
  'failed-register-slow': registerFails('still-registering'),
  failed: backupFails(known),
  'failed-long': backupFails(long),
  'failed-kek': ofVm('vm-sql-01 protect+back-up-now', [
    ended(done),
    ended({ ended: 'failed', failure: known, protection }, job),
  ]),
  'failed-unknown': backupFails(
    failure(['CloudInternalError123'], ['Something that nobody has seen before happened.']),
  ),
  'failed-grant': ofVm('vm-web-01 grant-key-vault-access', [
    ended({ ended: 'failed', failure: failure(['Conflict'], ['Another update is in progress.'], { origin: 'arm' }) }),
  ]),
  'half-done': ofVm('vm-app-01 back-up-now', [
    ended({ ended: 'half-done', jobId: job.jobId, point, failure: half, protection }, job),
  ]),
  cancelled: ofVm(
    'vm-app-01 back-up-now',
    [ended({ ended: 'cancelled', jobId: job.jobId, byUs: true, protection }, job)],
    {
      status: 'cancelled',
      asks: { cancelAsked: ana },
    },
  ),
  'many-running': (look) => manyEnded(look, 'running'),
  'many-stalled': (look) => manyEnded(look, 'running', { stalled: { by: 'kluis', since: began } }),
  'many-closed': (look) => manyEnded(look, 'partly'),
  'operation-undrawn': (look) => Promise.resolve(undrawnCard({ ...undrawn, status: 'running' }, look)),
  'operation-undrawn-ended': (look) => Promise.resolve(undrawnCard({ ...undrawn, status: 'failed' }, look)),
  'operation-unreadable': (look) => Promise.resolve(unreadableCard(look)),
  'cancel-question': (look) => cancelDialog.draw({ ...drawn(look), known: running, next: 'go' }),
};
