import { expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ensureSimulator } from '../../src/cli/simulator-child.ts';
import { Fault } from '../../src/core/fault.ts';
import { silent } from '../../src/core/log.ts';
import { lockFolder } from '../../src/store/folder-lock.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { bareEnv } from '../support/bare-env.ts';
import { freePort } from '../support/free-port.ts';
import { prepareDataFolder } from '../support/pglite-dump.ts';

const root = join(import.meta.dirname, '..', '..');
const start = join(root, 'src', 'start.js');

/**
 * Starts the product as `npm start` does, with exactly these settings, and waits until it has ended: by itself, or by
 * SIGTERM once it has printed the awaited text.
 */
async function startWith(
  env: Readonly<Record<string, string>>,
  until?: RegExp,
  [program, ...args]: readonly [string, ...string[]] = [process.execPath, start],
) {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'start-'));
  const settings = { ...bareEnv(), KLUIS_DATA_DIR: folder, LOG_LEVEL: 'silent', ...env };
  const options = { env: settings, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, args, options);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    if (until?.test(out)) child.kill('SIGTERM');
  });
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const [code] = await once(child, 'close');
  return { code, out, err };
}

/**
 * What a part of the start refuses with; the product prints it after `Kluis does not start: ` and exits with code 2.
 */
async function refusalOf(part: Promise<unknown>): Promise<string> {
  const refused: unknown = await part.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refused instanceof Fault)) throw new Error(`it was not refused: ${String(refused)}`);
  return refused.message;
}

async function somethingElse(): Promise<{ server: Server; port: number }> {
  const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('a port that is taken: one line, and both processes end', async () => {
  const { server, port } = await somethingElse();
  const [simulator, folder] = [
    String(await freePort()),
    await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'taken-')),
  ];
  await prepareDataFolder(folder);
  const settings = { PORT: String(port), KLUIS_SIM_PORT: simulator, KLUIS_DATA_DIR: folder };
  const { code, out, err } = await startWith(settings);
  server.close();
  expect([code, out]).toEqual([2, '']);
  expect(err).toBe(`Kluis does not start: Port ${port} is taken. Set PORT to a free one, or end what uses it.\n`);
  await expect(fetch(`http://127.0.0.1:${simulator}/_sim`)).rejects.toThrow();
});

test('an unreachable PostgreSQL: one line that says why, without the password', async () => {
  const connectionString = `postgresql://kluis:hush-hush@127.0.0.1:${await freePort()}/kluis`;
  const refused = await refusalOf(openPostgres({ connectionString, log: silent }));
  expect(refused).toMatch(/^PostgreSQL does not answer: .*Check DATABASE_URL.*$/);
  expect(refused).not.toContain('hush-hush');
});

test('a configured kluis.yaml that doesn’t exist', async () => {
  const { code, err } = await startWith({ KLUIS_CONFIG: '/nowhere/kluis.yaml' });
  expect(code).toBe(2);
  expect(err).toBe(
    'Kluis does not start:\n  KLUIS_CONFIG: there is no file /nowhere/kluis.yaml. Set it to the path of your kluis.yaml, or leave it out.\n',
  );
});

test('something else at the simulated Azure’s address isn’t used as it', async () => {
  const { server, port } = await somethingElse();
  const dataDir = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'other-'));
  const refused = await refusalOf(ensureSimulator({ port, speed: 60, dataDir, isAlone: true, log: silent }));
  server.close();
  expect(refused).toBe(
    `Something else answers on http://127.0.0.1:${port}, where the simulated Azure should. Set KLUIS_SIM_PORT to a free port.`,
  );
});

test('a data folder whose database doesn’t open', async () => {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'broken-'));
  await writeFile(join(folder, 'database'), 'no database');
  const refused = await refusalOf(openPglite({ folder }));
  expect(refused).toMatch(/^The database in .* does not open: .*restore the folder from a backup\.$/);
});

const unwritable = /^The data folder \S+ cannot be used: E\w+\. Make it .* KLUIS_DATA_DIR to one\.$/;

test('a read-only data folder: one line, and nothing is begun', async () => {
  const simulator = String(await freePort());
  const { code, out, err } = await startWith({ PORT: '0', KLUIS_SIM_PORT: simulator, KLUIS_DATA_DIR: '/sys/kernel' });
  expect([code, out]).toEqual([2, '']);
  const said = /^Kluis does not start: (.*)\n$/.exec(err)?.[1];
  expect(said).toMatch(unwritable);
  await expect(fetch(`http://127.0.0.1:${simulator}/_sim`)).rejects.toThrow();
});

test.each(['/sys/kernel', '/sys/kluis', import.meta.filename])('nor is %s treated as one', async (folder) => {
  expect(await refusalOf(lockFolder(folder))).toMatch(unwritable);
});

test('a database with missing parts isn’t treated as a new one', async () => {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'partly-'));
  await mkdir(join(folder, 'database', 'base'), { recursive: true });
  const refused = await refusalOf(openPglite({ folder }));
  expect(refused).toMatch(/^The database in .* is not whole: .*PG_VERSION.* from a backup; .*$/);
  expect(await readdir(join(folder, 'database'))).toEqual(['base']);
});

/** Runs the start on a disk of this size that exists as long; what is on it at the end is printed. */
const onSmallDisk = (mount: string, before: string, program = [start]): [string, ...string[]] => [
  ...(['unshare', '--user', '--map-root-user', '--mount'] as const),
  'sh',
  '-c',
  `mount -t tmpfs -o ${mount} tmpfs "$KLUIS_DATA_DIR" && { ${before}; "$0" "$@"; code=$?; ls "$KLUIS_DATA_DIR"; exit $code; }`,
  process.execPath,
  ...program,
];
const testOnDisks =
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'true']).status === 0 ? test : test.skip;
const full =
  /^Kluis does not start: The disk of \S+ is full: \d+ MiB are left, .*60\. Free up space, .*start again\.\n$/;

testOnDisks('a disk that is too small for a new database: nothing is begun', async () => {
  const settings = { PORT: '0', KLUIS_SIM_PORT: String(await freePort()) };
  const { code, out, err } = await startWith(settings, undefined, onSmallDisk('size=30m', 'true'));
  expect(err).toMatch(full);
  expect([code, out]).toEqual([2, expect.not.stringContaining('database')]);
});

testOnDisks('a disk on which no more files can be made: the database that was begun is removed', async () => {
  const settings = { PORT: '0', KLUIS_SIM_PORT: String(await freePort()) };
  const { code, out, err } = await startWith(settings, undefined, onSmallDisk('size=99m,nr_inodes=300', 'true'));
  expect(err).toMatch(/^Kluis does not start: No database can be made in /);
  expect([code, out]).toEqual([2, expect.not.stringContaining('database')]);
});

testOnDisks(
  'a full disk with a database on it: that is said, by whoever needs room first, and nothing is removed',
  async () => {
    const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'full-'));
    await prepareDataFolder(folder);
    const rest = 'dd if=/dev/zero of="$KLUIS_DATA_DIR/rest" bs=1k 2>/dev/null';
    const fill = `cp -r "${folder}/." "$KLUIS_DATA_DIR"; ${rest}`;
    const settings = { PORT: '0', KLUIS_SIM_PORT: String(await freePort()) };
    const simulated = await startWith(settings, undefined, onSmallDisk('size=99m', fill));
    expect(simulated.err).toMatch(/^Kluis does not start: The data folder \S+ .*: ENOSPC\. Free up space .*\n$/);
    expect([simulated.code, simulated.out]).toEqual([2, expect.stringContaining('database\n')]);
    // The simulated Azure, which a company's own start doesn't have, would need room first.
    const opens = `import { openPglite } from '${join(root, 'src', 'store', 'pglite.ts')}';
      await openPglite({ folder: process.env.KLUIS_DATA_DIR }).catch(({ message }) => console.error(message));`;
    const program = ['--input-type=module', '--eval', opens];
    const { out, err } = await startWith({}, undefined, onSmallDisk('size=99m', fill, program));
    expect(err).toMatch(/^The disk of \S+ is full: 0 MiB are left, .*16\. Free up space, .*\n$/);
    expect(out).toContain('database\n');
  },
);
