import {
  bearerTokenAuthenticationPolicy,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type PipelineRequestOptions,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { WireFailure } from '../map-fault.ts';
import type { Line } from './arm-clients.ts';
import { clientOptions, teach } from './call-policies.ts';

const version = '2023-11-03';
const accountName = /^[a-z0-9]{3,24}$/;
// Far above any settings file or template; a copy of a disk is far larger.
const maxBytes = 8 * 1024 * 1024;

/** One call of the blob service; `path` is already encoded and begins with a slash. */
type BlobCall = Pick<PipelineRequestOptions, 'method' | 'abortSignal'> & {
  readonly account: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls of the blob service of any storage account, with Entra's token and never with a key or a signature. */
export type BlobLine = (call: BlobCall) => Promise<PipelineResponse>;

/** The blob service over one client; its responses are streams, since they may not be text. */
export function blobLine({ credential, httpClient, manner }: Line): BlobLine {
  return ({ account, path, headers, ...rest }) => {
    // A job names the account: an invalid name must not become part of a URL.
    if (!accountName.test(account)) throw new WireFailure({ kind: 'refused', code: 'NoStorageAccount' });
    const host = `${account}.blob.core.windows.net`;
    const pipeline = createPipelineFromOptions(clientOptions(manner));
    const scopes = 'https://storage.azure.com/.default';
    pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes }), { phase: 'Sign' });
    teach(pipeline, manner, host);
    const request = createPipelineRequest({
      url: `https://${host}${path}`,
      headers: createHttpHeaders({ 'x-ms-version': version, ...headers }),
      streamResponseStatusCodes: new Set([200]),
      ...rest,
    });
    return pipeline.sendRequest(httpClient, request);
  };
}

/** A response's bytes; throws if there are more than a text can have. */
export async function bytesOf({ readableStreamBody }: PipelineResponse): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of readableStreamBody ?? []) {
    parts.push(Buffer.from(part));
    length += part.length;
    if (length > maxBytes) throw new WireFailure({ kind: 'garbled', code: 'BlobTooLarge' });
  }
  return Buffer.concat(parts);
}
