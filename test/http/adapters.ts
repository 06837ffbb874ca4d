import express from 'express';
import type { Receive } from '../../src/bot/port.ts';
import { silent } from '../../src/core/log.ts';
import { signatureHeaders, type Forgery } from '../../src/lab/slack/payload/sign.ts';
import { createSlackEndpoint } from '../../src/slack/slack-endpoint.ts';
import { slackTimeouts } from '../../src/slack/timeouts.ts';
import type { WebApi } from '../../src/slack/web-api.ts';
import type { TeamsSettings } from '../../src/teams/settings.ts';
import { openEndpoint } from '../teams/endpoint-house.ts';
import { fixture } from '../teams/fixture.ts';
import { openIssuer, type Minted } from '../teams/issuer.ts';
import { listening } from '../teams/listening.ts';

/** A request, and how it is sent: by default it is genuine. */
export type Request = {
  readonly body?: string;
  readonly type?: string;
  /** Fields of the activity or the command instead of its own. */
  readonly fields?: Readonly<Record<string, unknown>>;
};
type Issuer = Awaited<ReturnType<typeof openIssuer>>;
export type TeamsRequest = Request & {
  readonly token?: Minted | string | null | ((issuer: Issuer) => Minted | string);
  readonly keysAreDown?: true;
};
export type SlackRequest = Request & { readonly forgery?: Forgery };

/** An adapter of a chat platform, in a real HTTP server; `received` counts what it passed on to the product. */
type Adapter<R> = AsyncDisposable & { received(): number; send(request: R): Promise<number> };

export const appId = '11111111-2222-4333-8444-555555555555';
export const tenantId = '7e57ab1e-0000-4000-8000-00000000a001';
const settings: TeamsSettings = {
  appId,
  appPassword: 'not-a-real-one',
  appType: 'SingleTenant',
  appTenantId: tenantId,
  tenantIds: [tenantId],
};
export const claims = { aud: appId, serviceurl: `https://smba.trafficmanager.net/emea/${tenantId}/` };

/** Teams, by botbuilder. */
export async function openTeams(): Promise<Adapter<TeamsRequest>> {
  const issuer = await openIssuer();
  const endpoint = await openEndpoint({ settings, allowLoopback: false, openIdMetadataUrl: issuer.metadataUrl });
  return {
    received: () => endpoint.received.length,
    send: async ({ token = { claims }, keysAreDown, body, fields, ...rest }) => {
      if (keysAreDown) issuer.goDown();
      const given = typeof token === 'function' ? token(issuer) : token;
      const authorization = typeof given === 'object' && given ? `Bearer ${issuer.mint(given)}` : given;
      const sent = { ...rest, ...(authorization && { authorization }) };
      return (await endpoint.send(body ?? fixture('message', fields), sent)).status;
    },
    [Symbol.asyncDispose]: async () => {
      await endpoint[Symbol.asyncDispose]();
      await issuer[Symbol.asyncDispose]();
    },
  };
}

const secret = 'of-this-app';
const team = 'T0CONTOSO1';
const command = { command: '/backup', text: 'help', team_id: team, channel_id: 'C0GENERAL1', user_id: 'U0ANAVRIES' };
const user = { id: 'U0ANAVRIES', team_id: team, name: 'ana', profile: {}, is_bot: false };

/** Slack, by Bolt. */
export async function openSlack(): Promise<Adapter<SlackRequest>> {
  let count = 0;
  const receive: Receive = async () => {
    count += 1;
    return { show: 'nothing' };
  };
  const api = (async (_: string, call: (client: object) => unknown) =>
    call({ users: { info: async () => ({ ok: true, user }) } })) as unknown as WebApi;
  const nobody = async () => null;
  const endpoint = createSlackEndpoint({
    transport: { mode: 'http', signingSecret: secret, installing: null },
    apiOf: () => api,
    receive,
    entraOf: nobody,
    isInstalled: async (id: string) => id === team,
    timeouts: slackTimeouts,
    log: silent,
    // A command needs nothing of this.
    ...({ sender: {}, suggest: nobody, showHome: nobody, findCurrent: nobody, closeWorkspace: nobody } as object),
  } as unknown as Parameters<typeof createSlackEndpoint>[0]);
  const server = await listening(express().use(endpoint.router));
  return {
    received: () => count,
    send: async ({ forgery, body, type = 'application/x-www-form-urlencoded', fields }) => {
      const whole = { ...command, trigger_id: `${performance.now()}`, ...fields } as Record<string, string>;
      const text = body ?? new URLSearchParams(whole).toString();
      const signed = signatureHeaders({ secret, body: text, now: new Date(), ...(forgery && { forgery }) });
      const headers = { 'content-type': type, ...signed };
      return (await fetch(`${server.url}/slack/events`, { method: 'POST', headers, body: text })).status;
    },
    [Symbol.asyncDispose]: async () => {
      await endpoint.stop();
      await server[Symbol.asyncDispose]();
    },
  };
}
