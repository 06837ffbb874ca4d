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
import type { WebApi } from './web-api.ts';

/** What the endpoint needs. */
type SlackEndpointOptions = {
  readonly transport: SlackTransport;
  readonly api: WebApi;
  readonly sender: SlackSender;
  readonly receive: Receive;
  readonly suggest: Suggest;
  readonly entraOf: EntraOf;
  readonly showHome: ShowHome;
  readonly findCurrent: FindCurrent;
  readonly closeAll: EndpointParts['closeAll'];
  readonly log: Log;
};

/**
 * The endpoint while it is open. `start` opens the socket where there is one; `stop` waits for what goes on after
 * answers.
 */
export type SlackEndpoint = { readonly router: Router; start(): Promise<void>; stop(): Promise<void> };

/**
 * the Slack endpoint, `POST /slack/events` or a socket. Bolt verifies and sorts what comes in; it is answered when
 * `receive` has resolved, so nothing that was acknowledged is lost. What Slack needs no answer for comes after it.
 */
export function createSlackEndpoint(options: SlackEndpointOptions): SlackEndpoint {
  const { log, transport } = options;
  const afterwards = afterwardsOf(log);
  const parts = partsOf(options, afterwards.after);
  const logger = boltLog(log);
  const { receiver, router } = receiverFor(transport, logger);
  listen(boltApp(receiver, logger), parts);
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
  // Bolt's own clients stay unused: they would repeat calls and wait without end.
  const authorize = () => Promise.resolve({});
  return new App({ receiver, logger, authorize, convoStore: false, ignoreSelf: false });
}

function listen(app: App, parts: EndpointParts): void {
  const any = /^[\s\S]*$/;
  app.command(any, async ({ body, ack }) => ack(replyOf(await onCommand(parts, body))));
  for (const name of slackEvents)
    app.event(name, async ({ body, context }) => onEvent(parts, body, (context.retryNum ?? 0) > 0));
  app.action(any, async ({ body, ack }) => {
    await onActions(parts, body);
    await ack();
  });
  app.view(any, async ({ body, ack }) => ack(replyOf(await onSubmission(parts, body))));
  app.options(any, async ({ body, ack }) => ack(replyOf(await onOptions(parts, body))));
}

/** Bolt has a type for each answer; the reactions know which is theirs. */
function replyOf(reply: Reply): never {
  return reply as never;
}

function partsOf(options: SlackEndpointOptions, after: EndpointParts['after']): EndpointParts {
  const { api, sender, receive, suggest, entraOf, showHome, findCurrent, closeAll, log } = options;
  return {
    api,
    sender,
    receive,
    suggest,
    findCurrent,
    closeAll,
    log,
    after,
    identify: identifier(createProfiles(api), entraOf),
    personalOf: personalChats(api),
    publishHome: publishHome(api, showHome),
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
          log.warn({ ...loggable(error), doing }, 'something after an answer to Slack did not come about');
        },
      );
      running.add(done);
    },
    done: async () => void (await Promise.allSettled(running)),
  };
}
