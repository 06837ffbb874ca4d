import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { emptyState } from './empty.ts';
import type { SimState } from './state.ts';

/**
 * Saves the state in a file: soon after each change, and at once on `flush`. A half-written file never shows. Once
 * `close` has resolved, the newest state is saved and nothing more is written.
 */
type Store = { changed(): void; flush(): void; close(): Promise<void> };

/** How long changes are collected before they are written. */
const GATHER_MS = 200;

const NOTHING_KEPT: Store = { changed: () => undefined, flush: () => undefined, close: () => Promise.resolve() };

/** A store in this file, or one that saves nothing if there is no file. */
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

/** What was saved: the state, or null if there is none to continue with; `setAside`: where an unreadable one is now. */
type Kept = { readonly state: SimState | null; readonly setAside: string | null };

/** The state in this file. A broken one, or one of another version, is renamed, so that it isn't overwritten. */
export function readState(path: string | undefined): Kept {
  if (path === undefined || !existsSync(path)) return { state: null, setAside: null };
  const text = readFileSync(path, 'utf8');
  const state = stateIn(text);
  if (state) return { state, setAside: null };
  const setAside = `${path}.broken-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(path, setAside);
  return { state: null, setAside };
}

function stateIn(text: string): SimState | null {
  try {
    const read = JSON.parse(text) as SimState | null;
    // A list that is newer than the file is empty.
    return read?.version === 1 ? { ...emptyState(read.tenantId), ...read } : null;
  } catch {
    return null;
  }
}
