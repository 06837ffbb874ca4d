import express from 'express';
import type { Answer, Inbound, Receive, Suggest } from '../../src/bot/port.ts';
import type { Log } from '../../src/core/log.ts';
import type { TeamsSettings } from '../../src/teams/settings.ts';
import { createTeamsEndpoint } from '../../src/teams/endpoint/teams-endpoint.ts';
import { listening } from './listening.ts';

export const notConfigured: TeamsSettings = {
  appId: null,
  appPassword: null,
  appType: null,
  appTenantId: null,
  tenantIds: [],
};

type Logged = { level: 'debug' | 'info' | 'warn' | 'error'; fields: Parameters<Log['info']>[0]; text: string };
type EndpointOptions = Parameters<typeof createTeamsEndpoint>[0];
type Sending = { authorization?: string; type?: string };

/** The Teams endpoint in a real HTTP server, with what it passed on and what was logged. */
export async function openEndpoint(options: Partial<EndpointOptions> = {}) {
  const received: Inbound[] = [];
  const asked: Parameters<Suggest>[0][] = [];
  const logged: Logged[] = [];
  const note = (level: Logged['level']) => (fields: Parameters<Log['info']>[0], text: string) =>
    void logged.push({ level, fields, text });
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const receive: Receive = async (inbound) => {
    received.push(inbound);
    return { show: 'nothing' };
  };
  const suggest: Suggest = async (query) => {
    asked.push(query);
    return [];
  };
  const app = express();
  app.use(createTeamsEndpoint({ settings: notConfigured, receive, suggest, log, allowLoopback: true, ...options }));
  const server = await listening(app);
  const url = `${server.url}/api/messages`;
  const send = async (body: unknown, { authorization, type = 'application/json' }: Sending = {}) => {
    const headers = { 'content-type': type, ...(authorization && { authorization }) };
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, type: response.headers.get('content-type'), text, body: json(text) };
  };
  return { url, send, received, asked, logged, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** A `receive` that gives each event this answer, and records it. */
export function answering(answer: Answer, kept: Inbound[] = []): Receive {
  return async (inbound) => {
    kept.push(inbound);
    return answer;
  };
}

function json(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
