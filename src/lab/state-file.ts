import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { emptyState, type LabState } from './teams/messages.ts';

/** Where the lab's state is kept between two starts. */
export type StateFile = {
  /** The state that was written last; an empty one when there is none or when it is not readable as one. */
  load(): LabState;
  /** Resolves once a file that holds at least the present state is in place. */
  save(state: LabState): Promise<void>;
};

const stateSchema = z.object({
  version: z.literal(1),
  lastId: z.number(),
  opened: z.array(z.string()),
  locales: z.record(z.string(), z.string()),
  messages: z.array(
    z.looseObject({ id: z.string(), conversation: z.string(), revisions: z.array(z.unknown()).min(1) }),
  ),
});

/**
 * A state file at this path, replaced as a whole by a rename, so that a crash leaves the old or the new one. Saves that
 * come while one is under way share the next one. Without a path nothing is kept.
 */
export function stateFile(path: string | undefined): StateFile {
  if (!path) return { load: emptyState, save: async () => undefined };
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const write = async (state: LabState) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(state));
    await rename(`${path}.new`, path);
  };
  const start = (state: LabState) => {
    next = undefined;
    return (running = write(state).finally(() => (running = undefined)));
  };
  return {
    load: () => read(path),
    save: (state) => {
      if (!running) return start(state);
      return (next ??= running.catch(() => undefined).then(() => start(state)));
    },
  };
}

function read(path: string): LabState {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) as unknown as LabState;
  } catch {
    // None yet, or unreadable: a chat page is no record, and must not keep the bot from starting.
    return emptyState();
  }
}
