import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SimState } from './state.ts';

/**
 * Keeps the state in a file: soon after each change, and at once on `flush`. A half-written file is never seen. Once `close`
 * has resolved, the newest state is written and nothing more is.
 */
export type Store = { changed(): void; flush(): void; close(): Promise<void> };

/** How long changes are gathered before they are written. */
const GATHER_MS = 200;

const NOTHING_KEPT: Store = { changed: () => undefined, flush: () => undefined, close: () => Promise.resolve() };

/** A store in this file, or one that keeps nothing when there is none. */
export function storeIn(path: string | undefined, state: () => SimState): Store {
  if (path === undefined) return NOTHING_KEPT;
  mkdirSync(dirname(path), { recursive: true });
  let timer: NodeJS.Timeout | null = null;
  let writing = Promise.resolve();
  let version = 0;
  let written = 0;
  let closed = false;
  const write = async (): Promise<void> => {
    const now = version;
    await writeFile(`${path}.next`, JSON.stringify(state()));
    // A flush may have overtaken this write: what it wrote is newer.
    if (written < now) await rename(`${path}.next`, path);
    written = Math.max(written, now);
  };
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    version += 1;
    writeFileSync(`${path}.flush`, JSON.stringify(state()));
    renameSync(`${path}.flush`, path);
    written = version;
  };
  return {
    changed: () => {
      if (closed) return;
      version += 1;
      timer ??= setTimeout(() => {
        timer = null;
        writing = writing.then(write).catch(() => undefined);
      }, GATHER_MS).unref();
    },
    flush,
    close: async () => {
      closed = true;
      flush();
      await writing;
    },
  };
}

/** The state in this file, or null where there is none, or none of this version. */
export function readState(path: string | undefined): SimState | null {
  if (path === undefined) return null;
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as SimState;
    return read.version === 1 ? read : null;
  } catch {
    return null;
  }
}
