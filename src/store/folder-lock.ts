import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Fault } from '../core/fault.ts';

/** A locked data folder. Until it is released no other process opens the database in it. */
export type FolderLock = { release(): Promise<void> };

/** A removal takes a moment; a permission to remove that is this old was left by a process that died meanwhile. */
const removalMs = 10_000;
const tries = 100;

/**
 * Locks the data folder for this process: the holder listens on a socket, so that a crash releases it automatically.
 * Throws `data-dir-locked` with the holder and since when. Of several processes at once exactly one gets it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await makeFolder(folder);
  const socket = socketOf(folder);
  for (let tried = 0; tried < tries; tried += 1) {
    const server = await listen(socket, `${process.pid}, since ${new Date().toISOString()}`).catch(unusable(folder));
    if (server) return { release: () => new Promise<void>((done) => server.close(() => done())) };
    const holder = await ask(socket);
    if (holder) throw new Fault('data-dir-locked', `${folder} is in use by process ${holder}. End that process first.`);
    await removeDead(socket);
  }
  throw new Fault('data-dir-locked', `${folder} is in use by a process that does not answer. End that process first.`);
}

/** Creates the data folder if it doesn't exist; throws `data-dir-unusable` if that is impossible. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch(unusable(folder));
}

/** Throws `data-dir-unusable` with why a file couldn't be made in the data folder. */
export function unusable(folder: string) {
  return (error: unknown): never => {
    const { code, message } = error as NodeJS.ErrnoException;
    const isFull = code === 'ENOSPC';
    const better = isFull ? 'Free up space on its disk' : 'Make it a folder in which this user may write';
    const remedy = `${better}, or set KLUIS_DATA_DIR to ${isFull ? 'a folder on another' : 'one'}`;
    throw new Fault('data-dir-unusable', `The data folder ${folder} cannot be used: ${code ?? message}. ${remedy}.`);
  };
}

/**
 * Removes the socket of a holder that died. Only the process that created the folder next to it may remove it, and
 * checks again before: otherwise two that found the same dead socket would remove each other's live one, and both would
 * have the lock.
 */
async function removeDead(socket: string): Promise<void> {
  const right = `${socket}.removing`;
  try {
    await mkdir(right);
  } catch {
    const made = await stat(right).catch(() => null);
    if (made && Date.now() - made.mtimeMs > removalMs) await rmdir(right).catch(() => {});
    await setTimeout(20);
    return;
  }
  try {
    if (!(await ask(socket))) await rm(socket, { force: true });
  } finally {
    await rmdir(right).catch(() => {});
  }
}

/**
 * A socket's path may have about 100 characters, so a folder with a long path gets its socket in the temporary folder.
 */
function socketOf(folder: string): string {
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\kluis-${name}`;
  const inside = join(resolve(folder), 'holder.sock');
  return inside.length < 100 ? inside : join(tmpdir(), `kluis-${name}.sock`);
}

function ask(socket: string): Promise<string | null> {
  return new Promise((answer) => {
    const line = connect(socket);
    line.setTimeout(2000, () => (line.destroy(), answer('that does not answer')));
    line.on('data', (told) => (line.destroy(), answer(told.toString())));
    line.on('error', () => answer(null));
    line.on('close', () => answer(null)); // it was being released at this moment
  });
}

/** Resolves with null if somebody listens there already, or died there. */
function listen(socket: string, told: string): Promise<Server | null> {
  return new Promise((ready, failed) => {
    const server = createServer((line) => line.end(told));
    server.once('error', (error: { code?: string }) => (error.code === 'EADDRINUSE' ? ready(null) : failed(error)));
    server.listen(socket, () => ready(server));
    server.unref();
  });
}

/**
 * Whether there is a database in the folder; throws `database-unreachable` if there is only a part of one: PGlite would
 * silently create a new, empty one instead.
 */
export async function databaseIn(folder: string): Promise<boolean> {
  const files: string[] | null = await readdir(join(folder, 'database')).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : null,
  );
  if (files === null) return true; // what can't be looked into isn't nothing
  if (files.length === 0 || files.includes('PG_VERSION')) return files.length > 0;
  const remedy = 'Restore the folder from a backup; or, if nothing in it is needed, remove that folder and start again';
  throw new Fault(
    'database-unreachable',
    `The database in ${join(folder, 'database')} is not whole: its file PG_VERSION is not there. ${remedy}.`,
  );
}
