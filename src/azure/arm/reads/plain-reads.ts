import { createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Line } from '../transport/arm-clients.ts';
import { plainPipeline } from '../transport/plain-pipeline.ts';
import type { PageOptions } from './every-page.ts';
import { WireFailure } from '../map-fault.ts';

/** Reads a JSON object from a path of one host, or from a next link to it, where an SDK isn't worth its size. */
export type PlainReads = (path: string) => Promise<Readonly<Record<string, unknown>>>;

/** Reads of `host`, in the same manner as the SDK clients; `audience` is what its tokens are for. */
export function plainReads(host: string, line: Line, audience?: string): PlainReads {
  const pipeline = plainPipeline(host, line, audience);
  return async (path) => {
    const request = createPipelineRequest({ url: new URL(path, `https://${host}`).href });
    request.headers.set('accept', 'application/json');
    const { bodyAsText } = await pipeline.sendRequest(line.httpClient, request);
    const content: unknown = JSON.parse(bodyAsText ?? '');
    if (typeof content !== 'object' || content === null) throw new WireFailure({ kind: 'garbled' });
    return content as Record<string, unknown>;
  };
}

/** The list that begins at `path`, page by page as `everyPage` reads it. */
export function plainPages<T>(read: PlainReads, path: string) {
  return ({ onResponse }: PageOptions) => ({
    async *byPage(): AsyncGenerator<T[]> {
      for (let next: unknown = path; typeof next === 'string' && next !== '';) {
        const parsedBody = await read(next);
        onResponse({ parsedBody });
        yield parsedBody['value'] as T[];
        next = parsedBody['nextLink'];
      }
    },
  });
}
