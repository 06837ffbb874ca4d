import { loggable } from '../../core/log.ts';
import { startStopwatch, type Stopwatch } from '../../core/stopwatch.ts';
import type { LiveClaim } from '../../operations/ground/send-deadline.ts';
import { renewLease } from '../../store/lease.ts';
import type { Claim } from '../../store/operations.ts';
import type { Deps } from '../deps.ts';

/**
 * Renews a claim until `end` is called. It counts for half the lease after it was last known to be ours, however a
 * renewal fails or hangs: so work under it has stopped well before another process can have it. `claimed` was started
 * before the claim was requested.
 */
export function renewClaim(deps: Deps, claim: Claim, claimed: Stopwatch): LiveClaim & { end(): void } {
  const halfMs = deps.leases.operation / 2;
  const gone = new AbortController();
  const lease = { key: claim.id, fence: claim.fence, forMs: deps.leases.operation };
  let since = claimed;
  const lose = (why: string) => {
    if (gone.signal.aborted) return;
    gone.abort();
    clearInterval(renews);
    deps.log.warn({ operation: claim.id }, why);
  };
  const lapse = () => lose('a claim could not be prolonged in time: its run sends nothing more');
  let lapses = setTimeout(lapse, Math.max(0, halfMs - since.elapsedMs()));
  const prolong = async () => {
    const asked = startStopwatch(deps.clock);
    try {
      if (!(await renewLease(deps.database.db, 'operation', lease))) {
        return lose('a claim is gone: its run sends nothing more');
      }
      if (asked.elapsedMs() > since.elapsedMs() || gone.signal.aborted) return;
      since = asked;
      clearTimeout(lapses);
      lapses = setTimeout(lapse, Math.max(0, halfMs - since.elapsedMs()));
    } catch (error) {
      deps.log.warn({ ...loggable(error), operation: claim.id }, 'a claim could not be prolonged');
    }
  };
  const renews = setInterval(() => void prolong(), deps.leases.renew);
  return {
    gone: gone.signal,
    isCurrent: () => !gone.signal.aborted && since.elapsedMs() < halfMs,
    end: () => {
      clearInterval(renews);
      clearTimeout(lapses);
      gone.abort();
    },
  };
}
