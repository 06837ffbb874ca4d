import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { loopbackOnly } from '../control/guard.ts';
import { controlRouter } from './control.ts';
import { emulatorParts, type SlackEmulatorOptions } from './emulator-parts.ts';
import { hooksRouter } from './interactions/responses.ts';
import { oauthRouter } from './oauth.ts';
import { webApiRouter } from './web-api.ts';

/** A running emulator. */
export type SlackEmulator = {
  /** Such as http://127.0.0.1:40123. */
  url: string;
  /** The value of `SLACK_API_URL`: the Web API, with a trailing slash. */
  apiUrl: string;
  /** The control API, for mounting at `/_slack` in the lab's own server as well. */
  control: Router;
  /** Ends the event streams, saves the state and closes the server. */
  close(): Promise<void>;
};

/**
 * A Slack emulator as its own HTTP server: the Web API at `/api/<method>`, response URLs at `/hooks/…`, and the control
 * API at `/_slack/…`, with which tests and the lab's page do what people do. It speaks Slack's protocol, not the bot's.
 */
export async function startSlackEmulator(options: SlackEmulatorOptions): Promise<SlackEmulator> {
  const closing = new AbortController();
  let url = '';
  const parts = emulatorParts({ ...options, ownUrl: () => url }, closing.signal);
  const app = express();
  app.disable('x-powered-by');
  app.use(loopbackOnly);
  const control = controlRouter(parts);
  app.use('/api', oauthRouter(parts), webApiRouter(parts));
  app.use('/hooks', hooksRouter(parts));
  app.use('/_slack', control);
  const server = createServer(app);
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    apiUrl: `${url}/api/`,
    control,
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await parts.settled();
    },
  };
}
