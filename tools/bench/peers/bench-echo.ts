/**
 * The bench's baseline: botbuilder as in its documentation, without authentication, repeating what it receives. It is
 * here and not in the product, where only the Teams folder may use botbuilder.
 */
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering } from '../processes/child.ts';
import { usage } from '../usage.ts';

answering(async () => {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const app = express();
  app.post('/api/messages', express.json({ limit: '512kb' }), async (request, response) => {
    await adapter.process(request, response, async (context) => {
      await context.sendActivity(`echo: ${context.activity.text}`);
    });
  });
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ready: () => ({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    usage,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});
