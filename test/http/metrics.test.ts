import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { addLevels, createMetrics } from '../../src/http/metrics.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startBot({ database: 'postgres' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const scrape = async () => (await fetch(`${bot.url}/metrics`)).text();

/** The value of the first line that begins like this; 0 if there is none. */
const value = (text: string, begins: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(begins))
      ?.split(' ')
      .at(-1) ?? 0,
  );

test('a conversation shows in the turns, the deliveries and the calls to Azure', async () => {
  await bot.asks('ana', 'backup vm-sql-01');
  const text = await scrape();
  const turns = 'kluis_turn_seconds_count{platform="teams",event="text",outcome="answered"}';
  expect(value(text, turns)).toBeGreaterThan(0);
  expect(value(text, 'kluis_deliveries_total{platform="teams",outcome="sent"}')).toBeGreaterThan(0);
  expect(value(text, 'kluis_azure_calls_total{kind="read",name="vm",outcome="ok"}')).toBeGreaterThan(0);
  expect(value(text, 'kluis_azure_call_seconds_count{kind="read",outcome="ok"}')).toBeGreaterThan(0);
  expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
});

test('a click that is refused counts by its code', async () => {
  const chat = await bot.asks('ana', 'backup vm-off-01');
  await chat.sends({ verb: 'submit', data: { dialog: '00000000-0000-4000-8000-000000000000', revision: 1 } });
  const text = await scrape();
  expect(value(text, 'kluis_refusals_total{code="unknown-dialog"}')).toBe(1);
  expect(value(text, 'kluis_turn_seconds_count{platform="teams",event="click",outcome="refused"}')).toBe(1);
});

test('each vault that was polled has the time of its last poll', async () => {
  const polled = await eventually('every vault to be polled', async () => {
    const text = await scrape();
    return text.match(/^kluis_vault_last_poll_timestamp_seconds\{.*$/gm)?.length === 3 ? text : null;
  });
  expect(value(polled, 'kluis_vault_polls_total{outcome="ok"}')).toBeGreaterThanOrEqual(3);
  const [line] = polled.match(/^kluis_vault_last_poll_timestamp_seconds\{vault="[^"]*rsv-prod-weu"\} .*$/m) ?? [];
  expect(Math.abs(Number(line?.split(' ')[1]) - Date.now() / 1000)).toBeLessThan(60);
});

test('a poll that Azure refuses counts as a fault, and the last good one stays', async () => {
  await bot.azure.fault({ match: { method: 'GET', path: 'rsv-prod-weu/backupJobs' }, status: 403, times: 50 });
  await eventually('a fault', async () => value(await scrape(), 'kluis_vault_polls_total{outcome="fault"}') > 0);
  expect(await scrape()).toMatch(/kluis_vault_last_poll_timestamp_seconds\{vault="[^"]*rsv-prod-weu"\}/);
  await bot.azure.mend();
});

test('the queues and the health checks show as gauges', async () => {
  const text = await scrape();
  for (const queue of ['advance', 'lookup', 'deliver', 'watch', 'inventory'])
    expect(text).toMatch(new RegExp(`^kluis_queue_depth\\{queue="${queue}"\\} \\d+$`, 'm'));
  expect(value(text, 'kluis_ready{part="database"}')).toBe(1);
  expect(value(text, 'kluis_ready{part="clock"}')).toBe(1);
  expect(value(text, 'kluis_break_glass{count="to-review"}')).toBe(0);
});

test('a gauge that can’t be read is left out, and the others still show', async () => {
  const registry = new Registry();
  createMetrics(registry, { version: '1.2.3', commit: null }).refused('not-allowed');
  addLevels(registry, {
    queueDepth: () => Promise.reject(new Error('the database is gone')),
    lastPolls: () => Promise.reject(new Error('the database is gone')),
    ready: () => ({ database: false }),
    breakGlass: () => Promise.reject(new Error('the database is gone')),
  });
  const text = await registry.metrics();
  expect(text).toContain('kluis_ready{part="database"} 0');
  expect(text).toContain('kluis_refusals_total{code="not-allowed"} 1');
  expect(text).not.toMatch(/^kluis_queue_depth\{/m);
});

test('what Node measures is in each instance’s metrics and measured once, so that none is kept after its end', async () => {
  const [one, other] = [new Registry(), new Registry()];
  [one, other].forEach((one) => createMetrics(one, { version: '1.2.3', commit: null }));
  for (const name of ['nodejs_gc_duration_seconds', 'nodejs_eventloop_lag_p99_seconds', 'process_cpu_seconds_total']) {
    expect(one.getSingleMetric(name)).toBeDefined();
    expect(other.getSingleMetric(name)).toBe(one.getSingleMetric(name));
  }
  expect(await other.metrics()).toMatch(/^process_resident_memory_bytes \d+/m);
});
