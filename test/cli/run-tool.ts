import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnv } from '../support/bare-env.ts';

/** A tool's output, and how it ended. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

const root = join(import.meta.dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Runs a tool as its npm script does, with only these settings. */
export function runTool(name: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const [, ...program] = scripts[name]!.split(' ');
  const child = spawn(process.execPath, [...program, ...args], {
    cwd: root,
    env: { ...bareEnv(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  return new Promise((ended) => child.on('close', (code) => ended({ code, out, err })));
}
