import { createChanges, type Changes } from '../changes.ts';
import { createTraffic, type Traffic } from '../traffic.ts';
import type { SuggestedCommand } from '../teams/lab-parts.ts';
import { createChannelLimits, type ChannelLimits } from './channel-limits.ts';
import { createResponseUrls, type ResponseUrls } from './payload/response-urls.ts';
import { createSlackFaults, type SlackFaults } from './slack-faults.ts';
import { createSlackLine, type SlackLine } from './slack-line.ts';
import { openSpace, type SlackSpace } from './slack-space.ts';
import { slackStateFile } from './slack-state-file.ts';
import { createTriggers, type Triggers } from './payload/triggers.ts';

/** The options of a Slack emulator. */
export type SlackEmulatorOptions = {
  /** 0: any free one. It listens on 127.0.0.1 only. */
  port: number;
  /** Where the bot is, such as http://127.0.0.1:3978; signed requests are posted to `/slack/events` there. */
  botUrl: () => string;
  signingSecret: string;
  /** The bot's token for the Web API. */
  token: string;
  /** The token's scopes, such as `chat:write`. Absent: all; given: methods refuse with `missing_scope`. */
  scopes?: readonly string[];
  /** Whether chat.postMessage and chat.update are limited to one message per channel and second from the start. */
  rateLimited?: boolean;
  /** The app's credentials if it is installed by OAuth; absent: it isn't. */
  app?: { clientId: string; clientSecret: string };
  /** The slash commands that the page suggests. */
  commands?: readonly SuggestedCommand[];
  /** Where the workspace is stored across a restart; without it everything ends with the process. */
  statePath?: string;
  /** How long an answer of the bot is awaited, in milliseconds; absent: three seconds, as Slack does. */
  answerMs?: number;
  now?: () => Date;
};

/** What can be set while the emulator runs. */
type EmulatorSettings = {
  /** What happens to a reply to a message that is gone: Slack has been seen doing either. */
  deletedParent: 'refuse' | 'unthread';
};

/** What somebody has granted to an app, by its code. */
type Grants = Map<string, { readonly person: string; readonly redirectUri: string; readonly scope: string }>;

/** The parts of an emulator that its routers share. */
export type EmulatorParts = {
  space: SlackSpace;
  changes: Changes;
  traffic: Traffic;
  faults: SlackFaults;
  limits: ChannelLimits;
  triggers: Triggers;
  hooks: ResponseUrls;
  line: SlackLine;
  settings: EmulatorSettings;
  app: SlackEmulatorOptions['app'];
  grants: Grants;
  token: string;
  scopes: readonly string[] | undefined;
  commands: readonly SuggestedCommand[];
  now: () => Date;
  /** Aborted when the emulator closes: ends the event streams. */
  closing: AbortSignal;
  settled(): Promise<void>;
};

/** Builds the parts of one emulator. */
export function emulatorParts(
  options: SlackEmulatorOptions & { ownUrl: () => string },
  closing: AbortSignal,
): EmulatorParts {
  const { now = () => new Date(), token, scopes, commands = [] } = options;
  const changes = createChanges();
  const traffic = createTraffic(now, changes);
  const space = openSpace({ now, changes, file: slackStateFile(options.statePath) });
  return {
    space,
    changes,
    traffic,
    faults: createSlackFaults(),
    limits: createChannelLimits(now, options.rateLimited ?? false),
    triggers: createTriggers(now),
    hooks: createResponseUrls(now, options.ownUrl),
    line: createSlackLine({ ...options, traffic, now }),
    settings: { deletedParent: 'refuse' },
    app: options.app,
    grants: new Map(),
    token,
    scopes,
    commands,
    now,
    closing,
    settled: () => space.settled(),
  };
}
