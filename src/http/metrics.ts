import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../core/metrics.ts';
import type { Release } from '../core/release.ts';

const seconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

let ofProcess: Registry | null = null;

/**
 * Adds what Node measures of this process. The library has no way to end its observers, so all instances of the product
 * in one process share them; otherwise each instance would be kept, and called at each garbage collection.
 */
function measureProcess(registry: Registry): void {
  if (!ofProcess) {
    ofProcess = new Registry();
    // At its default of 10 ms, measuring the event loop costs more than the rest of an idle process.
    collectDefaultMetrics({ register: ofProcess, eventLoopMonitoringPrecision: 100 });
    // Sums of others, and named like counters, which they aren't.
    for (const what of ['handles', 'requests', 'resources'])
      ofProcess.removeSingleMetric(`nodejs_active_${what}_total`);
  }
  for (const { name } of ofProcess.getMetricsAsArray()) {
    const metric = ofProcess.getSingleMetric(name);
    if (metric) registry.registerMetric(metric);
  }
}

/**
 * Counts into a Prometheus registry. The names and labels are listed in docs/run.md; a test compares the two.
 */
export function createMetrics(registry: Registry, { version, commit }: Release): Metrics {
  measureProcess(registry);
  new Gauge({
    name: 'kluis_build_info',
    help: 'Always 1; its labels are the release that runs',
    labelNames: ['version', 'commit'],
    registers: [registry],
  }).set({ version, commit: commit ?? '' }, 1);
  const registers = [registry];
  const turns = new Histogram({
    name: 'kluis_turn_seconds',
    help: 'Events from a platform, until they are in the database and answered',
    labelNames: ['platform', 'event', 'outcome'] as const,
    buckets: seconds,
    registers,
  });
  const calls = azureMeters(registry);
  const count = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const refusals = count('kluis_refusals_total', 'Times that somebody was told no, by code', ['code']);
  const polls = count('kluis_vault_polls_total', 'Polls of Recovery Services vaults, by outcome', ['outcome']);
  const deliveries = count('kluis_deliveries_total', 'Tries to send to a platform, by outcome', [
    'platform',
    'outcome',
  ]);
  return {
    within: (_name, _ids, work) => work(),
    woken: () => {},
    turn: ({ platform, event, outcome, ms }) => turns.observe({ platform, event, outcome }, ms / 1000),
    refused: (code) => refusals.inc({ code }),
    azureCall: calls,
    polled: (outcome) => polls.inc({ outcome }),
    delivery: ({ platform, outcome }) => deliveries.inc({ platform, outcome }),
  };
}

function azureMeters(registry: Registry): Metrics['azureCall'] {
  const calls = new Counter({
    name: 'kluis_azure_calls_total',
    help: 'Calls to Azure by kind, name and outcome',
    labelNames: ['kind', 'name', 'outcome'] as const,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'kluis_azure_call_seconds',
    help: 'Calls to Azure, waiting for their turn and repeats of reads included',
    labelNames: ['kind', 'outcome'] as const,
    buckets: seconds,
    registers: [registry],
  });
  return ({ kind, name, outcome, ms }) => {
    calls.inc({ kind, name, outcome });
    durations.observe({ kind, outcome }, ms / 1000);
  };
}

/** The gauges that are read on each scrape. */
type Levels = {
  readonly queueDepth: () => Promise<Readonly<Record<string, number>>>;
  /** When any replica last polled each vault successfully. */
  readonly lastPolls: () => Promise<readonly { readonly vault: string; readonly at: Date }[]>;
  readonly ready: () => Readonly<Record<string, boolean>>;
  /** How often break-glass was used this month, and how many uses in all haven't been reviewed yet. */
  readonly breakGlass: () => Promise<{ readonly used: number; readonly toReview: number }>;
};

/** Adds the gauges to a registry. One that can't be read now is left out, so that the others still show. */
export function addLevels(registry: Registry, { queueDepth, lastPolls, ready, breakGlass }: Levels): void {
  addLevel(registry, {
    name: 'kluis_queue_depth',
    help: 'Wake-ups that wait, by queue',
    label: 'queue',
    read: async () => Object.entries(await queueDepth()),
  });
  addLevel(registry, {
    name: 'kluis_vault_last_poll_timestamp_seconds',
    help: 'When a Recovery Services vault was last polled with success',
    label: 'vault',
    read: async () => (await lastPolls()).map(({ vault, at }) => [vault, at.getTime() / 1000]),
  });
  addLevel(registry, {
    name: 'kluis_break_glass',
    help: 'Starts without approval: those of this month, and those not reviewed yet',
    label: 'count',
    read: async () => {
      const { used, toReview } = await breakGlass();
      return [
        ['used', used],
        ['to-review', toReview],
      ];
    },
  });
  addLevel(registry, {
    name: 'kluis_ready',
    help: '1 if this part is healthy, else 0',
    label: 'part',
    read: async () => Object.entries(ready()).map(([part, is]) => [part, is ? 1 : 0]),
  });
}

type Level = {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly read: () => Promise<readonly (readonly [of: string, value: number])[]>;
};

function addLevel(registry: Registry, { name, help, label, read }: Level): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    async collect() {
      const values = await read().catch(() => []);
      this.reset();
      for (const [of, value] of values) this.set({ [label]: of }, value);
    },
  });
}
