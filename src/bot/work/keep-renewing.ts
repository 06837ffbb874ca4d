import { loggable } from '../../core/log.ts';
import type { Deps } from '../deps.ts';

/** A claim that is being renewed. `end` resolves once nothing renews it any more. */
export type Renewal = { readonly isGone: () => boolean; readonly end: () => Promise<void> };

/** How long a claim lasts, how it is renewed (false if it is lost), and what it is on, for the log. */
type Renewed = {
  readonly leaseMs: number;
  readonly prolong: () => Promise<boolean>;
  readonly of: Readonly<Record<string, string>>;
};

/** Renews a claim for as long as it is held: one call may take longer than the lease, on a busy machine or network. */
export function keepRenewing({ log }: Pick<Deps, 'log'>, { leaseMs, prolong, of }: Renewed): Renewal {
  let isGone = false;
  const once = async () => {
    try {
      if (isGone || (await prolong())) return;
      isGone = true;
      clearInterval(timer);
    } catch (error) {
      log.warn({ ...loggable(error), ...of }, 'a claim could not be prolonged');
    }
  };
  let prolonging = Promise.resolve();
  const timer = setInterval(() => (prolonging = prolonging.then(once)), leaseMs / 4);
  const end = () => {
    clearInterval(timer);
    return prolonging; // a renewal after the release would hold the claim for nobody
  };
  return { isGone: () => isGone, end };
}
