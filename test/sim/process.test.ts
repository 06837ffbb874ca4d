import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bareEnv } from '../support/bare-env.ts';

const MAIN = join(import.meta.dirname, '../../src/sim/main.ts');

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kluis-sim-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

type Started = { child: ChildProcess; line: string; ended: Promise<number | null> };

/** Starts the process and waits for its first line. */
async function start(settings: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...bareEnv(), KLUIS_DATA_DIR: folder, ...settings },
  });
  started.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (data) => resolve(String(data)));
    child.stderr?.once('data', (data) => resolve(String(data)));
  });
  return { child, line, ended };
}

const urlIn = (line: string): string => /http:\/\/\S+/.exec(line)?.[0] ?? '';
const written = (): { sequence: number; settings: { pageSize: number } } =>
  JSON.parse(readFileSync(join(folder, 'simulator.json'), 'utf8'));

test('prints where it listens; on SIGTERM it saves its state, and continues from there', async () => {
  const first = await start({ KLUIS_SIM_PORT: '0' });
  expect(first.line).toMatch(/^Simulated Azure: http:\/\/127\.0\.0\.1:\d+ /);
  await fetch(`${urlIn(first.line)}/_sim/state`, {
    method: 'POST',
    body: JSON.stringify({ settings: { pageSize: 7 } }),
  });
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  expect(written().settings.pageSize).toBe(7);
  const second = await start({ KLUIS_SIM_PORT: '0' });
  const state = (await (await fetch(`${urlIn(second.line)}/_sim/state`)).json()) as { settings: object };
  expect(state.settings).toEqual({ pageSize: 7 });
});

test('a kill leaves a complete file', async () => {
  const first = await start({ KLUIS_SIM_PORT: '0' });
  const write = (size: number): Promise<Response> =>
    fetch(`${urlIn(first.line)}/_sim/state`, {
      method: 'POST',
      body: JSON.stringify({ settings: { pageSize: size } }),
    });
  for (let size = 1; size <= 40; size += 1) await write(size);
  while (written().settings.pageSize === 100) await write(41);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(written().settings.pageSize).toBeLessThanOrEqual(41);
});

test('says who listens when the port is taken, and names a wrong setting', async () => {
  const first = await start({ KLUIS_SIM_PORT: '0' });
  const about = (await (await fetch(`${urlIn(first.line)}/_sim`)).json()) as Record<string, unknown>;
  expect(about).toMatchObject({ simulator: 'kluis', speed: 60, statePath: join(folder, 'simulator.json') });
  const second = await start({ KLUIS_SIM_PORT: new URL(urlIn(first.line)).port });
  expect([second.line, await second.ended]).toEqual([expect.stringContaining('is taken'), 3]);
  const third = await start({ KLUIS_SIM_SPEED: 'fast' });
  expect([third.line, await third.ended]).toEqual([expect.stringContaining('KLUIS_SIM_SPEED'), 2]);
});
