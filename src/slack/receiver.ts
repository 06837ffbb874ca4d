import {
  ExpressReceiver,
  SocketModeReceiver,
  type App,
  type Logger,
  type Receiver,
  type ReceiverEvent,
} from '@slack/bolt';
import { Router, type RequestHandler } from 'express';
import { EnvHttpProxyAgent } from 'undici';
import { proxyOf } from '../outbound/proxy.ts';
import type { Log } from '../core/log.ts';
import { boltLog } from './bolt-log.ts';
import { installerFor } from './install/installer.ts';
import { isListenedTo } from './listened.ts';
import type { SlackTransport } from './settings.ts';

/** Where Slack posts events, commands, presses and type-aheads. */
const slackPath = '/slack/events';

/** Where sockets are opened. */
const socketHost = 'https://wss-primary.slack.com';

/** Slack's own requests are far smaller; the body is read before the sender is verified. */
const bodyLimit = 512 * 1024;

/** How far Slack's clock may be from ours; Bolt only checks the past. */
const maxSkewMs = 5 * 60_000;

/** A receiver: what Bolt listens to, and its routes on the product's own server (none for a socket). */
type RoutedReceiver = { readonly receiver: Receiver; readonly router: Router };

/** Opens the configured receiver. Both kinds acknowledge only after everything has been stored. */
export function receiverFor(transport: SlackTransport, log: Log, now: () => number = Date.now): RoutedReceiver {
  const logger = boltLog(log);
  const router = Router();
  if (transport.mode === 'socket') {
    const { appToken, apiUrl } = transport;
    const clientOptions = apiUrl === null ? {} : { slackApiUrl: apiUrl };
    // Bolt's own client doesn't support proxies.
    const dispatcher = proxyOf(socketHost) !== '' ? { dispatcher: new EnvHttpProxyAgent() } : {};
    const socket = new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions }, ...dispatcher });
    return { receiver: acknowledgedLast(socket, logger), router };
  }
  const { signingSecret, installing } = transport;
  router.post(slackPath, notFromTheFuture(now));
  // The receiver adds its route to the given router, and starts no server unless `start` is called.
  const receiver = new ExpressReceiver({
    ...(installing && installerFor(installing, log)),
    signingSecret,
    logger,
    endpoints: slackPath,
    router,
    processBeforeResponse: true,
    bodyLimit,
    unhandledRequestHandler: stillAtIt,
  });
  return {
    receiver: { init: (app) => receiver.init(takenDownFirst(app, logger)), start: nothing, stop: nothing },
    router,
  };
}

/** A request signed for the future could be kept and replayed then. */
function notFromTheFuture(now: () => number): RequestHandler {
  return ({ headers }, response, next) => {
    const at = Number(headers['x-slack-request-timestamp']) * 1000;
    if (at > now() + maxSkewMs) return void response.status(401).end();
    next();
  };
}

/**
 * Slack has stopped waiting, and sends the same again. What was started continues, and answers when it can: Bolt's own
 * handler would answer 404 here, and then log an error when the real answer follows.
 */
function stillAtIt({ logger }: { readonly logger: Logger }): void {
  logger.warn('something from Slack took longer than Slack waits for it');
}

/**
 * Over a socket Bolt acknowledges an event before anybody has seen it; here the acknowledgement comes after it is
 * stored.
 */
function acknowledgedLast(socket: SocketModeReceiver, logger: Logger): Receiver {
  return {
    init: (app) => socket.init(takenDownFirst(app, logger)),
    start: () => socket.start(),
    stop: () => socket.stop(),
  };
}

/**
 * What nothing reacts to is acknowledged as well: otherwise Slack would wait for that, and send it again. It doesn't
 * reach Bolt, which fails on parts that it doesn't expect.
 */
function takenDownFirst(app: App, logger: Logger): App {
  const processEvent = async (event: ReceiverEvent): Promise<void> => {
    if (!isListenedTo(event.body)) {
      logger.info('something came from Slack that nobody listens to');
      return event.ack();
    }
    let answer: unknown;
    const ack = async (body?: unknown) => void (answer = body);
    await app.processEvent({ ...event, ack }).catch((error: unknown) => {
      // Bolt adds a code to what our reactions throw; an error without one is Bolt tripping over the body before that.
      if (!(error instanceof TypeError) || 'code' in error) throw error;
      logger.warn('something that Slack sent could not be read');
    });
    await event.ack(answer);
  };
  return { processEvent } as App;
}

async function nothing(): Promise<void> {
  // the product's own server starts and stops
}
