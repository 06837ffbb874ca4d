/**
 * What an operation is made of. A plan is a list of parts, each one piece of work on one VM or key vault, ordered by
 * `after`. A part runs in stages; each stage is idempotent, since a crash may repeat it.
 */
import { z } from 'zod';
import type { AzureGateway } from '../../azure/gateway.ts';
import type { Log } from '../../core/log.ts';
import { keysOf, type KeyOf } from '../../message/words.ts';
import type { PlannedRun } from '../../readiness/next-run.ts';
import type { SharedWaits } from './waits.ts';
import type { IdempotentWrite, OnceWrite } from './idempotent-write.ts';

/**
 * What every part has: its place in the plan, and the parts that must have succeeded before it. `runs: 'always'`: it is
 * enough that they have ended, however they did; that is for cleaning up after others.
 */
export const partBase = {
  id: z.string(),
  after: z.array(z.string()).readonly(),
  runs: z.literal('always').optional(),
};
export type PartBase = {
  readonly id: string;
  readonly after: readonly string[];
  readonly runs?: 'always' | undefined;
  readonly does: string;
};

const plannedKeyVault = z
  .object({ id: z.string(), name: z.string(), model: z.enum(['policies', 'roles']).nullable() })
  .readonly();
/** A key vault that holds keys of a VM's disks. `model` null: it couldn't be read. */
export type PlannedKeyVault = z.infer<typeof plannedKeyVault>;

/** A VM as a plan names it. Rules need its tags, advice its operating system; null if they couldn't be read. */
export const plannedVm = z
  .object({
    id: z.string(),
    name: z.string(),
    os: z.enum(['Windows', 'Linux']).nullable(),
    tags: z.record(z.string(), z.string()).readonly().nullable(),
  })
  .readonly();
export type PlannedVm = z.infer<typeof plannedVm>;

/** A protected item as Azure addresses it. */
const plannedItem = z.object({ vaultId: z.string(), container: z.string(), item: z.string() }).readonly();

/** The fields of a part on a VM's backups. */
export const onItem = { ...partBase, vm: plannedVm, ref: plannedItem, vaultName: z.string() };

/** The same, if the keys of the VM's disks matter: `keyVaults` hold them; null: unread. */
export const onItemWithKeys = { ...onItem, keyVaults: z.array(plannedKeyVault).readonly().nullable() };

/** The types of one operation: its part, what its stages hand over, and its own waits. */
export type Kind = { readonly part: PartBase; readonly memo: object; readonly waits: object };

/** A failure without an error from Azure: anything that has words under `trouble`. */
export type InternalFailure = KeyOf<'trouble'>;

const failure = z
  .object({
    origin: z.enum(['backup-job', 'backup-operation', 'arm', 'internal']),
    codes: z.array(z.string()).readonly(),
    says: z.array(z.string()).readonly(),
    /** Azure's own recommendations; absent: none, or an older release didn't store them. */
    recommends: z.array(z.string()).readonly().optional(),
    internal: z.enum(keysOf('trouble')).nullable(),
    requestId: z.string().nullable(),
    jobId: z.string().nullable(),
  })
  .readonly();
/**
 * Why a part failed: Azure's own words, kept to be looked up in the knowledge and quoted. `internal`: a failure without
 * an Azure error.
 */
export type Failure = z.infer<typeof failure>;

const pointMade = z
  .object({
    time: z.string(),
    consistency: z.string().nullable(),
    encrypted: z.boolean().nullable(),
    tiers: z.array(z.string()).readonly(),
  })
  .readonly();
/** The recovery point that proves a backup. `encrypted` as Azure reports it. */
export type PointMade = z.infer<typeof pointMade>;

const protectionStatus = z
  .object({
    nextRun: z.string().nullable(),
    afterClockChange: z.boolean().optional(),
    lastGood: z.string().nullable(),
    points: z.number(),
    policy: z.string().nullable(),
    attempts: z.number().optional(),
  })
  .readonly() satisfies z.ZodType<PlannedRun>;
/**
 * The VM's protection at the end of a part. `lastGood` null: there is no recovery point. `attempts`: the on-demand
 * backups of that day in UTC, if the part failed and the jobs could be read.
 */
export type ProtectionStatus = z.infer<typeof protectionStatus>;

const told = { protection: protectionStatus.optional() };

const outcome = z.discriminatedUnion('ended', [
  z
    .object({
      ...told,
      ended: z.literal('done'),
      adopted: z.boolean().optional(),
      jobId: z.string().nullable().optional(),
      point: pointMade.nullable().optional(),
    })
    .readonly(),
  z
    .object({ ...told, ended: z.literal('half-done'), jobId: z.string(), point: pointMade.nullable(), failure })
    .readonly(),
  z.object({ ...told, ended: z.literal('failed'), failure }).readonly(),
  z.object({ ...told, ended: z.literal('cancelled'), jobId: z.string().nullable(), byUs: z.boolean() }).readonly(),
  z.object({ ended: z.literal('skipped'), because: z.string() }).readonly(),
]);
/** How a part ended. `half-done`: the snapshot exists, the copy doesn't. `skipped`: one before it failed. */
export type Outcome = z.infer<typeof outcome>;

const stalled = z.object({ by: z.enum(['permission', 'kluis']), since: z.string() }).readonly();
type Stalled = z.infer<typeof stalled>;
/** Why a write waits: Kluis can't check whether it is still permitted, or can't rely on its database or its clock. */
export type StalledBy = Stalled['by'];

/** The schema for any part's stored state; its memo is read by its operation. */
export const storedState = z
  .object({
    stage: z.string(),
    dueAt: z.string(),
    began: z.string().nullable(),
    memo: z.record(z.string(), z.unknown()),
    silentSince: z.string().nullable().default(null),
    stalled: stalled.optional(),
    faults: z.number().optional(),
    outcome: outcome.nullable(),
    endedAt: z.string().nullable(),
  })
  .readonly();

/**
 * The state of a part. `memo` belongs to its stages. `silentSince`: since when Azure hasn't answered; null: it does.
 * `stalled` absent: no write waits for anything but Azure. `faults`: how often in a row its stage has failed by a fault
 * of the program; absent: never.
 */
export type PartState<M extends object = object> = {
  readonly stage: string;
  readonly dueAt: string;
  readonly began: string | null;
  readonly memo: M;
  readonly silentSince: string | null;
  readonly stalled?: Stalled | undefined;
  readonly faults?: number | undefined;
  readonly outcome: Outcome | null;
  readonly endedAt: string | null;
};

/** The result of a stage: another stage after a while, or the part's end. */
export type Next<M extends object = object> =
  | { readonly stage: string; readonly inMs: number; readonly memo?: M }
  | { readonly outcome: Outcome; readonly memo?: M };

type ExceptedVm = { readonly id: string; readonly name: string };

/** Writes about exceptions to the KEK rule. A repeat for the same operation changes nothing. */
type KekExceptions = {
  readonly allow: (allowed: {
    readonly vm: ExceptedVm;
    readonly guid: string | null;
    readonly reason: string;
    readonly until: string;
  }) => Promise<void>;
  /** Ends those in effect for a VM. */
  readonly end: (vm: ExceptedVm) => Promise<void>;
};

/** Writes about standing approvals of drills. A repeat for the same operation changes nothing. */
type StandingDrills = {
  readonly allow: (allowed: {
    readonly entry: string;
    readonly shape: string;
    readonly until: string;
  }) => Promise<void>;
  /** Ends those of an entry. */
  readonly end: (entry: string) => Promise<void>;
};

/** What a stage gets. `cancelAsked`: somebody has requested a cancel since the start. */
export type Run<K extends Kind = Kind> = {
  readonly part: K['part'];
  readonly memo: K['memo'];
  readonly began: Date;
  readonly now: Date;
  readonly azure: AzureGateway;
  readonly waits: SharedWaits & K['waits'];
  /** The operation's ID, which names results where Azure allows it. */
  readonly operation: string;
  readonly cancelAsked: boolean;
  readonly others: (partId: string) => PartState | null;
  readonly write: IdempotentWrite;
  /** For writes that must not be sent a second time even if the first one was lost. */
  readonly writeOnce: OnceWrite;
  readonly log: Log;
  readonly kekExceptions: KekExceptions;
  readonly standingDrills: StandingDrills;
  /** How long the newest backups of a container took, in milliseconds; empty if none is known. */
  readonly history: (of: { readonly vaultId: string; readonly container: string }) => Promise<readonly number[]>;
};

/** How a part runs: its stages by name, its first one, and those that only read, which can run early. */
export type PartRunner<K extends Kind> = {
  readonly first: string;
  readonly readStages?: readonly string[];
  readonly stages: Readonly<Record<string, (run: Run<K>) => Promise<Next<K['memo']>>>>;
};
