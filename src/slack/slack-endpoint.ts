import { App, type Logger, type Receiver } from '@slack/bolt';
import type { Router } from 'express';
import type { Receive, Suggest } from '../bot/port.ts';
import { loggable, type Log } from '../core/log.ts';
import { boltLog } from './bolt-log.ts';
import type { EndpointParts, Reply, ShowHome, FindCurrent } from './endpoint/endpoint-parts.ts';
import { identifier, type EntraOf } from './endpoint/identify.ts';
import { onActions } from './endpoint/on-actions.ts';
import { onCommand } from './endpoint/on-command.ts';
import { onEvent } from './endpoint/on-event.ts';
import { onOptions } from './endpoint/on-options.ts';
import { onSubmission } from './endpoint/on-submission.ts';
import { personalChats } from './endpoint/personal-chats.ts';
import { createProfiles } from './endpoint/profiles.ts';
import { publishHome } from './endpoint/publish-home.ts';
import { receiverFor } from './receiver.ts';
import { slackEvents } from './listened.ts';
import type { SlackTransport } from './settings.ts';
import type { SlackSender } from './slack-sender.ts';
import type { SlackTimeouts } from './timeouts.ts';
import type { ApiOf } from './web-api.ts';

/** What the endpoint needs. */
type SlackEndpointOptions = {
  readonly transport: SlackTransport;
  readonly apiOf: ApiOf;
  readonly sender: SlackSender;
  readonly receive: Receive;
  readonly suggest: Suggest;
  readonly entraOf: EntraOf;
  readonly showHome: ShowHome;
  readonly findCurrent: FindCurrent;
  /** Whether the app is installed in a workspace. */
  readonly isInstalled: (team: string) => Promise<boolean>;
  readonly closeWorkspace: EndpointParts['closeWorkspace'];
  readonly timeouts: SlackTimeouts;
  readonly log: Log;
};

/**
 * The endpoint while it is open. `start` opens the socket if there is one; `stop` waits for what is still running after
 * the answers.
 */
export type SlackEndpoint = { readonly router: Router; start(): Promise<void>; stop(): Promise<void> };

/**
 * The Slack endpoint, `POST /slack/events` or a socket. Bolt verifies and sorts what comes in; it is answered when
 * `receive` has resolved, so nothing that was acknowledged is lost. Work that Slack needs no answer for comes after it.
 */
export function createSlackEndpoint(options: SlackEndpointOptions): SlackEndpoint {
  const { log, transport } = options;
  const afterwards = afterwardsOf(log);
  const parts = partsOf(options, afterwards.after);
  const { receiver, router } = receiverFor(transport, log);
  listen(boltApp(receiver, boltLog(log)), servedBy(options), parts);
  return {
    router,
    start: async () => void (await receiver.start()),
    stop: async () => {
      await receiver.stop();
      await afterwards.done();
    },
  };
}

function boltApp(receiver: Receiver, logger: Logger): App {
  // Bolt's own clients aren't used: they would repeat calls and wait indefinitely.
  const authorize = () => Promise.resolve({});
  return new App({ receiver, logger, authorize, convoStore: false, ignoreSelf: false });
}

function listen(app: App, served: Served, parts: EndpointParts): void {
  const any = /^[\s\S]*$/;
  app.command(any, async ({ body, ack }) => ack(replyOf(await served(body, () => onCommand(parts, body)))));
  for (const name of slackEvents)
    app.event(name, async ({ body, context }) => served(body, () => onEvent(parts, body, (context.retryNum ?? 0) > 0)));
  app.action(any, async ({ body, ack }) => {
    await served(body, () => onActions(parts, body));
    await ack();
  });
  app.view(any, async ({ body, ack }) => ack(replyOf(await served(body, () => onSubmission(parts, body)))));
  app.options(any, async ({ body, ack }) => ack(replyOf(await served(body, () => onOptions(parts, body)))));
}

/** Runs it for a workspace in which the app is installed; for any other nothing is done, but it is acknowledged too. */
type Served = <T>(body: unknown, react: () => Promise<T>) => Promise<T | undefined>;

function servedBy({ isInstalled, log }: SlackEndpointOptions): Served {
  return async (body, react) => {
    const { team_id, team } = body as { team_id?: unknown; team?: { id?: unknown } | null };
    const id = team_id ?? team?.id;
    if (await isInstalled(typeof id === 'string' ? id : '')) return react();
    log.info({ team: id }, 'something came from a workspace in which the app is not installed');
    return undefined;
  };
}

/** Bolt has a type for each answer; the reactions know which is theirs. */
function replyOf(reply: Reply): never {
  return reply as never;
}

function partsOf(options: SlackEndpointOptions, after: EndpointParts['after']): EndpointParts {
  const { apiOf, sender, receive, suggest, entraOf, showHome, findCurrent, closeWorkspace, timeouts, log } = options;
  return {
    apiOf,
    sender,
    receive,
    suggest,
    findCurrent,
    closeWorkspace,
    timeouts,
    log,
    after,
    identify: identifier(createProfiles(apiOf, timeouts.profile), entraOf),
    personalOf: personalChats(apiOf),
    publishHome: publishHome(apiOf, showHome),
  };
}

function afterwardsOf(log: Log) {
  const running = new Set<Promise<void>>();
  return {
    after(doing: string, work: () => Promise<unknown>): void {
      const done: Promise<void> = work().then(
        () => void running.delete(done),
        (error: unknown) => {
          running.delete(done);
          log.warn({ ...loggable(error), doing }, 'work after an answer to Slack could not be finished');
        },
      );
      running.add(done);
    },
    done: async () => void (await Promise.allSettled(running)),
  };
}
