/** After a run: everything comes to rest, and then every invariant is checked. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Queries } from '../../src/store/database.ts';
import type { SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import type { Unfinished } from '../bench/unfinished.ts';
import { checkCards } from './check-cards.ts';
import { checkOperations } from './check-operations.ts';
import { checkEndpoint } from './check-process.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkWrites } from './check-writes.ts';
import { findings, type Finding } from './findings.ts';
import type { Ledger } from './ledger.ts';
import type { Platform } from './platform.ts';

const restMs = 120_000;

/** What a run leaves to check. `left`: what is unfinished after the rest. */
type RunEnded = {
  readonly q: Queries;
  readonly azure: SimulatedAzure;
  readonly platform: Platform;
  readonly ledger: Ledger;
  readonly logFile: string;
  readonly left: Unfinished;
  readonly accidents: readonly string[];
  readonly troubles: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
};

/** Waits until nothing is left to do, and resolves with what is left when the time is up. */
export async function rest(unfinished: () => Promise<Unfinished>): Promise<Unfinished> {
  const end = performance.now() + restMs;
  for (;;) {
    const left = await unfinished();
    if (left.operations + left.messages + left.looks === 0 || performance.now() > end) return left;
    await pause(500);
  }
}

/** Checks every invariant; the tables are read while no product writes to them. */
export async function checkEverything(
  ended: RunEnded,
): Promise<{ found: Finding[]; counts: Readonly<Record<string, number>> }> {
  const { q, azure, platform, ledger, left } = ended;
  const cards = await checkCards(q, platform);
  const found = [
    ...findings(
      'nothing is left undone',
      left.operations + left.messages + left.looks > 0 ? [JSON.stringify(left)] : [],
    ),
    ...findings('no rejection is unhandled and no process ends by itself', ended.accidents),
    ...(await checkEndpoint(ended.statuses, ended.logFile)),
    ...(await checkWrites({ q, writes: ledger.writes(), jobs: (await azure.state()).jobs })),
    ...(await checkOperations(q)),
    ...cards.found,
    ...(await checkSecrets(q, ended.logFile)),
    ...orphansTooMany(cards.orphans, ended.troubles),
  ];
  const operations = await q.selectFrom('operation').select('status').execute();
  const tallied = Object.fromEntries(
    [...Map.groupBy(operations, ({ status }) => status)].map(([status, all]) => [`operations ${status}`, all.length]),
  );
  const counts = {
    ...tallied,
    'requests to Azure': ledger.requests(),
    'writes to Azure': ledger.writes().length,
    'cards compared': cards.compared,
    'orphaned messages': cards.orphans,
  };
  return { found, counts };
}

/**
 * A second message is only posted if the response to a post was lost, or the process died between the post and
 * recording it.
 */
function orphansTooMany(orphans: number, troubles: ReadonlyMap<string, number>): Finding[] {
  const lost = ['chat: takes it and does not answer', 'the bot is killed', 'the bot is restarted'];
  const allowed = lost.reduce((sum, name) => sum + (troubles.get(name) ?? 0), 0);
  return orphans <= allowed
    ? []
    : [{ broken: 'a message is posted once', what: `${orphans} second messages, ${allowed} reasons for one` }];
}
