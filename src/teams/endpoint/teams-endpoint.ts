import express, { type Request, type Response, type Router } from 'express';
import type { Receive, Suggest } from '../../bot/port.ts';
import { Fault } from '../../core/fault.ts';
import type { Log } from '../../core/log.ts';
import { authentication } from './authentication.ts';
import { claimsBotFramework } from './bearer.ts';
import { refusalBody, refusals, type EndpointRefusal } from './endpoint-refusal.ts';
import { executeAnswer } from './execute-answer.ts';
import { searchAnswer } from './search-query.ts';
import type { TeamsSettings } from '../settings.ts';
import { refusalFor } from './endpoint-fault.ts';
import type { KeyReads } from './signing-keys.ts';
import { TeamsAdapter, type Reply } from './teams-adapter.ts';
import { translate, typeOf, type ServedOrigin } from './translate.ts';

/** What the endpoint needs. `openIdMetadataUrl` is for a token issuer other than the public cloud's. */
type TeamsEndpointOptions = {
  readonly settings: TeamsSettings;
  readonly receive: Receive;
  readonly suggest: Suggest;
  readonly log: Log;
  /** Whether a service URL may be a loopback address, and whether the endpoint is open at all without settings. */
  readonly allowLoopback: boolean;
  readonly openIdMetadataUrl?: string;
  /** Other time limits for reading keys, where they differ from the default. */
  readonly keyReads?: Partial<KeyReads>;
};

const path = '/api/messages';
const parser = express.json({ limit: '512kb', type: 'application/json' });

/**
 * The Teams endpoint, `POST /api/messages`. It answers when `receive` has resolved, so nothing that it acknowledged is
 * lost, and does nothing after that. Without settings it verifies nobody (the caller lets in loopback only), and
 * without loopback it is closed then.
 */
export function createTeamsEndpoint(options: TeamsEndpointOptions): Router {
  const { settings, log, allowLoopback } = options;
  // botbuilder treats an empty ID as no settings at all, and then lets everybody in.
  if (settings.appId === '') throw new Fault('settings-invalid', 'MicrosoftAppId is empty: set it, or leave it out');
  const isOpen = settings.appId !== null || allowLoopback;
  const reply = isOpen ? replies(options) : async () => refused(refusals.notConfigured);
  return express.Router().post(path, async (request, response) => {
    send(response, await reply(request, response).catch((error: unknown) => refused(refusalFor(error, log))));
  });
}

function replies(options: TeamsEndpointOptions) {
  const { settings } = options;
  const adapter = new TeamsAdapter(authentication(options), answering(options));
  return async (request: Request, response: Response): Promise<Reply> => {
    if (!isJson(request)) return refused(refusals.wrongType);
    const body = await parsed(request, response);
    if (typeOf(body) === null) return refused(refusals.badActivity('type'));
    const authorization = request.headers.authorization ?? '';
    const refusal = settings.appId === null ? null : preflight(authorization, body as object);
    return refusal ? refused(refusal) : adapter.answer(authorization, body as object);
  };
}

/** Exactly this type: a page of another site can send a form or plain text without a preflight. */
function isJson({ headers }: Request): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function parsed(request: Request, response: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    parser(request, response, (error?: unknown) => (error ? reject(error) : resolve(request.body)));
  });
}

/** Checks made before botbuilder verifies the token: its checks depend on the channel that the body names. */
function preflight(authorization: string, body: { channelId?: unknown; serviceUrl?: unknown }): EndpointRefusal | null {
  if (!claimsBotFramework(authorization)) return refusals.unauthorized;
  if (body.channelId !== 'msteams') return refusals.wrongChannel;
  return typeof body.serviceUrl === 'string' ? null : refusals.badActivity('serviceUrl');
}

function answering({ settings, receive, suggest, log, allowLoopback }: TeamsEndpointOptions) {
  const origin: ServedOrigin = { allowLoopback, tenantIds: settings.tenantIds };
  return async (activity: unknown): Promise<Reply> => {
    const translated = translate(activity, origin);
    switch (translated.kind) {
      case 'ignored':
        return { status: 200 };
      case 'rejected':
        log.warn({ code: translated.refusal.code, ...whereFrom(activity) }, 'an activity from Teams was refused');
        return refused(translated.refusal);
      case 'search':
        return { status: 200, body: searchAnswer(await suggest(translated.query), translated.query.limit) };
      case 'event': {
        const answer = await receive(translated.inbound);
        return translated.isInvoke ? { status: 200, body: executeAnswer(answer) } : { status: 200 };
      }
    }
  };
}

/** What an operator needs to see why an activity was refused; nothing that somebody wrote. */
function whereFrom(activity: unknown) {
  const { type, name, serviceUrl, channelId } = activity as Record<string, unknown>;
  const host = typeof serviceUrl === 'string' ? URL.parse(serviceUrl)?.host : undefined;
  return { type, name, channelId, serviceHost: host?.slice(0, 253) };
}

function refused(refusal: EndpointRefusal): Reply {
  return { status: refusal.status, body: refusalBody(refusal) };
}

function send(response: Response, { status, body }: Reply): void {
  response.status(status);
  if (body === undefined) response.end();
  else response.json(body);
}
