import express, { type Router } from 'express';
import { apiRouter } from './control/api.ts';
import { badBody } from './control/bad-body.ts';
import { connectorRouter } from './teams/connector.ts';
import { loopbackOnly } from './control/guard.ts';
import { labParts, type LabOptions } from './teams/lab-parts.ts';
import { labHeaders, pageRouter } from './control/page-files.ts';

/** The local chat: a router for `/` and `/_lab/…` (and `/_slack/…` with a Slack emulator), and its end. */
export type Lab = {
  router: Router;
  /** Ends the event streams and resolves when the chat is saved. */
  close(): Promise<void>;
};

/**
 * A local chat page and the connector behind it: what Teams is for the bot, on this machine only. All other paths are
 * left to whatever is mounted after the router.
 */
export function createLab(options: LabOptions): Lab {
  const closing = new AbortController();
  const parts = labParts(options, closing.signal);
  const router = express.Router();
  router.use(ownPaths(loopbackOnly), ownPaths(labHeaders()));
  router.use('/_lab/connector', connectorRouter(parts), badBody);
  router.use(pageRouter());
  router.use('/_lab', apiRouter(parts), badBody);
  if (options.slack) router.use('/_slack', options.slack.control);
  return {
    router,
    close: async () => {
      closing.abort();
      await parts.chat.settled();
    },
  };
}

function ownPaths(handler: express.RequestHandler): express.RequestHandler {
  return (request, response, next) =>
    request.path === '/' || /^\/_(lab|slack)(\/|$)/i.test(request.path) ? handler(request, response, next) : next();
}
