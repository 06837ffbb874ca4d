import {
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
  type HttpClient,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { ChatFault } from '../bot/port.ts';
import { systemClock, type Clock } from '../core/clock.ts';
import type { Json } from '../core/json.ts';
import { connectorFault } from './connector-fault.ts';
import { isTrustedServiceUrl } from './service-url.ts';
import type { TokenSource } from './token-source.ts';
import { outboundClient } from '../outbound/client.ts';

/** What the connector's client needs. */
export type ConnectorOptions = {
  readonly credentials: TokenSource | null;
  readonly httpClient?: HttpClient;
  /** For getting the token and for the send, each (15 s). */
  readonly timeoutMs?: number;
  readonly allowLoopback: boolean;
  readonly clock?: Clock;
};

/** One call of the connector; `path` begins with a slash and its parts are encoded. */
type ConnectorCall = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly serviceUrl: string;
  readonly path: string;
  readonly body?: Json;
  readonly doing: string;
};

/** Makes one call and returns the response body; throws `ChatFault`, and never makes a second call. */
export type Connector = (call: ConnectorCall) => Promise<unknown>;

/** The Bot Framework's connector over HTTP, without retries, and without following a redirect with the token. */
export function createConnector(options: ConnectorOptions): Connector {
  const { allowLoopback, timeoutMs = 15_000, clock = systemClock } = options;
  const client = options.httpClient ?? outboundClient();
  const bearer = createBearer(options.credentials, timeoutMs);
  return async (call) => {
    const { doing, serviceUrl } = call;
    // A stored URL is checked like an incoming one: the token goes to Teams only.
    if (!isTrustedServiceUrl(serviceUrl, { allowLoopback })) throw new ChatFault({ kind: 'refused', doing });
    const request = requestFor(call, { authorization: await bearer.header(doing), timeoutMs });
    const response = await client.sendRequest(request).catch(unreachable(doing));
    const { status } = response;
    if (status === 401) bearer.refused();
    if (status >= 200 && status < 300) return bodyOf(response);
    const retryAfter = response.headers.get('retry-after');
    throw connectorFault({ doing, status, body: bodyOf(response), retryAfter, now: clock.now() });
  };
}

function requestFor(call: ConnectorCall, sent: { authorization: string | null; timeoutMs: number }) {
  const { method, serviceUrl, path, body } = call;
  const headers = createHttpHeaders({ accept: 'application/json', 'user-agent': 'kluis' });
  if (sent.authorization) headers.set('authorization', sent.authorization);
  if (body !== undefined) headers.set('content-type', 'application/json; charset=utf-8');
  return createPipelineRequest({
    method,
    url: serviceUrl.replace(/\/+$/, '') + path,
    headers,
    timeout: sent.timeoutMs,
    // Only a trusted loopback URL is without TLS.
    allowInsecureConnection: true,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The header with the bot's token, if it has one; a token that was refused isn't used again. */
function createBearer(credentials: TokenSource | null, timeoutMs: number) {
  let isStale = false;
  return {
    async header(doing: string): Promise<string | null> {
      if (!credentials) return null;
      const fresh = isStale;
      const late = Promise.withResolvers<never>();
      const timer = setTimeout(() => late.reject(new Error('no token in time')), timeoutMs);
      const asked = Promise.race([credentials.token({ fresh }), late.promise]).finally(() => clearTimeout(timer));
      // The reason for a missing token must not leak: sign-in errors contain the request that was made.
      const token = await asked.catch(() => {
        throw new ChatFault({ kind: 'unavailable', doing: `${doing}, getting the bot's token` });
      });
      if (fresh) isStale = false;
      return `Bearer ${token}`;
    },
    refused(): void {
      isStale = true;
    },
  };
}

function unreachable(doing: string) {
  return (error: unknown): never => {
    const isNetwork = isRestError(error) || (error instanceof Error && error.name === 'AbortError');
    throw isNetwork ? new ChatFault({ kind: 'unavailable', doing }) : error;
  };
}

function bodyOf({ bodyAsText }: PipelineResponse): unknown {
  try {
    return JSON.parse(bodyAsText ?? '');
  } catch {
    return null;
  }
}
