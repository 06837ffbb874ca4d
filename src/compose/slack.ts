/**
 * Builds the Slack side: the real one if it is configured; otherwise, while no platform is, an emulator on this
 * machine.
 */
import { Router } from 'express';
import { homePage } from '../bot/turn/home.ts';
import { linking } from '../bot/rights/linking.ts';
import { receiveWithMetrics } from '../bot/with-metrics.ts';
import type { Deps } from '../bot/deps.ts';
import { findCurrent } from '../bot/turn/current-message.ts';
import { suggester } from '../bot/turn/suggest.ts';
import { receiver } from '../bot/turn/turn.ts';
import type { KluisConfig } from '../config/kluis-config.ts';
import type { Settings } from '../config/settings.ts';
import type { SlackSetting } from '../config/settings/slack-settings.ts';
import type { Log } from '../core/log.ts';
import type { SlackEmulator } from '../lab/slack/slack-emulator.ts';
import { createSignIn, type SignIn } from '../people/sign-in.ts';
import type { EntraOf } from '../slack/endpoint/identify.ts';
import { linkCallbackPath, linkPath, linkRouter } from '../slack/link/link-router.ts';
import { guestNow } from '../slack/guest-now.ts';
import type { SlackTransport } from '../slack/settings.ts';
import { createRespond } from '../slack/response-url.ts';
import { createSlackEndpoint, type SlackEndpoint } from '../slack/slack-endpoint.ts';
import { createSlackSender, type SlackSender } from '../slack/slack-sender.ts';
import { receiveInWorkspaces, senderInWorkspaces } from '../slack/several-workspaces.ts';
import { slackTimeouts, type SlackTimeouts } from '../slack/timeouts.ts';
import { type ApiOf, createApiOf, createWebApi, type SlackAccess } from '../slack/web-api.ts';
import { blockConversationsOf } from '../store/conversations.ts';
import { forgetInstallation } from '../store/slack-installations.ts';
import type { Database } from '../store/database.ts';
import type { LocalChats } from './local-chats.ts';
import { checkWorkspaceNames, installationsIn } from './slack-installations.ts';

/** What the Slack side is made from. `url`: where the product listens, once it does. */
type SlackMaking = {
  readonly settings: Settings;
  readonly config: KluisConfig;
  readonly database: Database;
  readonly simulatorUrl: string | null;
  readonly url: () => string;
  /** The minimum time between two edits in one channel. */
  readonly editGapMs: number;
  /** The product's own, if absent. */
  readonly timeouts?: SlackTimeouts;
  readonly log: Log;
  /** The chats on this machine; null if a platform is configured. */
  readonly local: LocalChats | null;
};

/** The sending side of Slack, before anything comes in. `isOne`: there is one workspace, which needn't be named. */
export type SlackSide = {
  readonly isOne: boolean;
  readonly transport: SlackTransport;
  readonly apiOf: ApiOf;
  readonly isInstalled: (team: string) => Promise<boolean>;
  readonly isGuestNow: Deps['isGuestNow'];
  readonly timeouts: SlackTimeouts;
  readonly sender: SlackSender;
  readonly emulator: SlackEmulator | null;
  /** Ends the emulator, after everything that may still send. */
  readonly close: () => Promise<void>;
  readonly signIn: { readonly by: SignIn; readonly publicUrl: () => string } | null;
};

/** Builds the sending side; null if Teams is configured and Slack is not. An emulator starts listening. */
export async function openSlack(making: SlackMaking): Promise<SlackSide | null> {
  const { settings, editGapMs, timeouts = slackTimeouts, log } = making;
  const ways = settings.slack ? realWays(settings.slack, making) : await localWays(making, timeouts);
  if (!ways) return null;
  const { apiOf, apiUrl } = ways;
  const sender = createSlackSender({ apiOf, respond: createRespond(apiUrl), editGapMs, log });
  return {
    ...ways,
    timeouts,
    isGuestNow: guestNow(apiOf, timeouts.guest),
    sender: ways.isOne ? sender : senderInWorkspaces(sender),
    signIn: signInOf(making),
    close: async () => ways.emulator?.close(),
  };
}

type Ways = Pick<SlackSide, 'isOne' | 'apiOf' | 'isInstalled' | 'transport' | 'emulator'> & {
  readonly apiUrl: string | null;
};

function realWays(slack: SlackSetting, { config, database }: SlackMaking): Ways {
  const { apiUrl, install } = slack;
  if (install) checkWorkspaceNames(config);
  const installations = install && installationsIn(database, install);
  const installing = install && installations && { ...install, apiUrl, installations };
  const transport: SlackTransport =
    slack.mode === 'socket'
      ? { mode: 'socket', appToken: slack.appToken, apiUrl }
      : { mode: 'http', signingSecret: slack.signingSecret, installing };
  const way = { apiUrl, transport, emulator: null };
  if (!installations) return { ...way, ...oneWorkspace({ botToken: slack.botToken ?? '', apiUrl }) };
  const isInstalled = async (team: string) => (await installations.tokenOf(team)) !== null;
  return { ...way, isOne: false, apiOf: createApiOf(installations.tokenOf, apiUrl), isInstalled };
}

/** The workspace is read with its token. */
function oneWorkspace(access: SlackAccess): Pick<Ways, 'isOne' | 'apiOf' | 'isInstalled'> {
  const api = createWebApi(access);
  return { isOne: true, apiOf: () => api, isInstalled: () => Promise.resolve(true) };
}

async function localWays({ local, settings, url }: SlackMaking, { answer }: SlackTimeouts): Promise<Ways | null> {
  if (!local) return null;
  const { emulator, token, signingSecret } = await local.startSlack(settings, { url, answerMs: answer });
  const { apiUrl } = emulator;
  const transport: SlackTransport = { mode: 'http', signingSecret, installing: null };
  return { ...oneWorkspace({ botToken: token, apiUrl }), apiUrl, transport, emulator };
}

/** With nothing configured, people sign in at the simulator; with a platform, only if the settings say so. */
function signInOf({ settings, simulatorUrl, url }: SlackMaking): SlackSide['signIn'] {
  const { signIn, platformConfigured, azure } = settings;
  if (signIn) {
    const issuer = `https://login.microsoftonline.com/${signIn.tenantId}/v2.0`;
    const redirectUri = () => `${signIn.publicUrl}${linkCallbackPath}`;
    return { by: createSignIn({ ...signIn, issuer, redirectUri }), publicUrl: () => signIn.publicUrl };
  }
  if (platformConfigured || simulatorUrl === null || azure.tenantId === null) return null;
  const by = createSignIn({
    issuer: `${simulatorUrl}/${azure.tenantId}/v2.0`,
    tenantId: azure.tenantId,
    clientId: 'kluis-sign-in',
    clientSecret: 'simulated',
    redirectUri: () => `${url()}${linkCallbackPath}`,
  });
  return { by, publicUrl: url };
}

/** Where somebody with this ticket signs in; null if nobody can. */
export function signInPageOf(slack: SlackSide | null): Deps['signInPage'] {
  const signIn = slack?.signIn;
  return signIn ? (ticket) => `${signIn.publicUrl()}${linkPath(ticket)}` : null;
}

/** The product server's routes for Slack, and its start and stop. */
type SlackEndpoints = { readonly router: Router; start(): Promise<void>; stop(): Promise<void> };

/** Where people's identities come from. */
type Identities = { readonly config: KluisConfig; readonly entraOf: EntraOf };

/** Opens the endpoints of the Slack side. */
export function slackEndpoints(slack: SlackSide, deps: Deps, { config, entraOf }: Identities): SlackEndpoints {
  const { signIn } = slack;
  const { db } = deps.database;
  const receive = receiveWithMetrics(receiver(deps), deps.metrics);
  const endpoint: SlackEndpoint = createSlackEndpoint({
    ...slack,
    receive: slack.isOne ? receive : receiveInWorkspaces(receive),
    suggest: suggester(deps),
    entraOf,
    showHome: homePage(deps),
    findCurrent: findCurrent(deps),
    closeWorkspace: (team, at) =>
      db.transaction().execute(async (q) => {
        // No installation is kept for a single workspace: its token is in the settings.
        if (slack.isOne || (await forgetInstallation(q, team, at))) await blockConversationsOf(q, `slack:${team}:`);
      }),
    log: deps.log,
  });
  const router = Router().use(endpoint.router);
  if (signIn) {
    const links = linking(deps, signIn.by, config.people);
    router.use(linkRouter({ linking: links, publicUrl: signIn.publicUrl, log: deps.log }));
  }
  return {
    router,
    start: () => endpoint.start(),
    stop: () => endpoint.stop(),
  };
}
