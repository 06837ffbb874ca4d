/** Opens the product's endpoints on its one listener. */
import type { Registry } from 'prom-client';
import { graphGet } from '../azure/arm/transport/graph-post.ts';
import { receiveWithMetrics } from '../bot/with-metrics.ts';
import { inTransaction, type Deps } from '../bot/deps.ts';
import type { Health } from '../bot/work/health.ts';
import { suggester } from '../bot/turn/suggest.ts';
import { receiver } from '../bot/turn/turn.ts';
import type { KluisConfig } from '../config/kluis-config.ts';
import type { Settings } from '../config/settings.ts';
import type { Log } from '../core/log.ts';
import { alertWebhook } from '../http/alert-webhook.ts';
import { addLevels } from '../http/metrics.ts';
import { listen, type Listener } from '../http/server.ts';
import type { Queue } from '../jobs/queue.ts';
import { personByEmail } from '../people/graph-email.ts';
import { breakGlassCounts } from '../store/break-glass.ts';
import { expeditePolls, lastPolls } from '../store/vault-polls.ts';
import { createTeamsEndpoint } from '../teams/endpoint/teams-endpoint.ts';
import { entraOf } from './entra-of.ts';
import type { LocalChats } from './local-chats.ts';
import { slackEndpoints, type SlackSide } from './slack.ts';
import { azureAccess } from './azure-access.ts';

/** What the product was started with. */
type Given = {
  readonly settings: Settings;
  readonly config: KluisConfig;
  readonly simulatorUrl: string | null;
  readonly log: Log;
  /** The chats on this machine; null if a platform is configured. */
  readonly local: LocalChats | null;
};

/** What the endpoints call. */
type Endpoints = {
  readonly deps: Deps;
  readonly health: Health;
  readonly queue: Queue;
  readonly registry: Registry;
  readonly slack: SlackSide | null;
};

/** The open endpoints. `begin` starts what needs the listener's address. */
export type OpenEndpoints = Listener & { begin(): Promise<void> };

/** Opens every endpoint that is configured, and the local chats if none is. */
export async function openEndpoints(
  given: Given,
  { deps, health, queue, registry, slack }: Endpoints,
): Promise<OpenEndpoints> {
  const { settings, log, local } = given;
  addLevels(registry, {
    queueDepth: () => queue.depth(),
    lastPolls: () => lastPolls(deps.database.db),
    ready: health.ready,
    breakGlass: () => breakGlassCounts(deps.database.db),
  });
  let url = '';
  const lab = local?.page(settings, slack?.emulator ?? null, () => url);
  const slackSide = slack ? slackEndpoints(slack, deps, identitiesOf(given, deps, slack)) : null;
  const listener = await listen({
    host: settings.host,
    port: settings.port,
    monitoringPort: settings.monitoringPort,
    guarded: !settings.platformConfigured,
    endpoints: [
      teamsEndpoint(settings, deps),
      ...alertEndpoint(settings, deps),
      ...(slackSide ? [slackSide.router] : []),
      ...(lab ? [lab.router] : []),
    ],
    ready: () => Promise.resolve(health.unhealthy()),
    needed: ['database'],
    release: settings.release,
    metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
    log,
  });
  url = listener.url;
  const stop = async () => {
    await lab?.close();
    await listener.stop();
    await slackSide?.stop();
  };
  return { ...listener, stop, begin: async () => slackSide?.start() };
}

function teamsEndpoint(settings: Settings, deps: Deps) {
  const none = { appId: null, appPassword: null, appType: null, appTenantId: null, tenantIds: [] };
  return createTeamsEndpoint({
    settings: settings.teams ?? none,
    receive: receiveWithMetrics(receiver(deps), deps.metrics),
    suggest: suggester(deps),
    log: deps.log,
    allowLoopback: !settings.platformConfigured,
  });
}

/** An alert expedites the poll of its vault, on any replica. */
function alertEndpoint({ alertWebhook: proof }: Settings, deps: Deps) {
  if (!proof) return [];
  const expedite = (vaultIds: readonly string[]) =>
    inTransaction(deps, async (unit) => {
      const known = await expeditePolls(unit.q, vaultIds, deps.waits.vaultExpedited);
      for (const { vaultId: id, inMs } of known) unit.wake({ to: 'watch', id, inMs });
      return known.map(({ vaultId }) => vaultId);
    });
  return [alertWebhook({ ...proof, expedite, log: deps.log })];
}

function identitiesOf(given: Given, { database }: Deps, { timeouts }: SlackSide) {
  const access = azureAccess(given);
  const get = graphGet(access.operate, access.httpClient);
  const byEmail = { read: (email: string) => personByEmail(get, email), timeoutMs: timeouts.email };
  return { config: given.config, entraOf: entraOf(given.config, database, byEmail) };
}
