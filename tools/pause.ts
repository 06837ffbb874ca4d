/**
 * `npm run pause [-- --rounds 100 --database postgres]`: the product is paused, like a frozen machine or a throttled
 * container, between the intent of a write and the write, and at random moments; meanwhile another replica continues.
 * Afterwards the simulated Azure must have accepted each write once. Exit code 0: it has; 1: it hasn't; 2: it couldn't
 * be run.
 *
 * The lease is an eighth of the product's and reconcile windows are a thirtieth, so that a round takes seconds.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endLeftovers } from './bench/processes/child.ts';
import { load } from './bench/machine.ts';
import { pauses, type PausePlan } from './pause/pause-run.ts';
import { pausesInWords } from './pause/pause-report.ts';

const usage = 'Usage: npm run pause [-- --rounds 100] [--seed 1] [--database postgres|pglite]';

function planOf(args: readonly string[]): PausePlan | null {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { rounds: text, seed: text, database: text } });
    const { database = 'postgres' } = values;
    const [rounds, seed] = [Number(values.rounds ?? 100), Number(values.seed ?? 1)];
    if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) return null;
    if (database !== 'pglite' && database !== 'postgres') return null;
    return { rounds, seed, database, folder: '', say: (line) => console.log(line) };
  } catch {
    return null;
  }
}

const plan = planOf(process.argv.slice(2));
if (plan === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-pause-'));
  try {
    console.log(`seed ${plan.seed}, ${plan.rounds} rounds on ${plan.database}, load ${load()}`);
    const result = await pauses({ ...plan, folder });
    console.log(pausesInWords(result));
    process.exitCode = result.once === result.rounds ? 0 : 1;
  } catch (error) {
    console.error(`The pauses could not be made: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = 2;
    endLeftovers();
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
