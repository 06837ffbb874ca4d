/**
 * `npm run soak [-- --minutes 30 --seed 1]`: people, faults of the chat platform and of Azure, restarts and kills, all
 * drawn from the seed; then the faults end, everything comes to rest, and every invariant is checked. `--database
 * postgres` uses the embedded PostgreSQL instead of PGlite. `--hostile --requests 100000` sends mangled requests of
 * both platforms instead: each has to be answered without a fault, and nothing may be written. Exit code 0: all hold;
 * 1: the broken ones are printed; 2: it couldn't be run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from './bench/machine.ts';
import { hostile, hostileInWords } from './soak/hostile-run.ts';
import { soak, type SoakPlan } from './soak/soak-run.ts';
import { inWords } from './soak/soak-report.ts';

const usage = `Usage: npm run soak [-- --minutes 30] [--seed 1] [--database pglite|postgres] [--people 6] [--keep]
       npm run soak -- --hostile [--requests 100000] [--seed 1] [--database pglite|postgres] [--keep]`;

type SoakArguments = SoakPlan & { readonly keep: boolean; readonly hostile: boolean; readonly requests: number };

function planOf(args: readonly string[]): SoakArguments | null {
  try {
    const [text, flag] = [{ type: 'string' }, { type: 'boolean' }] as const;
    const kinds = {
      minutes: text,
      seed: text,
      database: text,
      people: text,
      requests: text,
      keep: flag,
      hostile: flag,
    };
    const { values } = parseArgs({ args: [...args], options: kinds });
    const { database = 'pglite', keep = false, hostile = false } = values;
    const [minutes, people] = [Number(values.minutes ?? 30), Number(values.people ?? 6)];
    const [requests, seed] = [Number(values.requests ?? 100_000), Number(values.seed ?? Date.now() % 100_000)];
    if (!(minutes > 0) || !(requests > 0) || !Number.isInteger(seed) || !(people > 0)) return null;
    if (database !== 'pglite' && database !== 'postgres') return null;
    const say = (line: string) => console.log(line);
    return { minutes, seed, people, database, keep, hostile, requests, folder: '', say };
  } catch {
    return null;
  }
}

async function run(asked: SoakArguments): Promise<{ readonly text: string; readonly held: boolean }> {
  if (asked.hostile) {
    const result = await hostile(asked);
    return { text: hostileInWords(result), held: result.found.length === 0 };
  }
  const result = await soak(asked);
  return { text: inWords(result), held: result.found.length === 0 };
}

const plan = planOf(process.argv.slice(2));
if (plan === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-soak-'));
  try {
    const much = plan.hostile ? `${plan.requests} hostile requests` : `${plan.minutes} minutes`;
    console.log(`seed ${plan.seed}, ${much} on ${plan.database}, load ${load()}`);
    const { text, held } = await run({ ...plan, folder });
    console.log(text);
    process.exitCode = held ? 0 : 1;
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
