import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
} from '@azure/core-rest-pipeline';

const graph = 'https://graph.microsoft.com';
const timeoutMs = 10_000;

/** Posts to Microsoft Graph as the operating identity, once; resolves with status and parsed body (null where it is no JSON). */
export function graphPost(credential: TokenCredential, httpClient: HttpClient = createDefaultHttpClient()) {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `${graph}/.default` }));
  return async (path: string, body: unknown): Promise<{ status: number; body: unknown }> => {
    const request = createPipelineRequest({
      url: `${graph}${path}`,
      method: 'POST',
      headers: createHttpHeaders({ 'content-type': 'application/json', accept: 'application/json' }),
      body: JSON.stringify(body),
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
