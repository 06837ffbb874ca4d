/** What starts in one data folder, one after another: each test continues from the previous one. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bareEnv } from '../support/bare-env.ts';
import { eventually } from '../support/eventually.ts';
import { BotChat } from '../support/bot-chat.ts';
import { freePort } from '../support/free-port.ts';
import { LabClient } from '../support/lab-client.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { prepareDataFolder } from '../support/pglite-dump.ts';

const root = join(import.meta.dirname, '..', '..');
const program = join(root, 'src', 'start.js');
const protectAndBackUp = 'Protect and back up now';
const broken = '{"version":1,"vms":[';
const started: ChildProcess[] = [];
const simulators: number[] = [];
let folder: string;
let port: number;
let azure: number;
beforeAll(async () => {
  folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'folder-'));
  await prepareDataFolder(folder);
  await writeFile(join(folder, 'simulator.json'), broken);
  [port, azure] = [await freePort(), await freePort()];
});
afterAll(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const pid of simulators.splice(0)) kill(pid);
});

/** Starts the product as `npm start` does, or by that command itself. */
function start(byNpm = false) {
  const env = {
    ...bareEnv(),
    PORT: String(port),
    KLUIS_DATA_DIR: folder,
    KLUIS_SIM_PORT: String(azure),
    LOG_LEVEL: 'warn',
  };
  const [command, ...args] = byNpm ? ['npm', 'start'] : [process.execPath, program];
  const child = spawn(command!, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { said, ended, child, opened: () => eventually('the chat', () => /Open the chat/.test(said.out)) };
}

async function simulator(): Promise<{ pid: number } | null> {
  try {
    const about = (await (await fetch(`http://127.0.0.1:${azure}/_sim`)).json()) as { pid: number };
    if (!simulators.includes(about.pid)) simulators.push(about.pid);
    return about;
  } catch {
    return null;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended
  }
}

async function pageSize(): Promise<number> {
  const state = (await (await fetch(`http://127.0.0.1:${azure}/_sim/state`)).json()) as {
    settings: { pageSize: number };
  };
  return state.settings.pageSize;
}

type Started = ReturnType<typeof start>;
let [first, heir, next] = [] as unknown as [Started, Started, Started];
let lab: LabClient;
let chat: BotChat;
let pid: number;

test('the simulator’s broken file is kept, and that is reported', async () => {
  first = start();
  await first.opened();
  ({ pid } = (await simulator())!);
  const [kept] = (await readdir(folder)).filter((name) => name.startsWith('simulator.json.broken-'));
  expect(first.said.out).toContain(join(folder, kept!));
  expect(await readFile(join(folder, kept!), 'utf8')).toBe(broken);
});

test('a second start in the same folder leaves the first and its simulated Azure alone', async () => {
  const second = start();
  expect(await second.ended).toBe(2);
  expect(second.said.err).toMatch(
    /^Kluis does not start: .* is in use by process \d+, since .*End that process first\.\n$/,
  );
  expect(await simulator()).toMatchObject({ pid });
});

test('a killed product leaves its simulator to the next start', async () => {
  first.child.kill('SIGKILL');
  await first.ended;
  heir = start(true);
  await heir.opened();
  expect(await simulator()).toMatchObject({ pid });
  expect(heir.said.out).not.toContain('broken');
});

test('SIGTERM reaches it through npm in the middle of an operation: it releases it, and its simulator ends', async () => {
  lab = new LabClient(`http://127.0.0.1:${port}`);
  const said = await lab.post<{ conversation: string }>('say', {
    as: 'ana',
    conversation: 'general',
    text: 'backup vm-plain-01',
  });
  chat = new BotChat(lab, 'ana', said.conversation);
  await chat.untilButton(protectAndBackUp);
  await chat.clicks(protectAndBackUp);
  await chat.untilTitle('Backing up vm-plain-01'); // which takes minutes at this speed
  lab.close();
  heir.child.kill('SIGTERM');
  expect(await heir.ended).toBe(0);
  await eventually('its end', async () => (await simulator()) === null);
  const left = await openPglite({ folder });
  const operations = await left.db.selectFrom('operation').select(['status', 'held_until']).execute();
  await left.close();
  expect(operations).toEqual([{ status: 'running', held_until: null }]);
});

test('a simulator that dies is restarted with its saved state', async () => {
  next = start(true);
  await next.opened();
  ({ pid } = (await simulator())!);
  const file = join(folder, 'simulator.json');
  await fetch(`http://127.0.0.1:${azure}/_sim/state`, { method: 'POST', body: '{"settings":{"pageSize":7}}' });
  await eventually('its file', async () => (await readFile(file, 'utf8')).includes('"pageSize":7'));
  process.kill(pid, 'SIGKILL');
  const isNew = async () => ((await simulator())?.pid ?? pid) !== pid;
  await eventually('another simulator', isNew);
  expect(await pageSize()).toBe(7);
  expect(next.said.err).toContain('the simulated Azure had exited; it is restarted');
});

test('what was running when it was stopped is finished by the next start, once; SIGTERM ends both', async () => {
  lab.listen(`http://127.0.0.1:${port}`);
  const pass = { method: 'POST', body: '{"advanceSeconds":86400,"speed":20000}' };
  await fetch(`http://127.0.0.1:${azure}/_sim/clock`, pass);
  await chat.untilTitle('vm-plain-01 is backed up');
  // The schedule of a passing day makes another one, which nobody requested.
  const { jobs } = (await (await fetch(`http://127.0.0.1:${azure}/_sim/state`)).json()) as SimState;
  const onDemand = jobs.filter(
    ({ vmName, bag }) => vmName === 'vm-plain-01' && 'Recovery Point Expiry Time in UTC' in bag,
  );
  expect(onDemand).toHaveLength(1);
  lab.close();
  next.child.kill('SIGTERM');
  expect(await next.ended).toBe(0);
  await eventually('its end', async () => (await simulator()) === null);
});
