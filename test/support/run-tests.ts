/**
 * `npm test`: types, lint, then the tests; all of them run, so that one look shows everything that is wrong. The last
 * line says how many tests passed, failed and were skipped; a check that failed counts as one failed test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

const root = join(import.meta.dirname, '..', '..');
const checks = [
  { title: 'types', program: 'typescript/bin/tsc', args: ['--noEmit'] },
  { title: 'lint', program: 'eslint/bin/eslint.js', args: ['.'] },
  { title: 'format', program: 'prettier/bin/prettier.cjs', args: ['--check', '.'] },
];

function run(program: string, args: readonly string[], extra: { flags?: string[]; env?: object } = {}): boolean {
  const script = join(root, 'node_modules', program);
  const env = { ...process.env, ...extra.env };
  const ended = spawnSync(process.execPath, [...(extra.flags ?? []), script, ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  });
  return ended.status === 0;
}

function runTests(args: readonly string[]): { readonly ok: boolean; readonly counts: Counts } {
  const folder = mkdtempSync(join(tmpdir(), 'kluis-counts-'));
  const file = join(folder, 'counts.json');
  try {
    const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const ok = run('jest/bin/jest.js', args, { flags, env: { KLUIS_CLOSING_LINE: file } });
    return { ok, counts: JSON.parse(readFileSync(file, 'utf8')) as Counts };
  } catch {
    return { ok: false, counts: { passed: 0, failed: 1, skipped: 0 } }; // jest ended before it could count
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const broken = checks.filter(({ title, program, args }) => {
  const ok = run(program, args);
  process.stdout.write(`${title}: ${ok ? 'in order' : 'NOT in order, see above'}\n`);
  return !ok;
});
const { ok, counts } = runTests(process.argv.slice(2));
// Jest's exit code also covers what is no test, e.g. a coverage threshold: such a failure must not read as none.
const failed = Math.max(counts.failed + broken.length, ok ? 0 : 1);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
