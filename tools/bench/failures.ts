/** Backups that fail in simulated Azure without anybody having started them here, and their alerts. */
import { setTimeout as pause } from 'node:timers/promises';
import { lastPolls } from '../../src/store/vault-polls.ts';
import type { JobSpec } from '../../src/sim/state/state-backup.ts';
import { deliver, saidInThread } from './activities.ts';
import type { Added } from './estate.ts';
import type { TestDatabase } from './processes/postgres.ts';
import type { Replica } from './processes/product.ts';
import type { StubConnector } from './processes/stub-connector.ts';

/** How long until each of a hundred vaults has been polled, and until an alert is posted. */
const [polledMs, postedMs] = [180_000, 120_000];

/** Subscribes a channel to every problem, and waits until every vault has been polled. */
export async function watchAll(
  { child, url }: Replica,
  { serviceUrl, testDatabase, vms }: { serviceUrl: string; testDatabase: TestDatabase; vms: readonly Added[] },
): Promise<void> {
  await child.ask('inventory');
  const status = await deliver(url, saidInThread({ serviceUrl, thread: 'watch', text: 'backup watch' }));
  if (status !== 200) throw new Error(`the bot answered ${status}`);
  const end = performance.now() + polledMs;
  const all = new Set(vms.map(({ vaultId }) => vaultId.toLowerCase()));
  const polled = async () =>
    (await lastPolls(testDatabase.database.db)).filter(({ vault }) => all.has(vault.toLowerCase()));
  while ((await polled()).length < all.size) {
    if (performance.now() > end) throw new Error('not every vault was polled in time');
    await pause(250);
  }
}

/** The title of a distinct error. Digits do not distinguish errors. */
export function errorOf(at: number): string {
  return `BenchError${at.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string)}`;
}

/** A job that has just failed with this error. */
export function failedJob(job: JobSpec, errorTitle: string): JobSpec {
  const errors = [{ errorCode: 12, errorTitle, errorString: 'It broke.', recommendations: [] }];
  return { ...job, status: 'Failed', end: new Date().toISOString(), errors };
}

/** When the first message about each of these errors reached the connector, in their order. */
export async function arrivals(connector: StubConnector, errors: readonly string[]): Promise<readonly number[]> {
  const at = new Map<string, number>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = setTimeout(() => reject(new Error('an alert was not posted in time')), postedMs);
  connector.onArrival = ({ at: came, body }) => {
    for (const error of errors) if (!at.has(error) && new RegExp(`${error}\\b`).test(body)) at.set(error, came);
    if (at.size === errors.length) resolve();
  };
  await promise.finally(() => clearTimeout(late));
  return errors.map((error) => at.get(error) ?? Number.NaN);
}
