import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { outboundClient } from '../../../outbound/client.ts';

const graph = 'https://graph.microsoft.com';
const timeoutMs = 10_000;

/** Graph's response: status and parsed body (null if it isn't JSON). */
type GraphAnswer = { readonly status: number; readonly body: unknown };

/** Posts a question to Microsoft Graph as the operating identity. */
export function graphPost(credential: TokenCredential, httpClient?: HttpClient) {
  const send = sender(credential, httpClient);
  return (path: string, body: unknown) => send('POST', path, JSON.stringify(body));
}

/** Reads from Microsoft Graph as the operating identity. */
export function graphGet(credential: TokenCredential, httpClient?: HttpClient) {
  const send = sender(credential, httpClient);
  return (path: string) => send('GET', path);
}

function sender(credential: TokenCredential, httpClient: HttpClient = outboundClient()) {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${graph}/.default` }));
  return async (method: 'GET' | 'POST', path: string, body?: string): Promise<GraphAnswer> => {
    const ask = () =>
      pipeline.sendRequest(
        httpClient,
        createPipelineRequest({
          url: `${graph}${path}`,
          method,
          headers: createHttpHeaders({ 'content-type': 'application/json', accept: 'application/json' }),
          ...(body !== undefined && { body }),
          timeout: timeoutMs,
        }),
      );
    // Graph may close a kept connection at the moment of sending. Nothing is written this way, so it is sent again.
    const answer = await ask().catch((error: unknown) => (wasClosed(error) ? ask() : Promise.reject(error)));
    return { status: answer.status, body: parsed(answer.bodyAsText) };
  };
}

function wasClosed(error: unknown): boolean {
  return isRestError(error) && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
