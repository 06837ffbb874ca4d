import type { SendDeadline } from '../azure/gateway.ts';
import type { Stopwatch } from '../core/stopwatch.ts';

/** The claim under which a write is sent. */
export type LiveClaim = {
  /** Fires when the claim is gone or could not be prolonged in time. */
  readonly gone: AbortSignal;
  /** Whether it is certain to be ours now. */
  isCurrent(): boolean;
};

/** A deadline as its owner sees it. `end` is called when the call is over. */
type OwnDeadline = SendDeadline & {
  /** Whether the request may have left: the last answer of `mayLeave`. */
  readonly sent: boolean;
  readonly isOver: boolean;
  end(): void;
};

/** For a write whose repeat costs nothing, so that nobody waits before it. */
const defaultSpanMs = 20_000;

/**
 * Divides a write's patience in three: in the first third it leaves or never does, in the second its answer is waited
 * for, and the last one is Azure's, to show what it took before somebody sends again. `watch` was started before the
 * intent was stored: from there others count the patience.
 */
export function sendDeadline(
  reconcileWindowMs: number,
  { watch, claim }: { watch: Stopwatch; claim: LiveClaim },
): OwnDeadline {
  const spanMs = reconcileWindowMs > 0 ? Math.floor(reconcileWindowMs / 3) : defaultSpanMs;
  const over = new AbortController();
  const isOver = () => watch.elapsedMs() >= spanMs || !claim.isCurrent();
  let sent = false;
  const timer = setTimeout(() => over.abort(), Math.max(0, spanMs - watch.elapsedMs())).unref();
  return {
    over: AbortSignal.any([over.signal, claim.gone]),
    answerMs: spanMs,
    mayLeave: () => (sent = !isOver()),
    get sent() {
      return sent;
    },
    get isOver() {
      return isOver();
    },
    end: () => clearTimeout(timer),
  };
}
