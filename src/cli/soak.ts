/**
 * `npm run soak [-- --minutes 30 --seed 1]`: people, faults of the chat platform and of Azure, restarts and kills, all drawn
 * from the seed; then the faults end, everything is let come to rest, and every invariant is checked. `--database postgres`
 * takes the embedded PostgreSQL instead of PGlite. Exit code 0: all hold; 1: what does not is told; 2: it could not be run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from './bench/machine.ts';
import { soak, type SoakPlan } from './soak/soak-run.ts';
import { inWords } from './soak/soak-report.ts';

const usage = 'Usage: npm run soak [-- --minutes 30] [--seed 1] [--database pglite|postgres] [--people 6] [--keep]';

function planOf(args: readonly string[]): (SoakPlan & { keep: boolean }) | null {
  try {
    const text = { type: 'string' } as const;
    const options = { minutes: text, seed: text, database: text, people: text, keep: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { database = 'pglite', keep = false } = values;
    const [minutes, people] = [Number(values.minutes ?? 30), Number(values.people ?? 6)];
    const seed = Number(values.seed ?? Date.now() % 100_000);
    if (!(minutes > 0) || !Number.isInteger(seed) || !(people > 0)) return null;
    if (database !== 'pglite' && database !== 'postgres') return null;
    return { minutes, seed, people, database, keep, folder: '', say: (line) => console.log(line) };
  } catch {
    return null;
  }
}

const plan = planOf(process.argv.slice(2));
if (plan === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-soak-'));
  try {
    console.log(`seed ${plan.seed}, ${plan.minutes} minutes on ${plan.database}, load ${load()}`);
    const result = await soak({ ...plan, folder });
    console.log(inWords(result));
    process.exitCode = result.found.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(
      `The soak could not be run (seed ${plan.seed}): ${error instanceof Error ? error.stack : String(error)}`,
    );
    process.exitCode = 2;
  } finally {
    if (plan.keep) console.log(`The log is in ${folder}`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
