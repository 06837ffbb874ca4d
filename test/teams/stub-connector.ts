import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Destination } from '../../src/bot/port.ts';
import type { TeamsAddress } from '../../src/teams/endpoint/conversation-seen.ts';
import { listening } from './listening.ts';

/** A request as it arrived. */
export type Arrived = { method: string; url: string; headers: IncomingMessage['headers']; body: unknown };

/** How the stub answers: a response, none at all, a broken connection, or half a response. */
export type Answering =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | 'silence'
  | 'reset'
  | 'reset-half-way'
  | 'half';

/** A connector that answers every request in the same way and records what arrived. */
export async function stubConnector(first: Answering = { status: 201, body: { id: '1764000930000' } }) {
  const arrived: Arrived[] = [];
  let answering = first;
  const server = await listening(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const { method = '', url = '', headers } = request;
    arrived.push({ method, url, headers, body: text === '' ? null : (JSON.parse(text) as unknown) });
    reply(response, answering);
  });
  return {
    url: server.url,
    arrived,
    answer: (next: Answering) => void (answering = next),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function reply(response: ServerResponse, answering: Answering): void {
  if (answering === 'silence') return;
  if (answering === 'reset') return void response.socket?.resetAndDestroy();
  if (typeof answering === 'object') {
    const { status, headers = {}, body } = answering;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    return void response.end(typeof body === 'string' ? body : JSON.stringify(body));
  }
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': 100 });
  response.write('{"id":', () => answering === 'reset-half-way' && response.socket?.resetAndDestroy());
}

/** A place at this connector, as the endpoint stores it. */
export function placeAt(serviceUrl: string, changes: Partial<TeamsAddress> = {}): Destination {
  const address: TeamsAddress = {
    kind: 'channel',
    serviceUrl: `${serviceUrl}/emea/`,
    conversationId: '19:8d2f@thread.tacv2;messageid=1764000922481',
    tenantId: 'tenant-1',
    botId: '28:kluis',
    botName: 'Kluis',
    channelId: '19:8d2f@thread.tacv2',
    ...changes,
  };
  return { id: `teams:${address.conversationId}`, platform: 'teams', address };
}
