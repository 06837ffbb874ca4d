/** Hostile requests, one after another from each of a few senders, with the endpoints' answers. */
import { drawFrom } from '../random.ts';
import { hostileFrom, type Hostile } from './mangle.ts';
import { record } from './recorded.ts';
import { isFault, send } from './send.ts';

/** How many requests from which seed, to the product with this URL. */
type Storm = {
  readonly url: string;
  readonly seed: number;
  readonly requests: number;
  readonly senders: number;
  readonly say?: (line: string) => void;
};

/** The result: how often each status came from each platform, and the requests that were answered with a fault. */
type Stormed = { readonly statuses: ReadonlyMap<string, number>; readonly faults: readonly string[] };

/**
 * After this many the scene is played again: by then its dialogs are closed, and stale requests don't test what is
 * live.
 */
const perScene = 5_000;

/** Sends them all. */
export async function storm({ url, seed, requests, senders, say }: Storm): Promise<Stormed> {
  const draw = drawFrom(seed, 'hostile');
  const statuses = new Map<string, number>();
  const faults: string[] = [];
  for (let done = 0; done < requests; done += perScene) {
    const until = Math.min(done + perScene, requests);
    const recorded = await record(url);
    let next = done;
    const sender = async () => {
      while (next < until) {
        const n = (next += 1);
        const request = hostileFrom(recorded, draw, seed * 10_000_000 + n);
        const { status } = await send(url, request);
        const name = `${request.platform} ${status}`;
        statuses.set(name, (statuses.get(name) ?? 0) + 1);
        if (isFault(status)) faults.push(`${n}: ${name} to ${shown(request)}`);
        if (n % 1_000 === 0) say?.(`${n} of ${requests} requests, ${faults.length} faults`);
      }
    };
    await Promise.all(Array.from({ length: senders }, sender));
  }
  return { statuses, faults };
}

function shown({ kind, body }: Hostile): string {
  return `${kind} ${JSON.stringify(body)}`.slice(0, 2_000);
}
