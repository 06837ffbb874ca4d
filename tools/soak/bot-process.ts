/**
 * The bot of the soak: a process that is restarted internally, or killed and started again, on the same port and
 * tables.
 */
import { startChild, type Child } from '../bench/processes/child.ts';
import type { ReplicaPlan } from '../bench/processes/replica.ts';
import type { Unfinished } from '../bench/unfinished.ts';
import type { Usage } from '../bench/usage.ts';

/** The bot. */
export type BotProcess = {
  url(): string;
  restart(): Promise<void>;
  kill(): Promise<void>;
  /** What it uses after a garbage collection. */
  afterGc(): Promise<Usage>;
  unfinished(): Promise<Unfinished>;
  /** Unhandled rejections, and unexpected exits. */
  accidents(): Promise<readonly string[]>;
  end(): Promise<void>;
};

/** Starts it. */
export async function startReplica(plan: ReplicaPlan): Promise<BotProcess> {
  const accidents: string[] = [];
  let child: Child;
  let port = plan.port ?? 0;
  let busy: Promise<unknown> = Promise.resolve();
  const start = async () => {
    const started = await startChild<{ url: string }>('replica', { about: { ...plan, port } });
    child = started.child;
    port = Number(new URL(started.ready.url).port);
    void child.ended.then(({ wanted, how }) => !wanted && accidents.push(`the process ended by itself: ${how}`));
  };
  const note = async () => void accidents.push(...(await child.ask<string[]>('unhandled')));
  /** One after another: a restart and a kill at once would test the soak and not the bot. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = busy.then(work);
    busy = mine.catch(() => undefined);
    return mine;
  };
  await start();
  return {
    url: () => `http://127.0.0.1:${port}`,
    restart: () => inTurn(() => child.ask<void>('restart')),
    kill: () =>
      inTurn(async () => {
        await note();
        await child.kill();
        await start();
      }),
    afterGc: () => inTurn(() => child.ask<Usage>('gc')),
    unfinished: () => inTurn(() => child.ask<Unfinished>('unfinished')),
    accidents: () =>
      inTurn(async () => {
        await note();
        return [...new Set(accidents)];
      }),
    end: () => inTurn(() => child.end()),
  };
}
