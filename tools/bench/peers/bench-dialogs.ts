/**
 * The bench's peer: botbuilder-dialogs as in its documentation, with its state in PostgreSQL, read and written in each
 * turn, and an Adaptive Card as answer. Its packages are in a folder of their own, because they run programs when they
 * are installed and the product needs none of them.
 */
import express, { type Request, type Response } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { answering } from '../processes/child.ts';
import { usage } from '../usage.ts';

type Context = { readonly activity: { readonly text: string } };
type Step = { readonly context: Context & { sendActivity(activity: object): Promise<unknown> } };
type DialogContext = {
  continueDialog(): Promise<{ readonly status: string }>;
  beginDialog(id: string): Promise<unknown>;
};
type State = { createProperty(name: string): object; saveChanges(context: Context): Promise<void> };
type Botbuilder = {
  readonly CloudAdapter: new (auth: object) => {
    process(request: Request, response: Response, turn: (context: Context) => Promise<void>): Promise<void>;
  };
  readonly ConfigurationBotFrameworkAuthentication: new (settings: object) => object;
  readonly ConversationState: new (storage: object) => State;
  readonly CardFactory: { adaptiveCard(card: object): object };
};
type Dialogs = {
  readonly Dialog: { readonly EndOfTurn: object };
  readonly DialogSet: new (state: object) => {
    add(dialog: object): void;
    createContext(context: Context): Promise<DialogContext>;
  };
  readonly WaterfallDialog: new (id: string, steps: readonly ((step: Step) => Promise<object>)[]) => object;
};
type About = { readonly packages: string; readonly database: string };

const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'vm-sql-01 can be protected', weight: 'Bolder', wrap: true },
    { type: 'FactSet', facts: ['Region', 'Disks', 'Keys', 'Agent'].map((title) => ({ title, value: 'in order' })) },
    ...['vault', 'policy'].map((id) => ({
      ...{ type: 'Input.ChoiceSet', id, label: id, value: '1' },
      choices: ['1', '2', '3'].map((value) => ({ title: `${id} ${value}`, value })),
    })),
  ],
  actions: [
    { type: 'Action.Execute', title: 'Protect', verb: 'submit' },
    { type: 'Action.Execute', title: 'Cancel', verb: 'cancel' },
  ],
};

/** State by key, each a row of JSON, as its storages for other databases keep it. */
function storageIn(pool: pg.Pool, table: string) {
  return {
    async read(keys: readonly string[]): Promise<Record<string, object>> {
      const { rows } = await pool.query<{ key: string; body: object }>(
        `select key, body from ${table} where key = any($1)`,
        [keys],
      );
      return Object.fromEntries(rows.map(({ key, body }) => [key, body]));
    },
    async write(changes: Readonly<Record<string, object>>): Promise<void> {
      for (const [key, body] of Object.entries(changes))
        await pool.query(
          `insert into ${table} (key, body) values ($1, $2) on conflict (key) do update set body = excluded.body`,
          [key, JSON.stringify(body)],
        );
    },
    delete: (keys: readonly string[]) => pool.query(`delete from ${table} where key = any($1)`, [keys]),
  };
}

answering(async ({ packages, database }: About) => {
  const load = createRequire(join(packages, 'package.json'));
  const { CardFactory, ConversationState, ...hosting } = load('botbuilder') as Botbuilder;
  const { Dialog, DialogSet, WaterfallDialog } = load('botbuilder-dialogs') as Dialogs;
  const pool = new pg.Pool({ connectionString: database, max: 16 });
  const table = `bench_dialogs_${process.pid}`;
  await pool.query(`create table ${table} (key text primary key, body jsonb not null)`);
  const state = new ConversationState(storageIn(pool, table));
  const dialogs = new DialogSet(state.createProperty('dialog'));
  const show = async ({ context }: Step) => {
    await context.sendActivity({ type: 'message', attachments: [CardFactory.adaptiveCard(card)] });
    return Dialog.EndOfTurn;
  };
  dialogs.add(new WaterfallDialog('backup', [show]));
  const adapter = new hosting.CloudAdapter(new hosting.ConfigurationBotFrameworkAuthentication({}));
  const app = express();
  app.post('/api/messages', express.json({ limit: '512kb' }), async (request, response) => {
    await adapter.process(request, response, async (context) => {
      const at = await dialogs.createContext(context);
      const { status } = await at.continueDialog();
      if (status === 'empty') await at.beginDialog('backup');
      await state.saveChanges(context);
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
      await pool.query(`drop table ${table}`);
      await pool.end();
    },
  };
});
