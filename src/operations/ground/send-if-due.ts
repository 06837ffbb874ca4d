/**
 * What somebody decided in the meantime isn't overwritten (I3). A write may wait for hours before it is sent: Azure
 * throttles it, or the requester's rights can't be read. So what its part requires of Azure is checked again right
 * before each attempt.
 */
import type { Kind, Next, Run } from './part.ts';

type Checked<K extends Kind> = {
  /** What blocks the write; null: nothing. Stage `inspect` begins with it. */
  readonly before: (run: Run<K>) => Promise<Next<K['memo']> | null>;
  /** The stage that sends it; `isDue` is its write's. */
  readonly send: (run: Run<K>, isDue: () => Promise<boolean>) => Promise<Next<K['memo']>>;
};

/** A stage that sends nothing if something blocks it by then. */
export function sendIfDue<K extends Kind>({ before, send }: Checked<K>): (run: Run<K>) => Promise<Next<K['memo']>> {
  return async (run) => {
    let isBlocked = false;
    const sent = await send(run, async () => !(isBlocked = Boolean(await before(run))));
    // Azure hasn't been asked, so the stage that sends nothing reports what blocks it: it can continue from there.
    return isBlocked ? { stage: 'inspect', inMs: 0, memo: run.memo } : sent;
  };
}
