/** A bench program in a separate process, which is queried over the channel between the two. */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A running program. */
export type Child = {
  readonly pid: number;
  /** Sends a query; rejects if the program threw, is gone, or has been silent for too long. */
  ask<T>(what: string, about?: unknown): Promise<T>;
  /** Ends it at once, like a crash. */
  kill(): Promise<void>;
  /** How it ended, and whether that was requested. */
  readonly ended: Promise<{ readonly wanted: boolean; readonly how: string }>;
  /** Shuts it down cleanly. */
  end(): Promise<void>;
};

type Question = { readonly id: number; readonly what: string; readonly about: unknown };
type Reply = { readonly id: number; readonly answer?: unknown; readonly fault?: string };

const endsWithinMs = 30_000;
const answersWithinMs = 600_000;
const running = new Set<ChildProcess>();

const ownRoot = join(import.meta.dirname, '..', '..', '..');

/** `root`: another tree of this project, whose program is started instead of this one's. */
type StartOptions = { readonly about: unknown; readonly flags?: readonly string[]; readonly root?: string };

/** Starts a program of this folder, e.g. `replica`; resolves when it reports that it is ready, with its report. */
export async function startChild<T>(program: string, options: StartOptions): Promise<{ child: Child; ready: T }> {
  const { root = ownRoot } = options;
  // Releases before this one have them with the product.
  const places = ['../tools/bench/processes', 'cli/bench/processes'].map((place) => `${place}/${program}.ts`);
  const path = places.find((place) => existsSync(join(root, 'src', place))) ?? program;
  const forked = fork(join(root, 'src', 'start.js'), [path, JSON.stringify(options.about)], {
    // As npm start and the image have it.
    execArgv: ['--max-semi-space-size=32', '--expose-gc', ...(options.flags ?? [])],
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(forked);
  forked.once('exit', () => running.delete(forked));
  const child = channelTo(forked, program);
  return { child, ready: await child.ask<T>('ready') };
}

/** Ends every program that an aborted measurement left behind: nothing else would, and the bench would wait for it. */
export function endLeftovers(): void {
  for (const forked of running) forked.kill('SIGKILL');
}

type PendingAnswer = { done: (answer: unknown) => void; fail: (error: Error) => void; late: NodeJS.Timeout };
type Waiting = Map<number, PendingAnswer>;

function channelTo(forked: ChildProcess, program: string): Child {
  const waiting: Waiting = new Map();
  let next = 1;
  let wanted = false;
  const ended = Promise.withResolvers<{ wanted: boolean; how: string }>();
  forked.on('message', (reply: Reply) => settle(waiting, { reply, program }));
  forked.once('exit', (code, signal) => {
    const how = String(signal ?? code);
    ended.resolve({ wanted, how });
    const fault = `ended (${how})`;
    for (const id of [...waiting.keys()]) settle(waiting, { reply: { id, fault }, program });
  });
  return {
    pid: forked.pid ?? 0,
    ask: <T>(what: string, about?: unknown) =>
      new Promise<T>((done, fail) => {
        if (!forked.connected) return fail(new Error(`${program} has ended`));
        const question: Question = { id: next++, what, about };
        const late = setTimeout(() => fail(new Error(`${program} does not answer (${what})`)), answersWithinMs);
        waiting.set(question.id, { done: done as (answer: unknown) => void, fail, late });
        forked.send(question, (error) => error && fail(error));
      }),
    ended: ended.promise,
    kill: async () => {
      wanted = true;
      forked.kill('SIGKILL');
      await ended.promise;
    },
    end: async () => {
      wanted = true;
      await inOrder(forked, ended.promise);
    },
  };
}

function settle(waiting: Waiting, { reply, program }: { reply: Reply; program: string }): void {
  const asked = waiting.get(reply.id);
  waiting.delete(reply.id);
  clearTimeout(asked?.late);
  if (reply.fault === undefined) asked?.done(reply.answer);
  else asked?.fail(new Error(`${program}: ${reply.fault}`));
}

/** A program ends when its channel does; one that doesn't is killed. */
async function inOrder(forked: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const late = setTimeout(() => forked.kill('SIGKILL'), endsWithinMs);
  if (forked.connected) forked.disconnect();
  await ended;
  clearTimeout(late);
}

/** A program's answers, by name; `close` is called when the other process is gone, and then it ends. */
type Answers = Readonly<Record<string, (about: never) => unknown>> & { readonly close: () => Promise<void> };

/** In the program: what it was started with, and its answers. Everything before the call counts as getting ready. */
export function answering<T>(open: (about: T) => Promise<Answers>): void {
  const opened = open(JSON.parse(process.argv[2] ?? '{}') as T);
  process.on('message', (question: Question) => {
    void opened
      .then((answers) => (answers[question.what] as ((about: unknown) => unknown) | undefined)?.(question.about))
      .then(
        (answer) => process.send?.({ id: question.id, answer }),
        (error: unknown) => process.send?.({ id: question.id, fault: String((error as Error)?.stack ?? error) }),
      );
  });
  process.once('disconnect', () => {
    void opened.then((answers) => answers.close()).finally(() => process.exit(0));
  });
}
