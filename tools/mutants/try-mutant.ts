/** Tries mutants in a copy of the tree. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Mutant } from './mutant.ts';

/** How a mutant ended. `by`: the first test that turned red, or what the compiler or Node said. */
export type Tried = { readonly mutant: Mutant; readonly is: 'killed' | 'survived'; readonly by: string };

const run = promisify(execFile);

/** How long the tests of one mutant may take, in milliseconds: some turn an end into an endless loop. */
const longestMs = 600_000;

/** How long a test waits for a card, in milliseconds, unless the environment says. */
const patienceMs = 20_000;

/** Copies the tree that holds `root`, without what is built, and calls `work` with the copy's path. */
export async function inCopy<T>(root: string, work: (copy: string) => Promise<T>): Promise<T> {
  const copy = await mkdtemp(join(tmpdir(), 'kluis-mutants-'));
  try {
    const isSource = (path: string) => !['.git', 'node_modules', 'data'].includes(basename(path));
    await cp(root, copy, { recursive: true, filter: isSource });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    return await work(copy);
  } finally {
    await rm(copy, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a mutant's tests on a copy, which is as before afterwards. */
export async function tryMutant(copy: string, mutant: Mutant): Promise<Tried> {
  const path = join(copy, mutant.file);
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace(mutant.from, () => mutant.to),
  );
  try {
    const red = await redIn(
      copy,
      [...new Set(mutant.tests)].map((path) => join('test', path)),
    );
    return { mutant, is: red === null ? 'survived' : 'killed', by: red ?? '' };
  } finally {
    await writeFile(path, text);
  }
}

/** The first test that is red; null: none is. */
async function redIn(copy: string, tests: readonly string[]): Promise<string | null> {
  const jest = join(copy, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--disable-warning=ExperimentalWarning', jest, '--bail', '--ci', '--silent', '--', ...tests];
  const env = { KLUIS_TEST_PATIENCE_MS: String(patienceMs), ...process.env };
  try {
    await run(process.execPath, args, { cwd: copy, env, timeout: longestMs, maxBuffer: 64 * 2 ** 20 });
    return null;
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      killed = false,
    } = error as { stdout?: string; stderr?: string; killed?: boolean };
    const said = `${stderr}\n${stdout}`;
    if (/No tests found/.test(said)) throw new Error(`no tests are called ${tests.join(' ')}`, { cause: error });
    return killed ? 'it never ended' : (/^ *● (.+)$/m.exec(said)?.[1] ?? 'it does not run');
  }
}

/** How often a mutant's text occurs in its file: a mutant can be made where it does once. */
export async function occurrences(root: string, { file, from }: Mutant): Promise<number> {
  return (await readFile(join(root, file), 'utf8')).split(from).length - 1;
}
