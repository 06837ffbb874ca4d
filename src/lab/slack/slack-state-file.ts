import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { emptySlackState, type SlackState } from './slack-state.ts';

/** Where the workspace is kept between two starts. */
export type SlackStateFile = {
  /** What was written last; an empty workspace when there is none or when it is not readable as one. */
  load(): SlackState;
  /** Resolves once a file that holds at least the present state is in place. */
  save(state: SlackState): Promise<void>;
};

const schema = z.looseObject({
  version: z.literal(1),
  lastMicros: z.number(),
  lastId: z.number(),
  users: z.looseObject({ ana: z.looseObject({ id: z.string() }) }),
  channels: z.array(z.looseObject({ id: z.string() })),
  messages: z.array(z.looseObject({ ts: z.string(), channel: z.string() })),
});

/**
 * A state file at this path, replaced as a whole by a rename. Saves that come while one is under way share the next.
 */
export function slackStateFile(path: string | undefined): SlackStateFile {
  if (!path) return { load: emptySlackState, save: async () => undefined };
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const start = (state: SlackState) => {
    next = undefined;
    return (running = write(path, state).finally(() => (running = undefined)));
  };
  return {
    load: () => read(path),
    save: (state) => {
      if (!running) return start(state);
      return (next ??= running.catch(() => undefined).then(() => start(state)));
    },
  };
}

async function write(path: string, state: SlackState): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(state));
  await rename(`${path}.new`, path);
}

function read(path: string): SlackState {
  try {
    const found = schema.parse(JSON.parse(readFileSync(path, 'utf8'))) as unknown as SlackState;
    return { ...emptySlackState(), ...found };
  } catch {
    // None yet, or unreadable: an emulator is no record, and must not keep the bot from starting.
    return emptySlackState();
  }
}
