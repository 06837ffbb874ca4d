/** B9: what an idle product uses of a machine, at its own intervals. */
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BenchContext } from '../processes/bench-context.ts';
import type { Figure, Goal } from '../figure.ts';
import { startChild } from '../processes/child.ts';
import { openTestDatabase, type TestDatabase } from '../processes/postgres.ts';
import { startReplica } from '../processes/product.ts';
import { startAzure, type SimulatedAzure } from '../processes/simulated-azure.ts';
import { serverWork } from '../../../src/store/server-work.ts';
import { slackSettings } from '../slash-commands.ts';
import type { Usage } from '../usage.ts';

const measuredMs = 60_000;

/** A core in percent; memory in MB. */
type Idle = { readonly core: number; readonly rssMb: number; readonly transactions: number };

/** Measures it on both databases, after a minute to settle. */
export async function idle(context: BenchContext): Promise<Figure> {
  const azure = await startAzure(1);
  const testDatabase = await openTestDatabase(context.server);
  const slack = await startChild<{ apiUrl: string }>('outside-slack', { about: { afterMs: 0 } });
  try {
    const embedded = await idleOn(context, { azure, testDatabase: { folder: await folderIn(context) } });
    const server = await idleOn(context, { azure, testDatabase, env: bothPlatforms(slack.ready.apiUrl) });
    return figureOf(embedded, server);
  } finally {
    await slack.child.end();
    await testDatabase.end();
    await azure.end();
  }
}

/** A product on a server has its people in real chats, and nobody on its local page. */
function bothPlatforms(apiUrl: string): Record<string, string> {
  const [MicrosoftAppId, MicrosoftAppTenantId] = [randomUUID(), randomUUID()];
  return { ...slackSettings(apiUrl), MicrosoftAppId, MicrosoftAppTenantId, MicrosoftAppPassword: 'of-the-bench' };
}

function folderIn({ folder }: BenchContext): Promise<string> {
  return mkdtemp(join(folder, 'idle-'));
}

async function idleOn(
  context: BenchContext,
  on: {
    azure: SimulatedAzure;
    testDatabase: TestDatabase | { folder: string };
    env?: Readonly<Record<string, string>>;
  },
): Promise<Idle> {
  const ms = context.quick ? 200 : measuredMs;
  const { child } = await startReplica(context, on);
  const server = 'database' in on.testDatabase ? on.testDatabase.database.db : null;
  const committed = async () => (server ? (await serverWork(server)).transactions : 0);
  try {
    await pause(ms);
    await child.ask('gc');
    const [before, from] = [await child.ask<Usage>('usage'), await committed()];
    await pause(ms);
    const [after, upTo] = [await child.ask<Usage>('usage'), await committed()];
    const core = ((after.cpuMs - before.cpuMs) / ms) * 100;
    return { core, rssMb: after.rssMb, transactions: ((upTo - from) / ms) * 1000 };
  } finally {
    await child.end();
  }
}

function figureOf(embedded: Idle, server: Idle): Figure {
  const core = (on: string, { core: reached }: Idle): Goal => ({
    ...{ text: `of a core, on ${on}`, reached, must: 'at-most', bound: 1, unit: '%' },
  });
  const memory = (on: string, { rssMb: reached }: Idle, bound: number): Goal => ({
    ...{ text: `memory on ${on}`, reached, must: 'at-most', bound, unit: 'MB' },
  });
  return {
    id: 'B9',
    title: 'a product with nothing to do, at its own intervals',
    values: [{ name: 'transactions on PostgreSQL', value: server.transactions, unit: '/s' }],
    baseline: [],
    goals: [
      core('PGlite', embedded),
      core('PostgreSQL', server),
      memory('PGlite', embedded, 350),
      memory('PostgreSQL', server, 200),
    ],
    notes: [
      'One subscription, as the simulated Azure has it when it starts.',
      'On PGlite with the local chats, as npm start has it; on PostgreSQL with Teams and Slack configured, as on a server.',
    ],
  };
}
