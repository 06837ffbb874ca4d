/**
 * `npm run bench [-- B1 B3 …]`: measures what the design promises in numbers, each with its baseline in the same run
 * and its goal. `--json` prints JSON; `--write-docs` updates the table in docs/internals/benchmarks.md; `--database
 * postgres://…` measures on your own server; `--fsync` makes the server that the bench starts wait for its disk,
 * `--round-trip 1` adds that many milliseconds before each of its answers; `--vms 50000` is the size of B12's estate;
 * `--quick` only tries whether everything runs. Exit code 0: all goals are met; 1: some are missed; 2: it couldn't be
 * measured.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { firstTurn } from './bench/cases/b1-first-turn.ts';
import { slackAck } from './bench/cases/b2-slack-ack.ts';
import { readiness } from './bench/cases/b3-readiness.ts';
import { manyJobs } from './bench/cases/b4-many-jobs.ts';
import { cardDelay } from './bench/cases/b5-card-delay.ts';
import { afterAKill } from './bench/cases/b6-after-a-kill.ts';
import { twoProcesses } from './bench/cases/b7-two-processes.ts';
import { forecast } from './bench/cases/b8-forecast.ts';
import { idle } from './bench/cases/b9-idle.ts';
import { webhookDelay } from './bench/cases/b10-webhook.ts';
import { failedJobDelay } from './bench/cases/b11-failed-job.ts';
import { size } from './bench/cases/b12-size.ts';
import { endLeftovers } from './bench/processes/child.ts';
import { isMet, type Figure } from './bench/figure.ts';
import { load, thisMachine } from './bench/machine.ts';
import { startServer } from './bench/processes/postgres.ts';
import { inWords, type Run } from './bench/report.ts';
import { renewTable } from './bench/results-page.ts';
import type { BenchContext } from './bench/processes/bench-context.ts';
import { ownOf } from '../src/core/own-of.ts';

const measurements: Readonly<Record<string, (context: BenchContext) => Promise<Figure>>> = {
  B1: firstTurn,
  B2: slackAck,
  B3: readiness,
  B4: manyJobs,
  B5: cardDelay,
  B6: afterAKill,
  B7: twoProcesses,
  B8: forecast,
  B9: idle,
  B10: webhookDelay,
  B11: failedJobDelay,
  B12: size,
};

type BenchArguments = {
  readonly ids: readonly string[];
  readonly json: boolean;
  readonly writeDocs: boolean;
  readonly quick: boolean;
  readonly database: string | null;
  readonly fsync: boolean;
  readonly roundTripMs: number | null;
  readonly vms: number | null;
};

const usage = `Usage: npm run bench [-- ${Object.keys(measurements).join(' ')}] [-- --json] [--write-docs] [--quick] [--database postgres://…] [--fsync] [--round-trip 1] [--vms 50000]`;

function askedFor(args: readonly string[]): BenchArguments | null {
  try {
    const options = {
      json: { type: 'boolean' },
      'write-docs': { type: 'boolean' },
      quick: { type: 'boolean' },
      database: { type: 'string' },
      fsync: { type: 'boolean' },
      'round-trip': { type: 'string' },
      vms: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const ids = positionals.map((each) => each.toUpperCase());
    if (ids.some((id) => !Object.hasOwn(measurements, id))) return null;
    const { json = false, quick = false, database = null, fsync = false } = values;
    const roundTripMs = values['round-trip'] === undefined ? null : Number(values['round-trip']);
    if (roundTripMs !== null && !(roundTripMs > 0 && roundTripMs <= 1000)) return null;
    const vms = values.vms === undefined ? null : Number(values.vms);
    if (vms !== null && !(Number.isInteger(vms) && vms > 0 && vms <= 100_000)) return null;
    const all = ids.length === 0 ? Object.keys(measurements) : ids;
    return { ids: all, json, quick, database, fsync, roundTripMs, vms, writeDocs: values['write-docs'] ?? false };
  } catch {
    return null;
  }
}

async function measure(asked: BenchArguments): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-bench-'));
  const { database: given, fsync: durable, roundTripMs: answersAfterMs } = asked;
  const server = await startServer({ given, durable, answersAfterMs });
  const say = (text: string) => void (asked.json || process.stderr.write(`  … ${text}\n`));
  const runs: Run[] = [];
  try {
    for (const id of asked.ids) {
      const before = load();
      const figure = await (ownOf(measurements, id) as (context: BenchContext) => Promise<Figure>)({
        server,
        folder,
        quick: asked.quick,
        say,
        ...(asked.vms !== null && { vms: asked.vms }),
      });
      const run: Run = {
        figure,
        at: new Date().toISOString(),
        load: Math.max(before, load()),
        database: { durable: server.durable, answersAfterMs },
      };
      runs.push(run);
      if (!asked.json) console.log(inWords(run));
    }
  } finally {
    endLeftovers();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  if (asked.json) console.log(JSON.stringify({ machine: thisMachine(), runs }, null, 2));
  if (asked.writeDocs) await renewTable(runs, thisMachine());
  return runs.every(({ figure }) => figure.goals.every(isMet)) ? 0 : 1;
}

const asked = askedFor(process.argv.slice(2));
if (asked === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await measure(asked);
  } catch (error) {
    console.error(`It could not be measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 2;
  }
}
