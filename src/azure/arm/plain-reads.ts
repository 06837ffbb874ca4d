import { bearerTokenAuthenticationPolicy, createPipelineFromOptions } from '@azure/core-rest-pipeline';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Line } from './arm-clients.ts';
import { clientOptions, teach } from './call-policies.ts';
import { WireFailure } from './map-fault.ts';

/** Reads a JSON object from a path of one host, where no SDK is worth its weight. */
export type PlainReads = (path: string) => Promise<Readonly<Record<string, unknown>>>;

/** Reads of `host`, in the same manner as the SDK clients. */
export function plainReads(host: string, { credential, httpClient, manner }: Line): PlainReads {
  const pipeline = createPipelineFromOptions(clientOptions(manner));
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: `https://${host}/.default` }), {
    phase: 'Sign',
  });
  teach(pipeline, manner, host);
  return async (path) => {
    const request = createPipelineRequest({ url: `https://${host}${path}` });
    request.headers.set('accept', 'application/json');
    const { bodyAsText } = await pipeline.sendRequest(httpClient, request);
    const content: unknown = JSON.parse(bodyAsText ?? '');
    if (typeof content !== 'object' || content === null) throw new WireFailure({ kind: 'garbled' });
    return content as Record<string, unknown>;
  };
}
