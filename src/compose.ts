/** Builds everything once, starts it in order, and stops it in the opposite order. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { createArmGateway } from './azure/arm/arm-gateway.ts';
import type { AzureGateway } from './azure/gateway.ts';
import { companyKnowledge } from './bot/company-knowledge.ts';
import { authority } from './bot/rights/authority.ts';
import { queueWithMetrics, senderWithMetrics } from './bot/with-metrics.ts';
import type { Deps } from './bot/deps.ts';
import { deliverWorker, defaultEditGapMs } from './bot/work/deliver.ts';
import { watchHealth, type Health } from './bot/work/health.ts';
import { inventoryWorker } from './bot/estate/inventory.ts';
import { defaultLeases, type Leases } from './bot/leases.ts';
import { endWatches } from './bot/alerts/end-watches.ts';
import { closeUnreadableRequests } from './bot/decisions/close-unreadable-requests.ts';
import { lookupWorker } from './bot/work/lookup.ts';
import { advanceWorker } from './bot/work/run.ts';
import { forget, sweep } from './bot/work/sweep.ts';
import { safetyGate, type SafetyGate } from './bot/rights/safety-gate.ts';
import { lookWorker } from './bot/alerts/look.ts';
import { alertWorker } from './bot/alerts/take-in.ts';
import { scheduledWorker } from './bot/scheduled/scheduled-worker.ts';
import { watchWorker } from './bot/work/watch.ts';
import type { KluisConfig } from './config/kluis-config.ts';
import type { Settings } from './config/settings.ts';
import { systemClock, type Clock } from './core/clock.ts';
import { noFailpoint, type ReachFailpoint } from './core/failpoint.ts';
import { validPattern } from './core/linear-pattern.ts';
import { loggable, type Log } from './core/log.ts';
import type { Metrics } from './core/metrics.ts';
import { createMetrics } from './http/metrics.ts';
import { openQueue, type Queue } from './jobs/queue.ts';
import type { QueueName, Worker } from './jobs/wake.ts';
import { realWaits, type Waits } from './operations/list.ts';
import { scaledWaits } from './operations/ground/waits.ts';
import { openEndpoints, type OpenEndpoints } from './compose/endpoints.ts';
import { peopleInSlack } from './compose/entra-of.ts';
import { openSlack, signInPageOf, type SlackSide } from './compose/slack.ts';
import { azureAccess, botTokens } from './compose/azure-access.ts';
import { openDatabase } from './compose/open-database.ts';
import { directoryOf } from './compose/directory.ts';
import { createReadinessCache } from './readiness/gather/gather.ts';
import type { SlackTimeouts } from './slack/timeouts.ts';
import { applyChannelSettings } from './store/conversations.ts';
import type { Database } from './store/database.ts';
import { freeEverything } from './store/operations.ts';
import type { FolderLock } from './store/folder-lock.ts';
import { whenSlotFree } from './store/connection-slot.ts';
import { createTeamsSender } from './teams/teams-sender.ts';
import { createTokenSource } from './teams/token-source.ts';

/** What the product is built from. The optional parts are for tests. */
type Parts = {
  readonly settings: Settings;
  readonly config: KluisConfig;
  readonly log: Log;
  /** Where the simulator listens, while it is used. */
  readonly simulatorUrl: string | null;
  /** The data folder, where this process has it already. */
  readonly lock?: FolderLock | null;
  readonly database?: Database;
  readonly clock?: Clock;
  readonly failpoint?: ReachFailpoint;
  readonly waits?: Waits;
  readonly leases?: Leases;
  readonly editGapMs?: number;
  readonly timeouts?: SlackTimeouts;
};

/** The running product. `drain` tells probes that it isn't ready, and goes on answering. */
export type Kluis = { readonly url: string; readonly deps: Deps; drain(): void; stop(): Promise<void> };

const graceMs = 10_000;

/** Starts the product. It resolves when the endpoints are open. */
export async function startKluis(given: Parts): Promise<Kluis> {
  const local = given.settings.platformConfigured ? null : (await import('./compose/local-chats.ts')).localChats;
  const parts = { ...given, config: local?.withPeople(given.config) ?? given.config };
  const database = parts.database ?? (await openDatabase(parts));
  const queue = await whenSlotFree(() => openQueue({ database, pollSeconds: 10, log: parts.log }), parts.log);
  const { registry, metrics, endTracing } = await observers(parts.settings);
  const azure = gatewayOf(parts, metrics);
  const safety = safetyOf(parts, database, azure);
  let url = '';
  const slack = await openSlack({
    ...parts,
    database,
    local,
    url: () => url,
    editGapMs: Math.min(parts.editGapMs ?? 1_000, 1_000),
  });
  const deps = depsOf(parts, { database, queue, azure, safety, metrics, slack });
  const health = watchHealth({ deps, safety, queue });
  if (database.kind === 'pglite') await freeEverything(database.db);
  await applyChannelSettings(database.db, parts.config.channels);
  await Promise.all([safety.beat(), deps.company.refresh(database.db)]);
  await queue.work(within(metrics, workersOf(deps)));
  const endpoints = await openEndpoints({ ...parts, local }, { deps, health, queue, registry, slack });
  url = endpoints.url;
  await endpoints.begin();
  const sweeping = sweepAlways(deps, safety);
  return {
    url,
    deps,
    drain: endpoints.drain,
    stop: () => stop({ endpoints, sweeping, health, queue, slack, database, own: !parts.database }).then(endTracing),
  };
}

/** What hears of everything that happens: the metrics, and the traces where somebody collects them. */
async function observers({ tracesTo, release }: Settings) {
  const registry = new Registry();
  const counting = createMetrics(registry, release);
  const tracing = tracesTo === null ? null : (await import('./compose/tracing.ts')).startTracing(tracesTo, release);
  return { registry, metrics: tracing?.traced(counting) ?? counting, endTracing: async () => tracing?.end() };
}

type Workers = Readonly<Record<QueueName, Worker>>;

/** The same workers, each piece of whose work is one for the metrics. */
function within(metrics: Metrics, workers: Workers): Workers {
  const entries = Object.entries(workers).map(([queue, work]): [string, Worker] => [
    queue,
    (id, stop) => metrics.within(queue, { id }, () => work(id, stop)),
  ]);
  return Object.fromEntries(entries) as Workers;
}

/** What works off each queue. */
function workersOf(deps: Deps): Workers {
  return {
    advance: advanceWorker(deps),
    lookup: lookupWorker(deps),
    deliver: deliverWorker(deps),
    watch: watchWorker(deps),
    alert: alertWorker(deps),
    scheduled: scheduledWorker(deps),
    look: lookWorker(deps),
    inventory: inventoryWorker(deps),
  };
}

function gatewayOf({ settings, simulatorUrl, clock, log }: Parts, metrics: Metrics): AzureGateway {
  return createArmGateway({
    subscriptions: settings.azure.subscriptionIds,
    ...azureAccess({ settings, simulatorUrl }),
    clock: clock ?? systemClock,
    retryDelayMs: simulatorUrl === null ? 500 : Math.max(20, Math.round(500 / settings.simulator.speed)),
    onCall: (call) => {
      metrics.azureCall(call);
      log.debug({ ...call }, 'a call to Azure');
    },
  });
}

/** The simulator's clock may be set ahead by hand, so it does not count. */
function safetyOf({ simulatorUrl, clock, log }: Parts, database: Database, azure: AzureGateway): SafetyGate {
  return safetyGate({
    q: database.db,
    process: `${process.pid}-${randomUUID().slice(0, 8)}`,
    clock: clock ?? systemClock,
    azureSkew: () => (simulatorUrl === null ? azure.clockSkew() : null),
    log,
  });
}

type Built = {
  readonly database: Database;
  readonly queue: Queue;
  readonly azure: AzureGateway;
  readonly safety: SafetyGate;
  readonly metrics: Metrics;
  readonly slack: SlackSide | null;
};

function depsOf(parts: Parts, { database, queue, azure, safety, metrics, slack }: Built): Deps {
  const { settings, config, log, simulatorUrl } = parts;
  const clock = parts.clock ?? systemClock;
  const { groups, namesOf, credentialEnds } = directoryOf(parts, clock);
  const bounds = { ...config, readOnly: settings.readOnly };
  const { slackGuests, ...inSlack } = peopleInSlack({ config, database, clock }, slack);
  return {
    database,
    queue: queueWithMetrics(queue, metrics),
    azure,
    senders: {
      teams: senderWithMetrics(teamsSender(settings), 'teams', metrics),
      ...(slack && { slack: senderWithMetrics(slack.sender, 'slack', metrics) }),
    },
    authority: authority(bounds, { groups, slackGuests, azureRoles: { reads: azure.reads, log }, clock }),
    ...inSlack,
    company: companyKnowledge(),
    namesOf,
    credentialEnds,
    ...writtenDown(config),
    readiness: { rules: rulesOf(config), cache: createReadinessCache() },
    waits: parts.waits ?? (simulatorUrl === null ? realWaits : scaledWaits(realWaits, settings.simulator.speed)),
    leases: parts.leases ?? defaultLeases,
    editGapMs: parts.editGapMs ?? defaultEditGapMs,
    simulated: simulatorUrl !== null,
    readOnly: settings.readOnly,
    defaultTimeZone: 'UTC',
    dialogHours: 12,
    keepDays: settings.keepDays,
    clock,
    log,
    metrics,
    failpoint: parts.failpoint ?? noFailpoint,
    newId: randomUUID,
    signInPage: signInPageOf(slack),
    unsafeBecause: () => safety.unsafeBecause(),
    renewTrust: () => safety.renew(),
  };
}

/** What `kluis.yaml` says and nothing else is needed for. */
function writtenDown(config: KluisConfig) {
  const { prices, forecast, breakGlass, drills } = config;
  return {
    ...{ prices, drills, forecast, breakGlass },
    ticket: ticketOf(config),
    channels: channelSettings(config),
    approverChannels: config.channels.flatMap(({ id, approvers }) => (approvers ? [id] : [])),
    digests: config.channels.flatMap(({ id, digest }) => (digest ? [{ channel: id, schedule: digest }] : [])),
    alertRoutes: config.alerts.map(({ channel, ...scope }) => ({ channel, scope: [scope] })),
  };
}

function ticketOf({ ticket }: KluisConfig): Deps['ticket'] {
  if (ticket === null) return null;
  return { required: ticket.required, fits: validPattern(ticket.pattern) };
}

function teamsSender({ teams, platformConfigured }: Settings) {
  const credentials = teams === null ? null : createTokenSource(teams, botTokens(teams));
  return createTeamsSender({ credentials, allowLoopback: !platformConfigured });
}

function channelSettings({ channels }: KluisConfig): Deps['channels'] {
  return (channel) => channels.find(({ id }) => id === channel) ?? null;
}

function rulesOf(config: KluisConfig): Deps['readiness']['rules'] {
  return {
    requireKek: config.encryption.requireKek,
    defaultVault: config.vaults.default,
    backupServiceObjectId: config.azure.backupServiceObjectId,
    grantRole: config.azure.grantRole,
    ownerTag: config.encryption.ownerTag,
    secondRegion: config.vaults.secondRegion,
  };
}

/**
 * Sweeps and gives the sign of life, now and every few seconds; a sweep that takes long does not keep the sign back.
 */
function sweepAlways(deps: Deps, safety: SafetyGate): { stop(): Promise<void> } {
  const over = new AbortController();
  const always = async (work: () => Promise<void>, gapMs = deps.leases.sweep) => {
    while (!over.signal.aborted) {
      await work();
      // Measured from the end: what a slow database held up is not done again without a pause.
      await pause(gapMs, undefined, { signal: over.signal }).catch(() => {});
    }
  };
  const told = (work: typeof sweep, ill: string) => () =>
    work(deps).catch((error: unknown) => deps.log.error(loggable(error), ill));
  const running = Promise.all([
    always(() => safety.beat()),
    always(told(sweep, 'a sweep could not be finished')),
    always(told(forget, 'what is old could not be removed'), deps.leases.forget),
    always(told(endWatches, 'alerts of people without a role were not ended'), deps.leases.forget),
    always(told(closeUnreadableRequests, 'requests that cannot be read were not closed'), deps.leases.forget),
  ]);
  return {
    stop: async () => {
      over.abort();
      await running;
    },
  };
}

async function stop(parts: {
  endpoints: OpenEndpoints;
  sweeping: { stop(): Promise<void> };
  health: Health;
  queue: Queue;
  slack: SlackSide | null;
  database: Database;
  own: boolean;
}): Promise<void> {
  await parts.endpoints.stop();
  await parts.sweeping.stop();
  await parts.health.stop();
  await parts.queue.stop(graceMs);
  await parts.slack?.close();
  if (parts.own) await parts.database.close();
}
