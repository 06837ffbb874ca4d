/**
 * The product as `npm start` runs it, in a process that kills itself where it is told to, or ends by an error that
 * nothing catches. Each line of its input is a `ChildOptions` as JSON, with which it starts; SIGTERM stops that, and it
 * waits for the next line. It prints its address as one line, then the name of each failpoint that it reaches, and
 * `stopped`.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { startKluis } from '../../src/compose.ts';
import { defaultConfig } from '../../src/config/kluis-yaml.ts';
import type { Rule } from '../../src/people/rules.ts';
import { logUncaught } from '../../src/core/uncaught.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { keepingLog } from '../support/keeping-log.ts';
import { editGapMs, settingsIn, shortLeases, waits, type CrashAt } from './replica-host.ts';

/** A child's options. `postgres` null: the embedded database in `folder`. */
export type ChildOptions = {
  readonly folder: string;
  readonly simulatorUrl: string;
  readonly postgres: { readonly connectionString: string; readonly schema: string } | null;
  readonly crash: CrashAt | null;
};

const config = defaultConfig('simulator');
const approved = (vm: string): Rule => ({
  operation: 'protect',
  match: { vm },
  verdict: { deny: false, approval: { approvals: 1, withinMs: 4 * 3_600_000, startMs: 3_600_000 } },
});
const replacing: Rule = {
  operation: 'replace-disks',
  match: { vm: 'vm-dup-01' },
  verdict: { deny: false, approval: { approvals: 2, withinMs: 4 * 3_600_000, startMs: 3_600_000 } },
};
const say = (line: string) => void writeSync(1, `${line}\n`);
const log = keepingLog([]);
logUncaught(pino(pino.destination(2)));

async function serve({ folder, simulatorUrl, postgres, crash }: ChildOptions): Promise<void> {
  const told = once(process, 'SIGTERM');
  let [ends, left] = [crash, crash?.reach ?? 1];
  const database = postgres ? await openPostgres({ ...postgres, connections: 4, log }) : undefined;
  const kluis = await startKluis({
    settings: settingsIn(folder),
    config: {
      ...config,
      roles: [...config.roles, { role: 'admin', to: { kind: 'everyone' }, where: {} }],
      // Only if a test asks for it: nobody else uses these VMs.
      rules: [...config.rules, ...['vm-cmk-01', 'vm-many-01', 'vm-off-01'].map(approved), replacing],
    },
    log,
    simulatorUrl,
    ...(database && { database }),
    waits,
    leases: shortLeases,
    editGapMs,
    failpoint: async (failpoint) => {
      say(`reached ${failpoint}`);
      if (failpoint !== ends?.failpoint || (left -= 1) > 0) return;
      if (ends.paused === 'once' && left < 0) return;
      const { carries } = ends;
      if (carries !== undefined) await new Promise<never>(() => throwsUncaught(carries));
      process.kill(process.pid, ends.paused ? 'SIGSTOP' : 'SIGKILL');
    },
  });
  flushCompileCache(); // the next process starts in half the time, and this one may be killed
  say(`listens ${kluis.url}`);
  await told;
  ends = null;
  await kluis.stop();
  await database?.close();
  say('stopped');
}

/** As an SDK's error carries what was sent and what came back. */
function throwsUncaught(carried: string): void {
  const request = { headers: { authorization: 'Bearer kluis-restore' }, body: { value: carried } };
  const text = `could not parse { "secretData": "${carried}" }`;
  const error = Object.assign(new Error(text, { cause: new Error(carried) }), { code: 'MADE_UP', request });
  setImmediate(() => {
    throw error;
  });
}

for await (const line of createInterface({ input: process.stdin })) await serve(JSON.parse(line) as ChildOptions);
