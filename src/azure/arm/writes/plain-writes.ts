import type { HttpClient, Pipeline } from '@azure/core-rest-pipeline';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { WireFailure } from '../map-fault.ts';
import type { Line } from '../transport/arm-clients.ts';
import { plainPipeline } from '../transport/plain-pipeline.ts';
import type { sentWrite } from './sent-write.ts';

/** A write that no SDK sends in the required form. `material`: the part of its body that no response may repeat. */
type PlainWrite = {
  readonly method: 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly host: string;
  readonly path: string;
  readonly body?: object;
  readonly material?: string;
};

/** Sends a write once, and returns the JSON object of its response. */
export type PlainWrites = (
  write: PlainWrite,
  sent: ReturnType<typeof sentWrite>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Writes to any host with tokens for `audience`, in the same manner as the SDK clients. */
export function plainWrites(line: Line, audience: string): PlainWrites {
  const known = new Map<string, Pipeline>();
  return async ({ method, host, path, body, material }, { options }) => {
    const pipeline = known.get(host) ?? plainPipeline(host, line, audience);
    known.set(host, pipeline);
    const { abortSignal, onResponse, requestOptions } = options;
    const request = createPipelineRequest({
      url: `https://${host}${path}`,
      method,
      ...(body && { body: JSON.stringify(body) }),
      abortSignal,
      headers: createHttpHeaders({
        accept: 'application/json',
        ...(body && { 'content-type': 'application/json' }),
        ...requestOptions.headers,
      }),
    });
    const client = material === undefined ? line.httpClient : withholding(line.httpClient, material);
    const answer = await pipeline.sendRequest(client, request);
    onResponse(answer);
    const content: unknown = JSON.parse(answer.bodyAsText || '{}');
    if (typeof content !== 'object' || content === null) throw new WireFailure({ kind: 'garbled' });
    return content as Record<string, unknown>;
  };
}

/** Key Vault repeats a secret in its response, and any error may quote what was sent. */
function withholding(inner: HttpClient, material: string): HttpClient {
  return {
    async sendRequest(request) {
      const response = await inner.sendRequest(request);
      return { ...response, bodyAsText: response.bodyAsText?.replaceAll(material, '[withheld]') ?? null };
    },
  };
}
