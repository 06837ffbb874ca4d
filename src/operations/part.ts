/**
 * What an operation is made of. A plan is a list of parts, each one piece of work on one VM or key vault, tied together
 * by `after`. A part runs in stages; each stage is safe to repeat, since a crash may repeat it.
 */
import type { AzureGateway } from '../azure/gateway.ts';
import type { Log } from '../core/log.ts';
import type { GrantPart } from './grant-key-vault-access/plan.ts';
import type { ProtectPart } from './protect/plan.ts';
import type { BackUpPart } from './back-up-now/plan.ts';
import type { CancelPart } from './cancel-job/plan.ts';
import type { ChangePolicyPart, CreatePolicyPart } from './policy/plan.ts';
import type { PlannedRun } from '../readiness/next-run.ts';
import type { Waits } from './waits.ts';
import type { WriteOnce } from './write-once.ts';

/** What every part has: its place in the plan, and the parts that must have succeeded before it. */
export type PartBase = { readonly id: string; readonly after: readonly string[] };

/** A key vault that holds keys of a VM's disks. `model` null: it could not be read. */
export type PlannedKeyVault = {
  readonly id: string;
  readonly name: string;
  readonly model: 'policies' | 'roles' | null;
};

/** A VM as a plan names it. Rules ask for its tags, advice for its system; null where they could not be read. */
export type PlannedVm = {
  readonly id: string;
  readonly name: string;
  readonly os: 'Windows' | 'Linux' | null;
  readonly tags: Readonly<Record<string, string>> | null;
};

/** The parts there are. */
export type Part = GrantPart | ProtectPart | BackUpPart | CancelPart | CreatePolicyPart | ChangePolicyPart;

/** Why a part failed: Azure's own words, kept to be looked up in the knowledge and quoted. `ours`: what we ran into. */
export type Failure = {
  readonly origin: 'backup-job' | 'backup-operation' | 'arm' | 'ours';
  readonly codes: readonly string[];
  readonly says: readonly string[];
  readonly ours: OurTrouble | null;
  readonly requestId: string | null;
  readonly jobId: string | null;
};

/** What can go wrong without an error from Azure. */
export type OurTrouble =
  | 'job-vanished'
  | 'vm-vanished'
  | 'key-vault-changed'
  | 'key-vault-vanished'
  | 'not-shown-after-grant'
  | 'azure-silent'
  | 'protected-otherwise'
  | 'protection-stopped'
  | 'no-grant-identity'
  | 'not-allowed-any-more'
  | 'too-late-to-cancel'
  | 'policy-name-taken'
  | 'policy-vanished'
  | 'policy-changed'
  | 'policy-not-shown';

/** The recovery point that proves a backup. `encrypted` as Azure tells it. */
export type PointMade = {
  readonly time: string;
  readonly consistency: string | null;
  readonly encrypted: boolean | null;
  readonly tiers: readonly string[];
};

/** How the protection of the VM stood at the end of a part. `lastGood` null: there is no recovery point. */
export type Standing = PlannedRun & {
  readonly lastGood: string | null;
  readonly points: number;
  readonly policy: string | null;
};

type Told = { readonly stands?: Standing };

/** How a part ended. `half-done`: the snapshot is there, the copy is not. `skipped`: one before it failed. */
export type Outcome =
  | (Told & {
      readonly ended: 'done';
      readonly adopted?: boolean;
      readonly jobId?: string | null;
      readonly point?: PointMade | null;
    })
  | (Told & {
      readonly ended: 'half-done';
      readonly jobId: string;
      readonly point: PointMade | null;
      readonly failure: Failure;
    })
  | (Told & { readonly ended: 'failed'; readonly failure: Failure })
  | (Told & { readonly ended: 'cancelled'; readonly jobId: string | null; readonly byUs: boolean })
  | { readonly ended: 'skipped'; readonly because: string };

/** Where a part stands. `memo` is the stages' own; `shows` is what its card shows of it. */
export type PartState = {
  readonly stage: string;
  readonly dueAt: string;
  readonly began: string | null;
  readonly memo: Memo;
  readonly outcome: Outcome | null;
  readonly endedAt: string | null;
};

/** What stages hand to one another; every field is optional since each kind of part uses its own. */
export type Memo = {
  readonly operationId?: string;
  readonly requestId?: string | null;
  readonly jobId?: string;
  readonly joined?: boolean;
  readonly phase?: 'snapshot' | 'transfer' | 'other';
  readonly phaseSince?: string;
  readonly cancellable?: boolean;
  readonly jobStarted?: string | null;
  readonly seenAt?: string;
  readonly since?: string;
  readonly tries?: number;
  readonly until?: string;
  readonly cancelling?: boolean;
  /** Who asked for the cancel may not: the job that is followed is somebody else's. */
  readonly cancelBarred?: boolean;
  /** The median time of earlier backups of this VM, and how many there were. */
  readonly usualMs?: number;
  readonly usualOf?: number;
  /** Since when Azure does not answer. */
  readonly silentSince?: string;
  readonly refreshVault?: string;
};

/** What a stage comes to: another stage after a while, or the part's end. */
export type Next =
  | { readonly stage: string; readonly inMs: number; readonly memo?: Memo }
  | { readonly outcome: Outcome; readonly memo?: Memo };

/** What a stage gets. `wishes` is what people asked for since the start. */
export type Run<P extends Part = Part> = {
  readonly part: P;
  readonly memo: Memo;
  readonly began: Date;
  readonly now: Date;
  readonly azure: AzureGateway;
  readonly waits: Waits;
  readonly wishes: { readonly cancel: boolean };
  readonly others: (partId: string) => PartState | null;
  readonly write: WriteOnce;
  readonly log: Log;
  /** How long the newest backups of a container took, in milliseconds; empty where none is known. */
  readonly history: (containerName: string) => Promise<readonly number[]>;
};

/** A kind of part: its stages by name, the one it begins with, and those that only look, so that they may run early. */
export type PartRunner<P extends Part> = {
  readonly first: string;
  readonly looking?: readonly string[];
  readonly stages: Readonly<Record<string, (run: Run<P>) => Promise<Next>>>;
};
