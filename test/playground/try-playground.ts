/**
 * Plays a conversation in Microsoft 365 Agents Playground, which speaks as Teams does, in a browser: a command, a
 * click, the final card and the mention, in the personal chat and in a channel. `npm run try:playground`, with the
 * client installed (`agentsplayground` on the PATH, or `AGENTS_PLAYGROUND` with its path) and Chromium; without either
 * it says so and ends. `-- --record file` writes what the client sent, for the test that replays it.
 */
import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { freePort } from '../support/free-port.ts';

const vms = { personal: 'vm-sql-01', channel: 'vm-plain-01' };
const patienceMs = 180_000;

const { values } = parseArgs({ options: { record: { type: 'string' } } });
const client = process.env['AGENTS_PLAYGROUND'] ?? onPath('agentsplayground');
const executablePath = process.env['CHROMIUM_PATH'] ?? onPath('chromium') ?? onPath('google-chrome');
if (client === undefined || executablePath === undefined) {
  console.log(`skipped: ${client === undefined ? 'Agents Playground' : 'Chromium'} is not installed`);
  process.exit(0);
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** What the client sent, oldest first. */
const sent: unknown[] = [];

/** Stands between the client and Kluis and keeps what the client sends. */
function record(to: number, on: number) {
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      if (body.length > 0) sent.push(JSON.parse(body.toString('utf8')));
      const { method, headers, url } = incoming;
      const onward = request({ host: '127.0.0.1', port: to, path: url, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.writeHead(502).end());
      onward.end(body);
    });
  });
  return server.listen(on, '127.0.0.1');
}

/** Ends a process that was started here, and waits until it has. */
async function ended(one: ChildProcess): Promise<void> {
  if (one.exitCode !== null || one.signalCode !== null) return;
  const gone = once(one, 'exit');
  one.kill();
  await gone;
}

async function until(url: string): Promise<void> {
  for (const end = Date.now() + patienceMs; ;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`${url} does not answer`);
    await new Promise((done) => setTimeout(done, 300));
  }
}

/** Types a command in the open chat; `mention`: the bot is mentioned first, as a channel needs. */
async function say(page: Page, text: string, { mention = false } = {}): Promise<void> {
  const box = page.getByRole('textbox').last();
  await box.click();
  if (mention) {
    await page.keyboard.type('@');
    await page.getByRole('menuitem').first().click();
  }
  await page.keyboard.type(text);
  await page.getByRole('button', { name: 'Send Message' }).last().click();
}

async function backUp(page: Page, vm: string, options: { mention?: boolean }): Promise<void> {
  const timeout = patienceMs;
  await say(page, `backup ${vm}`, options);
  await page.getByText(`${vm} is ready to back up`).last().waitFor({ timeout });
  console.log(`✓ ${vm}: the card of its checks`);
  await page.getByRole('button', { name: 'Protect and back up now' }).last().click();
  await page.getByText(`${vm} is backed up`).first().waitFor({ timeout });
  console.log(`✓ ${vm}: the final card`);
  await page
    .getByText(new RegExp(`Alex Wilber.*${vm} is backed up`))
    .last()
    .waitFor({ timeout });
  console.log(`✓ ${vm}: the mention`);
}

const folder = await mkdtemp(join(tmpdir(), 'kluis-playground-'));
const started: ChildProcess[] = [];
const [bot, proxy, page, simulator] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
const env = { ...process.env, PORT: String(bot), KLUIS_DATA_DIR: folder, KLUIS_SIM_PORT: String(simulator) };
const recording = record(bot, proxy);
try {
  const quiet = { stdio: 'ignore' } as const;
  started.push(spawn(process.execPath, ['src/start.js'], { ...quiet, env }));
  await until(`http://127.0.0.1:${bot}/readyz`);
  const endpoint = `http://localhost:${proxy}/api/messages`;
  started.push(spawn(client, ['-e', endpoint, '-c', 'msteams', '--dt', '-p', String(page)], quiet));
  await until(`http://127.0.0.1:${page}`);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const tab = await browser.newPage();
    await tab.goto(`http://127.0.0.1:${page}`);
    await tab.getByRole('treeitem', { name: 'Personal Chat' }).click();
    await backUp(tab, vms.personal, {});
    await tab.getByRole('treeitem', { name: /General/ }).click();
    await backUp(tab, vms.channel, { mention: true });
  } catch (error) {
    const [tab] = browser.contexts().flatMap((context) => context.pages());
    await tab?.screenshot({ path: join(tmpdir(), 'kluis-playground.png') });
    throw error;
  } finally {
    await browser.close();
  }
} finally {
  await Promise.all(started.map(ended));
  recording.close();
  recording.closeAllConnections();
  if (values.record !== undefined) await writeFile(values.record, `${JSON.stringify(sent, null, 2)}\n`);
  // The simulated Azure is ended by Kluis, a moment after it.
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
