/** One upgrade and the way back, under load: people work all the time while processes of two releases come and go. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startServer } from '../bench/processes/postgres.ts';
import { startAzure, type SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import { unfinished } from '../bench/unfinished.ts';
import { checkEverything, rest } from '../soak/check-everything.ts';
import { seedSoakEstate } from '../soak/estate.ts';
import type { Finding } from '../soak/findings.ts';
import { ledgerOf, type Ledger } from '../soak/ledger.ts';
import { act } from '../soak/person.ts';
import { startPlatform, type Platform } from '../soak/platform.ts';
import { drawFrom } from '../soak/random.ts';
import { soakReplica } from '../soak/soak-run.ts';
import type { Queries } from '../../src/store/database.ts';
import { openToRead } from '../../src/store/open-to-read.ts';
import { fleetOf, type Fleet } from './fleet.ts';
import { thisRelease, type Release } from './other-release.ts';

/** From which release, for how long, from which seed, with how many people at a time. */
export type UpgradePlan = {
  readonly from: Release;
  readonly minutes: number;
  readonly seed: number;
  readonly people: number;
  readonly folder: string;
  readonly say: (line: string) => void;
};

/** What was in progress when a process came or went. */
type InTheMiddle = { readonly operations: number; readonly approvals: number; readonly dialogs: number };

/** The result. */
export type UpgradeResult = {
  readonly found: readonly Finding[];
  readonly steps: readonly { readonly step: string; readonly middle: InTheMiddle }[];
  readonly interactions: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly counts: Readonly<Record<string, number>>;
};

/** Some of what people start waits for somebody else. */
const config = `
roles: { operator: [everyone], approver: [everyone] }
rules:
  - { operation: protect, approvals: 1, within: 4h, start: 1h }
  - { operation: back-up-now, vm: 'vm-many-*1', approvals: 1, within: 4h, start: 1h }
`;

type Scene = {
  readonly plan: UpgradePlan;
  readonly azure: SimulatedAzure;
  readonly platform: Platform;
  readonly fleet: Fleet;
  readonly ledger: Ledger;
  readonly vms: readonly string[];
  readonly logFile: string;
  readonly q: Queries;
};

/** Makes it. */
export async function upgrade(plan: UpgradePlan): Promise<UpgradeResult> {
  const server = await startServer();
  // It is only read from here: the previous release creates the tables, and a process of this one changes them.
  const database = await openToRead({ databaseUrl: server.url, dataDir: plan.folder });
  const azure = await startAzure(soakReplica.speed);
  const logFile = join(plan.folder, 'log.jsonl');
  const where = { url: server.url, schema: 'public' };
  const dataDir = join(plan.folder, 'data');
  const fleet = fleetOf({ ...soakReplica, database: where, simulatorUrl: azure.url, dataDir, logFile, config });
  const platform = await startPlatform(fleet.url);
  try {
    const vms = await seedSoakEstate(azure);
    const ledger = ledgerOf(azure);
    return await play({ plan, azure, platform, fleet, ledger, vms, logFile, q: database.db });
  } finally {
    await fleet.end();
    await platform.close();
    await azure.end();
    await database.close();
    await server.stop();
  }
}

type Step = readonly [string, (fleet: Fleet) => Promise<void>];

/** There and back: each process of one release is replaced by one of the other, and both serve meanwhile. */
function steps(old: Release): readonly Step[] {
  const replace = (one: Release, by: Release, times: string): readonly Step[] => [
    [`the first ${by.name} process starts beside the ${one.name} ones${times}`, (fleet) => fleet.start(by)],
    [
      `the first ${one.name} one ends, the second ${by.name} one starts${times}`,
      (fleet) => fleet.drain(one).then(() => fleet.start(by)),
    ],
    [`the last ${one.name} one ends${times}`, (fleet) => fleet.drain(one)],
  ];
  return [...replace(old, thisRelease, ''), ...replace(thisRelease, old, ', back')];
}

async function play(scene: Scene): Promise<UpgradeResult> {
  const { plan, fleet, azure, platform, ledger, q } = scene;
  const [statuses, interactions] = [new Map<number, number>(), new Map<string, number>()];
  await fleet.start(plan.from);
  await fleet.start(plan.from);
  let isOver = false;
  const people = Array.from({ length: plan.people }, (_, n) =>
    act({ ...scene, statuses, interactions }, drawFrom(plan.seed, `person ${n}`), () => isOver),
  );
  const done: UpgradeResult['steps'][number][] = [];
  try {
    const all = steps(plan.from);
    for (const [step, make] of all) {
      const middle = await between(scene, all.length);
      plan.say(`${step}: ${JSON.stringify(middle)}`);
      await make(fleet);
      done.push({ step, middle });
    }
    await between(scene, all.length);
  } finally {
    isOver = true;
    await Promise.all(people);
  }
  const left = await rest(() => unfinished(q));
  await ledger.gather();
  const accidents = await fleet.accidents();
  await fleet.end();
  const about = { q, azure, platform, ledger, logFile: scene.logFile, left, accidents, statuses };
  const { found, counts } = await checkEverything({ ...about, troubles: new Map() });
  return { found: [...found, ...(await checkApprovals(q))], steps: done, interactions, statuses, counts };
}

/** How much longer than its share a step waits until something of each kind is in progress. */
const patienceMs = 180_000;

/** Lets everybody continue for a step's share of the time, and until something of each kind is in progress. */
async function between({ plan, ledger, q }: Scene, steps: number): Promise<InTheMiddle> {
  const end = performance.now() + (plan.minutes * 60_000) / (steps + 1);
  for (;;) {
    await pause(Math.min(5000, Math.max(200, end - performance.now())));
    await ledger.gather();
    const middle = await inTheMiddle(q);
    const [now, isOfEach] = [performance.now(), Object.values(middle).every((count) => count > 0)];
    if (now >= end && (isOfEach || now >= end + patienceMs)) return middle;
  }
}

async function inTheMiddle(q: Queries): Promise<InTheMiddle> {
  const operations = await q.selectFrom('operation').select('id').where('status', '=', 'running').execute();
  const approvals = await q.selectFrom('approval_request').select('id').where('state', '=', 'pending').execute();
  const dialogs = await q.selectFrom('dialog').select('id').where('status', '=', 'open').execute();
  return { operations: operations.length, approvals: approvals.length, dialogs: dialogs.length };
}

/** An approved request starts one operation; no operation is started by two. */
async function checkApprovals(q: Queries): Promise<Finding[]> {
  const rows = await q.selectFrom('approval_request').select(['id', 'state', 'operation_id']).execute();
  const started = rows.filter(({ state }) => state === 'started');
  const operations = new Set(started.map(({ operation_id }) => operation_id));
  return operations.size === started.length && !operations.has(null)
    ? []
    : [{ broken: 'an approved request starts one operation', what: `${started.length} started ${operations.size}` }];
}
