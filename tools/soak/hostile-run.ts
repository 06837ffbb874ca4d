/**
 * The hostile run: mangled requests of both platforms, properly signed, to the whole product; it has to answer each and
 * write nothing.
 */
import { join } from 'node:path';
import { openTestDatabase, startServer } from '../bench/processes/postgres.ts';
import { startAzure } from '../bench/processes/simulated-azure.ts';
import { startReplica } from './bot-process.ts';
import { errorsIn } from './check-process.ts';
import { findings, type Finding } from './findings.ts';
import { storm } from './hostile/storm.ts';
import { ledgerOf } from './ledger.ts';

/** How many requests, from which seed, on which database. */
type HostilePlan = {
  readonly requests: number;
  readonly seed: number;
  readonly database: 'pglite' | 'postgres';
  readonly folder: string;
  readonly say: (line: string) => void;
};

/** The result. */
type HostileResult = { readonly found: readonly Finding[]; readonly statuses: ReadonlyMap<string, number> };

/**
 * Ana can start anything, everybody else can only view: whatever is mangled from her clicks is sent by somebody else.
 */
const hostileRoles = `
roles:
  operator: [user:00000000-0000-0000-0000-0000000000a1]
  viewer: [everyone]
`;

const senders = 8;
const speed = 20_000;

/** Runs it. */
export async function hostile(plan: HostilePlan): Promise<HostileResult> {
  const server = plan.database === 'postgres' ? await startServer() : null;
  const testDatabase = server ? await openTestDatabase(server) : null;
  const azure = await startAzure(speed);
  const logFile = join(plan.folder, 'log.jsonl');
  const dataDir = join(plan.folder, 'data');
  const database = testDatabase ? { url: testDatabase.url, schema: testDatabase.schema } : { folder: dataDir };
  const bot = await startReplica({ database, simulatorUrl: azure.url, dataDir, config: hostileRoles, logFile });
  const ledger = ledgerOf(azure);
  const gathering = setInterval(() => void ledger.gather().catch(() => undefined), 5_000);
  try {
    const { statuses, faults } = await storm({ ...plan, url: bot.url(), senders });
    await ledger.gather();
    const found = [
      ...findings('no request is answered with a fault', faults),
      ...findings(
        'nothing is written to Azure',
        ledger.writes().map(({ method, path }) => `${method} ${path}`),
      ),
      ...findings('no rejection is unhandled and no process ends by itself', await bot.accidents()),
      ...findings('nothing is an error to the log', await errorsIn(logFile)),
    ];
    return { found, statuses };
  } finally {
    clearInterval(gathering);
    await bot.end().catch(() => undefined);
    await azure.end();
    await testDatabase?.end();
    await server?.stop();
  }
}

/** A hostile run as lines of text. */
export function hostileInWords({ found, statuses }: HostileResult): string {
  const answers = [...statuses].sort().map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`);
  const verdict =
    found.length === 0
      ? ['Every request was answered, and nothing was written.']
      : [`${found.length} findings:`, ...found.map(({ broken, what }) => `  ✘ ${broken}: ${what}`)];
  return ['what the endpoints answered', ...answers, ...verdict].join('\n');
}
