/** A gateway that answers what a test says, and a runner that takes a part through its stages in virtual time. */
import { AzureFault, type AzureFaultFacts, type AzureFaultKind } from '../../src/azure/faults.ts';
import type {
  Attempt,
  AzureGateway,
  AzureReads,
  BackupWrites,
  GrantWrites,
  JobFacts,
  ProtectedItem,
  RestoreIdentity,
} from '../../src/azure/gateway.ts';
import { silent } from '../../src/core/log.ts';
import type { Kind, Outcome, PartRunner, PartState, Run } from '../../src/operations/ground/part.ts';
import { afterSilence, afterStage } from '../../src/operations/wording/progress.ts';
import type { LiveClaim } from '../../src/operations/ground/send-deadline.ts';
import { realWaits } from '../../src/operations/list.ts';
import {
  ClaimLost,
  idempotentWrite,
  onceWrite,
  type AttemptBook,
} from '../../src/operations/ground/idempotent-write.ts';

/** Answers by method; a missing one fails the test, so that no call goes unnoticed. */
export type Script = {
  readonly reads?: Partial<AzureReads>;
  readonly writes?: Partial<BackupWrites>;
  readonly grants?: Partial<GrantWrites> | null;
  readonly restores?: Partial<RestoreIdentity> | null;
};

/** A gateway with a script, and the calls made to it, as `name`. */
export function scriptedAzure(script: Script, calls: string[]): AzureGateway {
  const answer = <T extends object>(side: string, of: Partial<T> | null | undefined): T =>
    new Proxy({} as T, {
      get:
        (_target, name: string) =>
        (...args: unknown[]) => {
          calls.push(name);
          const scripted = (of as Record<string, unknown> | undefined)?.[name] as
            | ((...all: unknown[]) => unknown)
            | undefined;
          if (!scripted) throw new Error(`the script has no answer for ${side}.${name}`);
          // Whatever becomes of a write here, it was sent.
          (args.at(-1) as Partial<Attempt> | undefined)?.deadline?.mayLeave();
          return scripted(...args);
        },
    });
  return {
    subscriptions: [subscription],
    reads: answer<AzureReads>('reads', { ...quietReads, ...script.reads }),
    writes: answer<BackupWrites>('writes', script.writes),
    grants: script.grants === null ? null : answer<GrantWrites>('grants', script.grants),
    restores: script.restores === null ? null : answer<RestoreIdentity>('restores', script.restores),
    clockSkew: () => 0,
  };
}

/** What is read at a part's end and decides nothing. */
const quietReads: Partial<AzureReads> = {
  protectedItem: () => Promise.resolve(null),
  recoveryPoints: () => Promise.resolve([]),
  policies: () => Promise.resolve([]),
};

export const subscription = '00000000-0000-0000-0000-00000000c0de';
export const vaultId = `/subscriptions/${subscription}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv`;
export const vmId = `/subscriptions/${subscription}/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/vm-sql-01`;
export const policyId = `${vaultId}/backupPolicies/DefaultPolicy`;
export const ref = {
  vaultId,
  container: 'IaasVMContainer;iaasvmcontainerv2;rg-sql;vm-sql-01',
  item: 'VM;iaasvmcontainerv2;rg-sql;vm-sql-01',
};

/** What happens while a part runs, and how it ended. */
export type Ran = {
  readonly outcome: Outcome | null;
  /** The stages in order, each with the seconds since the start: `put +5`. */
  readonly way: readonly string[];
  readonly calls: readonly string[];
  readonly state: PartState;
  readonly sent: readonly string[];
  readonly seconds: number;
};

/** How a part is run: when a cancel is requested, what ran before it, and when the process crashes and restarts. */
export type Around = {
  readonly cancelAt?: number;
  readonly others?: Readonly<Record<string, Partial<PartState>>>;
  /**
   * Crashes the worker once, right after Azure accepted the named call; the next one continues from the stored state.
   */
  readonly crashAfter?: string;
  readonly history?: readonly number[];
  readonly maxSeconds?: number;
};

/** The start of all virtual time. */
export const start = new Date('2026-11-24T03:00:00Z');

/** A moment of virtual time. */
export function after(seconds: number): Date {
  return new Date(start.getTime() + seconds * 1000);
}

class Crash extends Error {}

/**
 * Runs a part from its first stage to its end, or for `maxSeconds`. `script` gets the time, so that its answers can
 * change with it.
 */
export async function runPart<K extends Kind>(
  { runner, part }: { readonly runner: PartRunner<K>; readonly part: K['part'] },
  script: (seconds: () => number) => Script,
  around: Around = {},
): Promise<Ran> {
  let now = start;
  const seconds = () => (now.getTime() - start.getTime()) / 1000;
  const calls: string[] = [];
  const azure = scriptedAzure(script(seconds), calls);
  const book = memoryBook(() => now, around.crashAfter);
  const way: string[] = [];
  let state = firstState(runner.first);
  while (!state.outcome && seconds() <= (around.maxSeconds ?? 86_400)) {
    way.push(`${state.stage} +${Math.round(seconds())}`);
    const run = runOf<K>(part, { state, now, azure, around, book, seconds: seconds() });
    try {
      state = afterStage(state, await runner.stages[state.stage]!(run), now);
    } catch (error) {
      // As the worker does: after a crash or a failed read the stage stays as it is, due again.
      if (!(error instanceof Crash || error instanceof AzureFault)) throw error;
      state = afterSilence(state, realWaits.again, now);
    }
    now = new Date(Math.max(now.getTime(), Date.parse(state.dueAt)));
  }
  return { outcome: state.outcome, way, calls, state, sent: book.sent, seconds: seconds() };
}

function firstState(stage: string): PartState {
  return { stage, dueAt: start.toISOString(), began: null, memo: {}, silentSince: null, outcome: null, endedAt: null };
}

type Running = {
  readonly state: PartState;
  readonly now: Date;
  readonly azure: AzureGateway;
  readonly around: Around;
  readonly book: AttemptBook;
  readonly seconds: number;
};

function runOf<K extends Kind>(part: K['part'], { state, now, azure, around, book, seconds }: Running): Run<K> {
  return {
    part,
    memo: state.memo,
    began: state.began === null ? now : new Date(state.began),
    now,
    azure,
    waits: realWaits as unknown as Run<K>['waits'],
    operation: '00000000-0000-0000-0000-00000000000a',
    cancelAsked: around.cancelAt !== undefined && seconds >= around.cancelAt,
    others: (id) => (around.others?.[id] as PartState | undefined) ?? null,
    write: idempotentWrite(book, { waits: realWaits, claim: firmClaim, stop: new AbortController().signal }),
    writeOnce: onceWrite(book, { waits: realWaits, claim: firmClaim, stop: new AbortController().signal }),
    log: silent,
    standingDrills: { allow: async () => {}, end: async () => {} },
    kekExceptions: {
      allow: () => Promise.reject(new Error('no exception was asked for')),
      end: () => Promise.reject(new Error('no exception was to end')),
    },
    history: () => Promise.resolve(around.history ?? []),
  };
}

/** A claim that never expires. */
const firmClaim: LiveClaim = { gone: new AbortController().signal, isCurrent: () => true };

/** Attempts in memory, as JSON like in the database, so that nothing survives that wouldn't there. */
function memoryBook(now: () => Date, crashAfter: string | undefined): AttemptBook & { sent: string[] } {
  const all: { id: string; call: string; outcome: string | null; receipt: unknown; madeAt: Date }[] = [];
  const sent: string[] = [];
  let crashes = crashAfter === undefined ? 0 : 1;
  return {
    sent,
    past: async (call) =>
      all
        .filter((each) => each.call === call)
        .map((each) => ({ ...each, ageMs: now().getTime() - each.madeAt.getTime() }))
        .reverse(),
    mayBegin: async () => true,
    begin: async ({ id, call }) => {
      all.push({ id, call, outcome: null, receipt: null, madeAt: now() });
      sent.push(call);
      return true;
    },
    settle: async ({ id }, end) => {
      const attempt = all.find((each) => each.id === id);
      if (!attempt) throw new ClaimLost(id);
      if (attempt.call === crashAfter && crashes-- > 0) throw new Crash();
      Object.assign(attempt, JSON.parse(JSON.stringify(end)));
      return true;
    },
    startStopwatch: () => ({ elapsedMs: () => 0 }),
    newId: () => `attempt-${all.length + 1}`,
  };
}

/** A failed call of Azure. */
export function fault(kind: AzureFaultKind, facts: Partial<AzureFaultFacts> = {}): AzureFault {
  const none = {
    doing: 'asking',
    status: null,
    code: null,
    says: null,
    requestId: null,
    retryAfterMs: null,
    action: null,
  };
  return new AzureFault({ kind, ...none, ...facts });
}

/** A protected item of the VM of these tests. */
export function item(fields: Partial<ProtectedItem> = {}): ProtectedItem {
  return {
    ref,
    id: `${vaultId}/items/1`,
    vmId,
    friendlyName: 'vm-sql-01',
    protectionState: 'IRPending',
    policyId,
    policyName: 'DefaultPolicy',
    lastBackupStatus: null,
    lastBackupTime: null,
    lastRecoveryPoint: null,
    softDeleted: null,
    diskChoice: null,
    ...fields,
  };
}

/** A backup job of the VM of these tests. */
export function job(fields: Partial<JobFacts> = {}): JobFacts {
  return {
    id: `${vaultId}/backupJobs/job-1`,
    name: 'job-1',
    vaultId,
    vmName: 'vm-sql-01',
    containerName: 'iaasvmcontainerv2;rg-sql;vm-sql-01',
    operation: 'Backup',
    status: 'InProgress',
    startTime: start,
    endTime: null,
    activityId: null,
    cancellable: true,
    errors: [],
    tasks: [
      { name: 'Take Snapshot', status: 'InProgress' },
      { name: 'Transfer data to vault', status: 'NotStarted' },
    ],
    percent: null,
    remainingMs: null,
    staged: null,
    bag: [],
    ...fields,
  };
}
