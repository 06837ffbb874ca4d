import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Fault } from '../core/fault.ts';

/** A held data folder. Until it is released no other process opens the database in it. */
export type FolderHold = { release(): Promise<void> };

/**
 * Takes the data folder for this process: the holder listens on a socket, so that a crash lets go by itself. Throws
 * `data-dir-held` with who holds it and since when.
 */
export async function holdFolder(folder: string): Promise<FolderHold> {
  await mkdir(folder, { recursive: true });
  const socket = socketOf(folder);
  const holder = await ask(socket);
  if (holder) throw new Fault('data-dir-held', `${folder} is in use by process ${holder}. End that process first.`);
  await rm(socket, { force: true });
  const server = await listen(socket, `${process.pid}, since ${new Date().toISOString()}`);
  return { release: () => new Promise<void>((done) => server.close(() => done())) };
}

/** A socket's path may have about 100 characters, so a deep folder gets its socket in the temporary folder. */
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
  });
}

function listen(socket: string, told: string): Promise<Server> {
  return new Promise((ready, failed) => {
    const server = createServer((line) => line.end(told));
    server.once('error', failed);
    server.listen(socket, () => ready(server));
    server.unref();
  });
}
