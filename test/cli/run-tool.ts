import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bareEnv } from '../support/bare-env.ts';

/** A tool's output, and how it ended. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a tool of `src/cli` as its npm script does, with only these settings. */
export function runTool(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const start = join(import.meta.dirname, '..', '..', 'src', 'start.js');
  const child = spawn(process.execPath, [start, `cli/${name}.ts`, ...args], {
    env: { ...bareEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((ended) => child.on('close', (code) => ended({ code, out, err })));
}
