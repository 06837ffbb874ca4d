import type { ExpressReceiver, webApi } from '@slack/bolt';
import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../core/log.ts';
import { linkHeaders, linkPage, wordsFor } from '../link/link-page.ts';
import { createWebApi, oneTry } from '../web-api.ts';
import type { Installing } from './installations.ts';

type ReceiverOptions = NonNullable<ConstructorParameters<typeof ExpressReceiver>[0]>;
type InstallerOptions = NonNullable<ReceiverOptions['installerOptions']>;
type Callbacks = NonNullable<InstallerOptions['callbackOptions']>;
type Answering = Callbacks['afterInstallation'];
type Installation = Parameters<NonNullable<Answering>>[0];

const path = '/slack/install';
const callbackPath = `${path}/callback`;

/** The app's scopes in a workspace; manifest/slack/manifest.yaml has the same with its reasons. */
const scopes = [
  'app_mentions:read',
  'channels:history',
  'chat:write',
  'commands',
  'groups:history',
  'im:history',
  'im:write',
  'mpim:history',
  'reactions:write',
  'users:read',
  'users:read.email',
];

/**
 * The options with which Bolt's receiver makes the installation pages. `GET /slack/install` gives the browser a state
 * as a cookie and sends it to Slack; it comes back with the same state, once and within ten minutes. Only a listed
 * workspace is stored; for any other, the token is revoked.
 */
export function installerFor(installing: Installing, log: Log) {
  const { clientId, clientSecret, publicUrl, apiUrl, installations } = installing;
  return {
    clientId,
    clientSecret,
    scopes,
    redirectUri: `${publicUrl}${callbackPath}`,
    installationStore: {
      storeInstallation: (installation: Installation) => installations.keep(readInstalled(installation)),
      fetchInstallation: () => Promise.reject(new Error('tokens are read where they are needed')),
    },
    installerOptions: {
      directInstall: true,
      installPath: path,
      redirectUriPath: callbackPath,
      stateCookieName: 'kluis_slack_install',
      stateStore: {
        generateStateParam: async () => {
          const state = randomBytes(32).toString('base64url');
          await installations.begin(state);
          return state;
        },
        verifyStateParam: async (_now: Date, state: string) => {
          if (await installations.use(state)) return { scopes, redirectUri: `${publicUrl}${callbackPath}` };
          throw Object.assign(new Error('a state that nobody began with'), { code: invalidState });
        },
      },
      clientOptions: { ...oneTry, ...(apiUrl !== null && { slackApiUrl: apiUrl }) },
      callbackOptions: callbacks(installing, log),
    } satisfies InstallerOptions,
  } satisfies Partial<ReceiverOptions>;
}

/** The library's code for it. */
const invalidState = 'slack_oauth_invalid_state';

/** The library passes each page's request and response as the last two of four arguments. */
function callbacks(installing: Installing, log: Log): Callbacks {
  return {
    afterInstallation: (installation, _, ...page) => isLetIn({ installing, log }, installation, page),
    success: (installation, _, ...page) => {
      const { team, name } = readInstalled(installation);
      log.info({ team }, 'the app was installed in a workspace');
      show(page, { status: 200, end: 'done', name });
    },
    failure: ({ code }, _, ...page) => {
      log.warn({ code }, 'an installation in Slack was not completed');
      show(page, { status: 400, end: /state|code/.test(code) ? 'expired' : 'failed' });
    },
  };
}

type Page = readonly [IncomingMessage, ServerResponse];

/** Whether the installation is kept: false once the page has said why not, and the token was revoked. */
async function isLetIn(
  { installing, log }: { readonly installing: Installing; readonly log: Log },
  { team, bot, isEnterpriseInstall }: Installation,
  page: Page,
): Promise<boolean> {
  const { workspaces, apiUrl } = installing;
  if (team && bot && !isEnterpriseInstall && workspaces.includes(team.id)) return true;
  log.warn({ team: team?.id ?? null }, 'the app was not taken into a workspace that is not listed');
  if (bot) await giveBack(bot.token, apiUrl, log);
  show(page, { status: 403, end: 'foreign' });
  return false;
}

function readInstalled({ team, bot, user }: Installation) {
  if (!team || !bot) throw new Error('an installation without a workspace or a bot');
  return { team: team.id, name: team.name ?? team.id, token: bot.token, by: user.id };
}

async function giveBack(botToken: string, apiUrl: string | null, log: Log): Promise<void> {
  const api = createWebApi({ botToken, apiUrl });
  await api('giving a token back', (client: webApi.WebClient) => client.auth.revoke()).catch(() =>
    log.warn({}, 'a token that is not kept could not be given back'),
  );
}

type Shown = {
  readonly status: number;
  readonly end: 'done' | 'foreign' | 'expired' | 'failed';
  readonly name?: string;
};

/** The library types Express's objects as Node's own. */
function show([request, response]: Page, { status, end, name = '' }: Shown): void {
  const { say, locale } = wordsFor(request as Request);
  const text = end === 'done' ? say('install.done', { name }) : say(`install.${end}`);
  (response as Response)
    .status(status)
    .set(linkHeaders)
    .type('html')
    .send(linkPage({ locale, title: say('install.title'), text }));
}
