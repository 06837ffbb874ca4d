import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';
import { outboundClient } from '../../../outbound/client.ts';

const graph = 'https://graph.microsoft.com';
const timeoutMs = 10_000;

/** Graph's response: status and parsed body (null if it isn't JSON). */
type GraphAnswer = { readonly status: number; readonly body: unknown };

/** Posts to Microsoft Graph as the operating identity, once. */
export function graphPost(credential: TokenCredential, httpClient?: HttpClient) {
  const send = sender(credential, httpClient);
  return (path: string, body: unknown) => send('POST', path, JSON.stringify(body));
}

/** Reads from Microsoft Graph as the operating identity, once. */
export function graphGet(credential: TokenCredential, httpClient?: HttpClient) {
  const send = sender(credential, httpClient);
  return (path: string) => send('GET', path);
}

function sender(credential: TokenCredential, httpClient: HttpClient = outboundClient()) {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${graph}/.default` }));
  return async (method: 'GET' | 'POST', path: string, body?: string): Promise<GraphAnswer> => {
    const request = createPipelineRequest({
      url: `${graph}${path}`,
      method,
      headers: createHttpHeaders({ 'content-type': 'application/json', accept: 'application/json' }),
      ...(body !== undefined && { body }),
      timeout: timeoutMs,
    });
    const answer = await pipeline.sendRequest(httpClient, request);
    return { status: answer.status, body: parsed(answer.bodyAsText) };
  };
}

function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
