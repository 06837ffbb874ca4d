import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { loopbackOnly } from '../guard.ts';
import type { SuggestedCommand } from '../lab-parts.ts';
import { controlRouter } from './control.ts';
import { doubleParts } from './double-parts.ts';
import { hooksRouter } from './response-urls.ts';
import { webApiRouter } from './web-api.ts';

/** What a double of Slack is made from. */
export type SlackDoubleOptions = {
  /** 0: any free one. It listens on 127.0.0.1 only. */
  port: number;
  /** Where the bot is, such as http://127.0.0.1:3978; signed requests are posted to `/slack/events` there. */
  botUrl: () => string;
  signingSecret: string;
  /** The bot's token, as the Web API asks for it. */
  token: string;
  /** What the token may do, such as `chat:write`. Absent: everything; given: methods refuse with `missing_scope`. */
  scopes?: readonly string[];
  /** Whether chat.postMessage and chat.update keep to one message per channel and second from the start. */
  rateLimited?: boolean;
  /** The slash commands that the page suggests. */
  commands?: readonly SuggestedCommand[];
  /** Where the workspace is kept over a restart; without it everything ends with the process. */
  statePath?: string;
  now?: () => Date;
};

/** A running double. */
export type SlackDouble = {
  /** Such as http://127.0.0.1:40123. */
  url: string;
  /** What `SLACK_API_URL` is set to: the Web API, with a slash at its end. */
  apiUrl: string;
  /** The control API, for mounting at `/_slack` in the lab's own server as well. */
  control: Router;
  /** Ends the event streams, saves the state and closes the server. */
  close(): Promise<void>;
};

/**
 * A double of Slack as its own HTTP server: the Web API at `/api/<method>`, response URLs at `/hooks/…`, and the control
 * API at `/_slack/…`, by which tests and the lab's page do what people do. It speaks Slack's protocol, not the bot's.
 */
export async function startSlackDouble(options: SlackDoubleOptions): Promise<SlackDouble> {
  const closing = new AbortController();
  let url = '';
  const parts = doubleParts({ ...options, ownUrl: () => url }, closing.signal);
  const app = express();
  app.disable('x-powered-by');
  app.use(loopbackOnly);
  const control = controlRouter(parts);
  app.use('/api', webApiRouter(parts));
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
