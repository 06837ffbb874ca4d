/**
 * How long the product waits for Azure, in milliseconds: what all operations share. What is one's own is in its folder.
 * With the simulator, `scaledWaits` divides them all by its speed.
 */
import { ownOf } from '../core/own-of.ts';
import { minute, second } from './cards/durations.ts';

/** The waits that all operations share. */
export const sharedWaits = {
  /** Between two polls of a long-running operation. */
  operation: 5 * second,
  /**
   * Between two lookups of the trace of a write in doubt, and how long none may show before it is sent again: its
   * reconcile window, that of every write whose operation has none of its own. A third of it is the time to send it,
   * another third the answer's (`send-deadline.ts`).
   */
  trace: 5 * second,
  traceProtect: 60 * second,
  /** Between two lists of a vault's jobs: while one runs there, and else. */
  vaultBusy: 30 * second,
  vaultIdle: 2 * minute,
  /** After a list, until one is made early because Azure Monitor tells of the vault. */
  vaultExpedited: second,
  /** Between two looks at what else than its jobs may be wrong with a vault. */
  vaultLook: 15 * minute,
  /** How long Azure may be silent in one stage before a person is told, and between two tries from then on. */
  silence: 60 * minute,
  whileSilent: 2 * minute,
  /** How long a read that Azure refuses (a permission that is missing, a wrong request) is tried again. */
  refusedReads: 5 * minute,
  /** After a refusal to answer (throttled without a time, or broken). */
  again: 10 * second,
  /** After a reading that shows what passes by itself. Not divided: it is a person who is spared the wait. */
  checkAgain: 10 * minute,
};

/** Their names and lengths. */
export type SharedWaits = Readonly<typeof sharedWaits>;

/**
 * However fast Azure is simulated, the product's own calls take as long as ever, and a third of this is for them.
 */
const minReconcileWindow = 6 * second;

/**
 * However fast Azure is simulated, each of its vaults is polled no more often: that would take more of the machine than
 * everything else. A job that is followed is polled separately.
 */
const minInterval: Readonly<Record<string, number>> = { vaultBusy: second / 4, vaultIdle: second, vaultLook: second };

/** Whether it is the reconcile window of a write: how long its trace is looked for. */
function isWindow(name: string): boolean {
  return name.startsWith('trace') && name !== 'trace';
}

/** All waits divided by `speed`, for a simulator whose durations are divided by the same. */
export function scaledWaits<W extends SharedWaits>(waits: W, speed: number): W {
  const window = Math.max(minReconcileWindow, Math.round(waits.traceProtect / speed));
  const scaled = Object.entries(waits).map(([name, ms]: [string, number]) => [
    name,
    isWindow(name) ? window : Math.max(ownOf(minInterval, name) ?? 20, Math.round(ms / speed)),
  ]);
  return { ...(Object.fromEntries(scaled) as W), checkAgain: waits.checkAgain };
}
