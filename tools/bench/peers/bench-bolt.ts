/**
 * The bench's baseline: Bolt as in its documentation, which acknowledges a slash command and then answers; a variant
 * that stores a row before acknowledging; and one that only acknowledges. It is here and not in the product, where only
 * the Slack folder may use Bolt.
 */
import { App, ExpressReceiver, LogLevel } from '@slack/bolt';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { answering } from '../processes/child.ts';

type About = {
  readonly signingSecret: string;
  readonly token: string;
  readonly apiUrl: string;
  readonly database: string;
};

answering(async ({ signingSecret, token, apiUrl, database }: About) => {
  const pool = new pg.Pool({ connectionString: database, max: 10 });
  const table = `bench_bolt_${process.pid}`;
  await pool.query(`create table ${table} (at timestamptz default now(), command jsonb)`);
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
  bolt.command('/store', async ({ command, ack, say }) => {
    await pool.query(`insert into ${table} (command) values ($1)`, [JSON.stringify(command)]);
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
      await pool.query(`drop table ${table}`);
      await pool.end();
    },
  };
});
