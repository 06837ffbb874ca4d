/**
 * The baseline of the bench: Bolt as its documentation shows it, which acknowledges a slash command and then says
 * something; and one that acknowledges and does nothing else. It stands here and not in the product, since there only
 * the Slack folder knows Bolt.
 */
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answering } from '../../src/cli/bench/processes/child.ts';

type About = { readonly signingSecret: string; readonly token: string; readonly apiUrl: string };

answering(async ({ signingSecret, token, apiUrl }: About) => {
  const receiver = new ExpressReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const bolt = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken: token }),
    clientOptions: { slackApiUrl: apiUrl },
    logLevel: LogLevel.ERROR,
  });
  bolt.command('/backup', async ({ command, ack, say }) => {
    await ack();
    await say(`echo: ${command.text}`);
  });
  bolt.command('/acknowledge', async ({ ack }) => ack());
  const server = createServer(receiver.app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ready: () => ({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
});
