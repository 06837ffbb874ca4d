/** The cards that only show something: the views of the estate contoso, help and the home page. */
import { homeSheet, type HomeFound } from '../../../src/bot/turn/home-sheet.ts';
import { helpLines } from '../../../src/bot/commands/commands.ts';
import { helpSheet } from '../../../src/bot/commands/help-sheet.ts';
import { weekdays } from '../../../src/core/schedule.ts';
import type { Books } from '../../../src/core/books.ts';
import { toJson } from '../../../src/core/json.ts';
import { words, type FindingToSay } from '../../../src/message/words.ts';
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { views } from '../../../src/views/views.ts';
import { mockUp } from '../../message/mock-ups.ts';
import { change, contoso, find, protect } from '../../readiness/support/contoso.ts';
import * as f from '../../readiness/support/facts.ts';
import { readsOf, type Failure, type World } from '../../readiness/support/world.ts';
import type { DrillBooks } from '../../../src/operations/parts/drill-books.ts';
import { estateWith, noDrills } from '../estate.ts';
import { booksWith, monthOf, noBooks } from '../books.ts';
import type { Plan } from '../../../src/operations/parts/plan.ts';
import { ended, operationOf, planned } from './operation-kinds.ts';
import { dialog, now, type Kinds } from './readiness-kinds.ts';

/** Jobs of one night: two VMs failed, one of them twice, one job runs, and some went well. */
function busyNight(): World {
  const world = contoso();
  const made = (name: string, vm: string, over: Parameters<typeof f.job>[2]) =>
    world.jobs.push(f.job(find(world, vm), 'rsv-prod-weu', { id: `/j/${name}`, name, ...over }));
  made('aaaaaaaa-1', 'vm-app-01', {});
  made('aaaaaaaa-2', 'vm-hr-01', { status: 'Failed' });
  made('aaaaaaaa-3', 'vm-hr-02', { status: 'Failed' });
  made('aaaaaaaa-4', 'vm-app-02', { status: 'InProgress' });
  return world;
}

/** Errors that pass, of one VM, of two, and of one that was backed up since; one with fixes; one that nobody knows. */
function passingNight(): World {
  const world = contoso();
  const startTime = new Date('2026-11-23T23:00:00Z');
  const made = (vm: string, over: Parameters<typeof f.job>[2]) =>
    world.jobs.push(f.job(find(world, vm), 'rsv-prod-weu', { id: `/j/${vm}`, name: `job-${vm}`, ...over }));
  const failed = (title: string, ...vms: string[]) => {
    const errors = [{ title, number: null, text: 'It broke.', recommendations: [] }];
    for (const vm of vms) made(vm, { status: 'Failed', startTime, errors });
  };
  failed('VMRestorePointInternalError', 'vm-app-01');
  failed('UserErrorVmNotInDesirableState', 'vm-plain-01', 'vm-cmk-01');
  failed('CopyingVHDsFromBackUpVaultTakingLongTime', 'vm-neu-01');
  made('vm-neu-01', { startTime: now, endTime: now });
  failed('UserErrorFsFreezeFailed', 'vm-off-01');
  failed('UserErrorOfNobody', 'vm-many-01');
  return world;
}

/** Much that will fail tonight, and a deleted VM, one without a recent point, and keys that expire soon. */
function badNight(): World {
  const world = contoso();
  const names = ['vm-web-01', 'vm-web-02', 'vm-rbac-01', 'vm-sql-01', 'vm-lock-01', 'vm-agentless-01'];
  const points = [f.point('2026-11-23T23:04:00Z', { encrypted: false })];
  for (const name of names) protect(world, name, { points });
  const old = f.point('2026-11-12T23:04:00Z', { encrypted: false });
  protect(world, 'vm-off-01', { points: [old] });
  world.items = world.items.map((item) =>
    item.friendlyName === 'vm-off-01' ? { ...item, lastRecoveryPoint: old.time } : item,
  );
  change(world, 'vm-web-01', { tags: { owner: 'Ana de Vries' } });
  change(world, 'vm-sql-01', { tags: { owner: 'Ana de Vries' } });
  world.vms = world.vms.filter(({ name }) => name !== 'vm-lock-01');
  world.accounts = world.accounts.filter(({ region }) => region !== 'northeurope');
  const expires = new Date('2026-12-01T00:00:00Z');
  world.keys['kv-prod-weu/kek'] = [{ name: 'kek', version: 'k1', enabled: true, expires }];
  return world;
}

/** Three VMs of one entry, which nobody has allowed: all are overdue, and the last drill of one failed. */
const overdue: DrillBooks = {
  ...noDrills,
  entries: [
    {
      ...{ match: {}, group: '', subnet: '', staging: '', keepMs: 0, from: 'newest' },
      schedule: { name: 'sql-monthly', days: 28, starts: { days: weekdays, time: '02:00' }, atOnce: 1, channel: '' },
    },
  ],
  vmsOf: () => ['a', 'b', 'c'].map((id) => ({ id, name: id, entry: 'sql-monthly' })),
  books: async () => new Map([['a', { endedAt: new Date(0), result: 'failed', refused: null, triedOn: null }]]),
};

const view =
  (
    typed: string,
    {
      world = busyNight(),
      failing = [],
      books = noBooks,
      drills = noDrills,
    }: { world?: World; failing?: readonly Failure[]; books?: Books; drills?: DrillBooks } = {},
  ) =>
  async (look: RenderContext) => {
    const [name, ...args] = typed.split(' ');
    const asked = views.find((one) => one.name === name)!;
    const { reads } = readsOf(world, failing);
    const estate = estateWith(reads, { now: () => now, azureNow: () => now, books, drills });
    const result = toJson(await asked.query(args, estate));
    return asked.draw({
      words: words(look),
      result,
      looking: { page: 1, filter: '' },
      readAt: now,
      now,
      button: (made) => ({ ...made, data: { ...made.data, dialog, revision: 3 }, withInputs: made.verb === 'submit' }),
      pages: (count) =>
        count > 1
          ? [{ title: words(look).say('button.page-next'), verb: 'submit', data: { dialog, revision: 3, page: '2' } }]
          : [],
    });
  };

const unread: readonly Failure[] = [
  { method: 'jobs', kind: 'forbidden', at: 'rsv-prod-weu' },
  { method: 'protectedItems', kind: 'forbidden', at: 'rsv-prod-weu' },
];

const may = { lines: helpLines, look: true, may: () => true, gives: () => true, approves: true };
const nobody = { list: [], all: 0 };
const ana = { id: 'ana', unlinked: false } as never;
/** An operation as the store has it, which its own conversation saw in English. */
const told = (plan: Plan, as: Parameters<typeof operationOf>[1]) => ({
  list: [{ ...operationOf(plan, as), says: 'as it was said where it is' }],
  all: 1,
});
const home =
  (over: () => object | Promise<object>) =>
  async (look: RenderContext): Promise<CardMessage> => {
    const found = {
      asked: nobody,
      running: nobody,
      runningJobs: [],
      failed: nobody,
      failedJobs: [],
      lacks: [],
      now,
      approvals: [],
      requests: [],
      vms: [{ title: 'vm-app-01 · rg-app', value: 'vm-app-01' }],
      ...(await over()),
    };
    return { template: 'sheet', data: homeSheet(words(look), found as HomeFound, ana) };
  };
const refused = ended({
  ended: 'failed',
  failure: { origin: 'internal', codes: [], says: [], internal: 'key-vault-changed', requestId: null, jobId: null },
});
const jobBody = (vm: string) => ({
  ...{ id: `/jobs/${vm}`, name: vm, vaultId: '', vmName: vm, containerName: null, operation: 'Backup' },
  ...{ status: 'Failed', startTime: now, endTime: now, activityId: null, percent: null },
  errors: [{ number: 400101, title: 'UserErrorGuestAgentStatusUnavailable', text: 'No agent.', recommendations: [] }],
});
const job = (vm: string, finding: FindingToSay | null = null) => ({
  ...{ vm, operation: 'Backup', startedAt: now, body: jobBody(vm), finding },
});
const deletedKeyVault = { code: 'key-vault.deleted', params: { keyVault: 'kv-hr-weu' } };
const failedLast = async () => told(await planned('vm-web-01', 'grant-key-vault-access'), { parts: [refused] });
const asked = async () =>
  told(await planned('vm-sql-01', 'protect'), { parts: [ended({ ended: 'done' })], status: 'succeeded' });

/** By what they say. */
export const viewKinds: Kinds = {
  status: view('status'),
  'status-well': view('status', { world: contoso() }),
  'status-bad': view('status', { world: badNight() }),
  'status-unread': view('status', { failing: unread }),
  'status-table': view('status vm-app-01 vm-sql-01 vm-hr-01 vm-nix'),
  jobs: view('jobs'),
  'jobs-failed': view('jobs failed'),
  'jobs-passing': view('jobs failed', { world: passingNight() }),
  'job-passing': view('job vm-app-01', { world: passingNight() }),
  'jobs-unread': view('jobs failed', { failing: unread }),
  'jobs-mistyped': view('jobs faild'),
  'job-failed': view('job vm-hr-01'),
  'job-done': view('job vm-app-01'),
  'job-running': view('job vm-app-02'),
  'job-none': view('job vm-nix'),
  unprotected: view('unprotected'),
  'unprotected-filtered': view('unprotected rg-web'),
  'unprotected-unread': view('unprotected', { failing: unread }),
  protected: view('protected', { world: badNight() }),
  'protected-filtered': view('protected rg-web', { world: badNight() }),
  'protected-unread': view('protected', { failing: unread }),
  digest: view('digest', { books: booksWith(monthOf(now), { approvals: 2, reviews: 1 }) }),
  'digest-bad': view('digest', {
    drills: overdue,
    world: badNight(),
    books: booksWith({ ...monthOf(now), isCut: true }),
  }),
  'digest-unread': view('digest', {
    failing: unread,
    books: booksWith({ silent: [{ vault: 'rsv-prod-weu', since: '2026-11-20T08:00:00.000Z' }] }),
  }),
  'digest-quiet': view('digest', { world: contoso() }),
  'forecast-daily': (look) => Promise.resolve(mockUp('dailyForecast', look)),
  secrets: (look) => Promise.resolve(mockUp('secrets', look)),
  forecast: view('forecast'),
  'forecast-bad': view('forecast', { world: badNight() }),
  'forecast-filtered': view('forecast vm-app-01'),
  'forecast-unread': view('forecast', { failing: unread }),
  'forecast-nothing': view('forecast nothere'),
  vaults: view('vaults'),
  'vaults-nothing': view('vaults nothere'),
  policies: view('policies'),
  help: (look) => helpSheet(words(look), { ...may, slack: true, personal: true, platform: 'teams' }),
  'help-slack': (look) => helpSheet(words(look), { ...may, slack: true, personal: true, platform: 'slack' }),
  home: home(async () => ({ asked: await asked() })),
  'home-failed': home(async () => ({
    failed: await failedLast(),
    failedJobs: [job('vm-hr-01', deletedKeyVault), job('vm-hr-02')],
    runningJobs: [job('vm-big-01')],
  })),
  'home-unread': home(() => ({ lacks: [{ vaults: ['rsv-prod-weu', 'rsv-test-weu'] }] })),
  'policies-of-vault': view('policies rsv-prod-neu'),
};
