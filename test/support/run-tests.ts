/**
 * `npm test`: types, lint and format in parallel, then the tests; all of them run, so that one run shows everything
 * that is wrong. The last line says how many tests passed, failed and were skipped; a failed check counts as one failed
 * test.
 */
import { spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };
type Check = { readonly title: string; readonly program: string; readonly args: readonly string[] };

const root = join(import.meta.dirname, '..', '..');
const checks: readonly Check[] = [
  // The tests take the other cores, and the threads of tsc would each infer again what another has inferred.
  { title: 'types', program: 'typescript-7/bin/tsc', args: ['--noEmit', '--singleThreaded'] },
  { title: 'types of the page', program: 'typescript-7/bin/tsc', args: ['-p', 'src/lab/page', '--singleThreaded'] },
  { title: 'lint', program: 'oxlint/bin/oxlint', args: ['--format=unix'] },
  { title: 'format', program: 'oxfmt/bin/oxfmt', args: ['--check'] },
];

/** Runs a program of node_modules to its end; its output is shown as it comes, or kept if `options` say so. */
async function run(flagsAndProgram: readonly string[], args: readonly string[], options: SpawnOptions) {
  const flags = flagsAndProgram.slice(0, -1);
  const script = join(root, 'node_modules', flagsAndProgram.at(-1) as string);
  const child = spawn(process.execPath, [...flags, script, ...args], { cwd: root, ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { ok: code === 0, said };
}

/** Tests are idle about half of the time: this fills the gaps. The checks' output follows that of the tests. */
async function runChecks(): Promise<readonly { readonly ok: boolean; readonly told: string }[]> {
  const verdicts = [];
  const env = { ...process.env, GOGC: '400' }; // tsc is written in Go: it collects its garbage less often, up to 1.5 GB
  for (const { title, program, args } of checks) {
    const { ok, said } = await run([program], args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    // What is in order may still have warnings.
    verdicts.push({ ok, told: `${said}${title}: ${ok ? 'in order' : 'NOT in order, see above'}\n` });
  }
  return verdicts;
}

async function runTests(args: readonly string[]): Promise<{ readonly ok: boolean; readonly counts: Counts }> {
  const folder = mkdtempSync(join(tmpdir(), 'kluis-counts-'));
  const file = join(folder, 'counts.json');
  try {
    // A worker runs fifty files: what one of them compiled isn't thrown away before the next one needs it.
    const jest = ['--disable-warning=ExperimentalWarning', '--no-flush-bytecode', 'jest/bin/jest.js'];
    const env = { KLUIS_TEST_PATIENCE_MS: '180000', ...process.env, KLUIS_CLOSING_LINE: file };
    const { ok } = await run(jest, args, { stdio: 'inherit', env });
    return { ok, counts: JSON.parse(readFileSync(file, 'utf8')) as Counts };
  } catch {
    return { ok: false, counts: { passed: 0, failed: 1, skipped: 0 } }; // jest ended before it could count
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [{ ok, counts }, verdicts] = await Promise.all([runTests(process.argv.slice(2)), runChecks()]);
for (const { told } of verdicts) process.stdout.write(told);
const broken = verdicts.filter((verdict) => !verdict.ok).length;
// Jest's exit code also covers what isn't a test, such as a coverage threshold: such a failure must not read as none.
const failed = Math.max(counts.failed + broken, ok ? 0 : 1);
process.exitCode = failed > 0 ? 1 : 0;
process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
