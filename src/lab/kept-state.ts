import { appendFileSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * What changed since the last save: one message; anything (`all`); or something other than the messages (null).
 * Everything else is small, and written with each save.
 */
type Changed<Message> = Message | 'all' | null;

/** Where a state is stored between two starts. */
export type KeptState<State, Message> = {
  /** The last written state; an empty one if there is none or it isn't readable. */
  load(): State;
  /** Resolves once the file contains at least the current state. */
  save(state: State, changed: Changed<Message>): Promise<void>;
};

/** A kind of state. `parse` throws if a value isn't one; `keyOf` identifies a message. */
type Kind<State, Message> = {
  readonly empty: () => State;
  readonly parse: (value: unknown) => State;
  readonly keyOf: (message: Message) => string;
};

/** How much is appended to a state before it is rewritten as a whole: in characters, and as a multiple of its size. */
const [leastGrown, timesGrown] = [1_000_000, 2];

/**
 * A state in the file at this path: one line of JSON with all of it, then a line for each save with only the changed
 * messages. A crash cuts off at most the last line, and that save hadn't resolved. Saves that are requested while one
 * is running share the next one. Without a path nothing is stored.
 */
export function keptState<Message extends object, State extends { messages: Message[] }>(
  path: string | undefined,
  kind: Kind<State, Message>,
): KeptState<State, Message> {
  if (!path) return { load: kind.empty, save: async () => undefined };
  const lines = linesIn(path);
  const changes = new Set<Changed<Message>>(['all']);
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const write = async (state: State) => {
    await Promise.resolve(); // the caller may still be changing it
    if (changes.size === 0) return; // the previous save included it
    const isAll = changes.has('all') || lines.isLong();
    const messages = [...changes].filter((each) => each !== null && each !== 'all');
    changes.clear();
    const whole = () => lines.replace(lineOf(state));
    // If somebody has deleted the file meanwhile, all of it is written again.
    await (isAll ? whole() : lines.add(lineOf({ ...state, messages })).catch(whole));
  };
  const start = (state: State) => {
    next = undefined;
    const written = write(state).catch((error: unknown) => {
      changes.add('all');
      throw error;
    });
    return (running = written.finally(() => (running = undefined)));
  };
  return {
    load: () => read(path, kind),
    save: (state, changed) => {
      changes.add(changed);
      if (!running) return start(state);
      return (next ??= running.catch(() => undefined).then(() => start(state)));
    },
  };
}

function lineOf(state: object): string {
  return `${JSON.stringify(state)}\n`;
}

/** A file of lines that is replaced by a rename, so that a crash leaves either the old or the new one. */
function linesIn(path: string) {
  let [size, grown] = [0, 0];
  return {
    isLong: () => grown > Math.max(leastGrown, size * timesGrown),
    add: async (line: string) => {
      grown += line.length;
      // In microseconds, where a trip to the thread pool for each of open, write and close takes ten times as long.
      appendFileSync(path, line);
    },
    replace: async (line: string) => {
      [size, grown] = [line.length, 0];
      await mkdir(dirname(path), { recursive: true });
      await writeFile(`${path}.new`, line);
      await rename(`${path}.new`, path);
    },
  };
}

function read<Message, State extends { messages: Message[] }>(path: string, kind: Kind<State, Message>): State {
  try {
    const states = readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line) => parsed(line, kind));
    const messages = new Map(states.flatMap((state) => state.messages).map((each) => [kind.keyOf(each), each]));
    return { ...kind.empty(), ...states.at(-1), messages: [...messages.values()] };
  } catch {
    // There is none yet, or it is unreadable: a chat page is no record, and mustn't prevent the bot's start.
    return kind.empty();
  }
}

/** A line that a crash cut off, or that isn't such a state, is ignored. */
function parsed<State, Message>(line: string, kind: Kind<State, Message>): State[] {
  try {
    return [kind.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
