/** What Microsoft 365 Agents Playground sent in `npm run try:playground -- --record`, played again to Kluis. */
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

type Sent = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly name?: string;
  readonly text?: string;
  readonly conversation: { readonly id: string; readonly conversationType: string };
};
type Shown = { readonly id: string; readonly conversation: string; readonly text: string; readonly card: unknown };
type Body = { readonly text?: string; readonly attachments?: readonly { readonly content: unknown }[] };

let bot: TestBot;
let client: Server;
let recorded: readonly Sent[];
/** What the client shows, by the messages' IDs: the newest state of each. */
const shown = new Map<string, Shown>();

/** The client's connector: it takes posts and edits, and gives each message an ID. */
function connector(): Server {
  return createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString('utf8')));
    request.on('end', () => {
      const [, conversation = '', edited] =
        /conversations\/([^/]+)\/activities\/?([^/?]+)?/.exec(decodeURIComponent(request.url ?? '')) ?? [];
      const body = (text === '' ? {} : JSON.parse(text)) as Body;
      const id = request.method === 'PUT' && edited !== undefined ? edited : `m${shown.size + 1}`;
      const card = body.attachments?.[0]?.content ?? null;
      shown.set(id, { id, conversation, text: body.text ?? '', card });
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ id }));
    });
  });
}

async function send(activity: object): Promise<Response> {
  const { port } = client.address() as AddressInfo;
  return fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ms-agents-playground': 'true' },
    body: JSON.stringify({ ...activity, serviceUrl: `http://localhost:${port}/_connector` }),
  });
}

const untilShown = (what: string) =>
  eventually(what, () =>
    [...shown.values()].findLast(({ text, card }) => `${text} ${card ? viewOf(card).text : ''}`.includes(what)),
  );

beforeAll(async () => {
  client = connector().listen(0, '127.0.0.1');
  recorded = JSON.parse(
    await readFile(join(import.meta.dirname, '../fixtures/agents-playground.json'), 'utf8'),
  ) as readonly Sent[];
  bot = await startBot({ database: 'pglite' });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  client.closeAllConnections();
  client.close();
});

test.each(['personal', 'channel'])('in its %s chat: from the first message to the mention', async (kind) => {
  const mine = recorded.filter(({ conversation }) => conversation.conversationType === kind);
  const [message, click] = [mine.find(({ type }) => type === 'message'), mine.find(({ type }) => type === 'invoke')];
  for (const activity of mine.filter(({ type }) => type.endsWith('Update')))
    expect((await send(activity)).ok).toBe(true);
  expect((await send(message!)).ok).toBe(true);
  const vm = /vm-\w+-\d+/.exec(message?.text ?? '')?.[0];
  const ready = await untilShown(`${vm} is ready to back up`);
  const action = viewOf(ready.card).buttons.find(({ title }) => title === 'Protect and back up now');
  const value = { action: { type: 'Action.Execute', verb: action?.verb, data: action?.data } };
  expect((await send({ ...click, replyToId: ready.id, value })).status).toBe(200);
  await untilShown(`${vm} is backed up`);
  await untilShown('<at>Alex Wilber</at>');
  expect(await bot.azure.requests('PUT', new RegExp(`protectedItems/[^/]*${vm}`, 'i'))).toHaveLength(1);
});
