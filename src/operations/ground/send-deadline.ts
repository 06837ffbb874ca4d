import type { SendDeadline } from '../../azure/gateway.ts';
import type { Stopwatch } from '../../core/stopwatch.ts';

/** The claim under which a write is sent. */
export type LiveClaim = {
  /** Fires when the claim is lost or couldn't be renewed in time. */
  readonly gone: AbortSignal;
  /** Whether it is certainly ours now. */
  isCurrent(): boolean;
};

/** A deadline as its owner sees it. Call `end` when the call is over. */
type OwnDeadline = SendDeadline & {
  /** Whether the request may have been sent: the last answer of `mayLeave`. */
  readonly sent: boolean;
  readonly isOver: boolean;
  end(): void;
};

/** For a write whose repeat costs nothing, so that it needs no wait first. */
const defaultSpanMs = 20_000;

/**
 * Divides a write's reconcile window in three: in the first third it is sent or never is, the second waits for the
 * response, and the last gives Azure time to show what it accepted before somebody sends again. `watch` was started
 * before the intent was stored: others count the window from then.
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
