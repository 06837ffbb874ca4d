/**
 * How long the product waits for Azure, in milliseconds: what all operations share. An operation's own waits are in its
 * folder. With the simulator, `scaledWaits` divides them all by its speed.
 */
import { ownOf } from '../../core/own-of.ts';
import { minute, second } from './durations.ts';

/** The waits that all operations share. */
export const sharedWaits = {
  /** Between two polls of a long-running operation. */
  operation: 5 * second,
  /**
   * Between two lookups of the trace of a write in doubt, and how long none may appear before it is sent again: the
   * reconcile window of every write whose operation has none of its own. One third is for sending it, one for the
   * response (`send-deadline.ts`).
   */
  trace: 5 * second,
  traceProtect: 60 * second,
  /** How long Azure may know nothing of an operation that it accepted on a protected item, before a person looks. */
  forgotten: 10 * minute,
  /** Between two lists of a vault's jobs: while one is running there, and otherwise. */
  vaultBusy: 30 * second,
  vaultIdle: 2 * minute,
  /**
   * How soon after a list another may follow if Azure Monitor sends an alert about the vault. Whoever has the webhook's
   * secret can send any number.
   */
  vaultExpedited: 30 * second,
  /** Between two looks for problems of a vault other than its jobs. */
  vaultLook: 15 * minute,
  /** How long Azure may be silent in one stage before a person is told, and between two attempts from then on. */
  silence: 60 * minute,
  whileSilent: 2 * minute,
  /** How long a read that Azure refuses (a missing permission, a bad request) is retried. */
  refusedReads: 5 * minute,
  /** After an error response (throttled without a time, or broken). */
  again: 10 * second,
  /** After a lookup whose finding passes by itself. Not divided: it spares a person the wait. */
  checkAgain: 10 * minute,
};

/** Their names and lengths. */
export type SharedWaits = Readonly<typeof sharedWaits>;

/** However fast the simulated Azure is, the product's own calls take the same time, and a third of this is for them. */
const minReconcileWindow = 6 * second;

/**
 * However fast the simulated Azure is, each vault is polled no more often: that would take more of the machine than
 * everything else. A job that is followed is polled separately.
 */
const minInterval: Readonly<Record<string, number>> = { vaultBusy: second / 4, vaultIdle: second, vaultLook: second };
/** Nor is anything else awaited for less: shorter waits cost more than they save. */
const minWait = 40;

/** Whether it is a write's reconcile window: how long its trace is looked for. */
function isWindow(name: string): boolean {
  return name.startsWith('trace') && name !== 'trace';
}

/** All waits divided by `speed`, for a simulator whose durations are divided by the same. */
export function scaledWaits<W extends SharedWaits>(waits: W, speed: number): W {
  const window = Math.max(minReconcileWindow, Math.round(waits.traceProtect / speed));
  const scaled = Object.entries(waits).map(([name, ms]: [string, number]) => [
    name,
    isWindow(name) ? window : Math.max(ownOf(minInterval, name) ?? minWait, Math.round(ms / speed)),
  ]);
  return { ...(Object.fromEntries(scaled) as W), checkAgain: waits.checkAgain };
}
