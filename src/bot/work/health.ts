/**
 * What `/readyz` reports about parts that need a call to find out: the queue, and Azure with the bot's identity. They
 * are checked in the background, so that a probe never waits and never costs a call.
 */
import { AzureFault, type AzureFaultKind } from '../../azure/faults.ts';
import type { VaultFacts } from '../../azure/gateway.ts';
import { loggable, type Log } from '../../core/log.ts';
import type { Queue } from '../../jobs/queue.ts';
import { polledVaults } from '../../store/vault-polls.ts';
import { unreadLimit } from '../alerts/unread.ts';
import type { Deps } from '../deps.ts';
import type { SafetyGate } from '../rights/safety-gate.ts';

/** Why a part is unhealthy, in one word; null: it is healthy. */
type HealthReason = string | null;

/** The health checks behind `/readyz`. */
export type Health = {
  /** Why parts are unhealthy, by the newest answers. A part that hasn't answered yet is unhealthy. */
  unhealthy(): Readonly<Record<string, HealthReason>>;
  /** Which parts are healthy. */
  ready(): Readonly<Record<string, boolean>>;
  /** Stops checking, and waits for a pending check of the queue. */
  stop(): Promise<void>;
};

type Watched = Pick<Deps, 'azure' | 'authority' | 'log' | 'leases' | 'database' | 'waits'>;

/** Starts checking. Azure is asked for its first subscription, which needs a token and costs one read. */
export function watchHealth(parts: {
  readonly deps: Watched;
  readonly safety: Pick<SafetyGate, 'unsafeBecause'>;
  readonly queue: Pick<Queue, 'depth'>;
}): Health {
  const { azure, authority, leases } = parts.deps;
  const often = { ...parts.deps, okTtlMs: leases.failedTtlMs };
  const queue = asking({ ...often, part: 'queue', ask: () => queueHealth(parts.queue) });
  const vaults = asking({ ...often, part: 'vaults', ask: () => vaultHealth(parts.deps) });
  const cloud = asking({ ...parts.deps, okTtlMs: leases.okTtlMs, part: 'azure', ask: () => azureHealth(azure) });
  const unhealthy = () => {
    const unsafeBecause = parts.safety.unsafeBecause();
    return {
      database: unsafeBecause === 'database' ? 'no-sign-of-life' : null,
      queue: queue.now(),
      clock: unsafeBecause === 'clock' ? 'differs' : null,
      identities: authority.answers() ? null : 'no-answer',
      azure: cloud.now(),
      vaults: vaults.now(),
    };
  };
  return {
    unhealthy,
    ready: () => Object.fromEntries(Object.entries(unhealthy()).map(([part, why]) => [part, why === null])),
    stop: async () => {
      void cloud.stop();
      await vaults.stop();
      await queue.stop();
    },
  };
}

async function queueHealth(queue: Pick<Queue, 'depth'>): Promise<HealthReason> {
  await queue.depth();
  return null;
}

/** The names of the Recovery Services vaults that people are told can't be read. */
async function vaultHealth(deps: Pick<Deps, 'database' | 'waits'>): Promise<HealthReason> {
  const vaults = await polledVaults(deps.database.db, unreadLimit(deps));
  const names = vaults.filter(({ isLong }) => isLong).map(({ body }) => (body as VaultFacts).name);
  return names.length > 0 ? `unread: ${names.join(', ')}` : null;
}

const words: Readonly<Record<AzureFaultKind, HealthReason>> = {
  unauthenticated: 'no-token',
  forbidden: 'refused',
  refused: 'refused',
  missing: 'no-subscription',
  unavailable: 'unreachable',
  garbled: 'unreachable',
  // Throttled: it is reachable and knows us.
  throttled: null,
  conflict: null,
};

async function azureHealth({ subscriptions, reads }: Deps['azure']): Promise<HealthReason> {
  const [first] = subscriptions;
  if (first === undefined) return 'no-subscription';
  try {
    return (await reads.tenantId(first)) === null ? 'no-subscription' : null;
  } catch (error) {
    if (error instanceof AzureFault) return words[error.kind];
    throw error;
  }
}

type Asking = {
  readonly part: string;
  readonly ask: () => Promise<HealthReason>;
  /** How long a healthy answer counts; a failed one for as long as the leases say. */
  readonly okTtlMs: number;
  readonly leases: Deps['leases'];
  readonly log: Log;
};

function asking({ part, ask, okTtlMs, leases, log }: Asking): { now(): HealthReason; stop(): Promise<void> } {
  let last: HealthReason = 'not-asked-yet';
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async () => {
    const found = await ask().catch((error: unknown) => {
      if (!isOver) log.warn({ ...loggable(error), part }, 'a part of the product did not answer');
      return 'no-answer';
    });
    if (isOver) return;
    if (found !== null && found !== last) log.error({ part, because: found }, 'not ready');
    last = found;
    timer = setTimeout(() => (running = once()), found === null ? okTtlMs : leases.failedTtlMs).unref();
  };
  let running = once();
  return {
    now: () => last,
    stop: () => {
      isOver = true;
      clearTimeout(timer);
      return running;
    },
  };
}
