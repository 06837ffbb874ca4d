import type { HttpClient, PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import PQueue from 'p-queue';
import { expectInTime } from './departure.ts';
import { storableText } from '../storable-text.ts';
import { stripKeyMaterial } from '../strip-key-material.ts';

/** Options at the wire: how many calls run in parallel, and who gets Azure's clock. */
type Guard = { readonly width: number; readonly noteDate: (date: Date) => void };

/**
 * The innermost client of every pipeline, below retries and logs. It makes at most `width` parallel calls per
 * subscription, doesn't send a write that has missed its deadline while it waited, removes key material from a body
 * before any policy, log or error sees it, and reports Azure's time.
 */
export function guardedClient(inner: HttpClient, guard: Guard): HttpClient {
  const queues = new Map<string, PQueue>();

  function queueOf(request: PipelineRequest): PQueue {
    const key = subscriptionIn(request.url);
    const known = queues.get(key);
    if (known) return known;
    const queue = new PQueue({ concurrency: guard.width });
    queues.set(key, queue);
    return queue;
  }

  return {
    async sendRequest(request) {
      const waiting = untilStarted(request);
      const sendInTime = async () => {
        waiting.started();
        expectInTime(request);
        return inner.sendRequest(request);
      };
      const response = await queueOf(request).add(sendInTime, { signal: waiting.signal });
      noteDate(response, guard);
      const text = response.bodyAsText ? stripKeyMaterial(storableText(response.bodyAsText)) : null;
      return { ...response, bodyAsText: text };
    },
  };
}

/** A request's signal while it waits. Once it is being sent, the client below reports its outcome. */
function untilStarted({ abortSignal }: PipelineRequest): { readonly signal: AbortSignal; started(): void } {
  const waiting = new AbortController();
  const leave = () => waiting.abort();
  if (abortSignal?.aborted) leave();
  abortSignal?.addEventListener('abort', leave);
  return { signal: waiting.signal, started: () => abortSignal?.removeEventListener('abort', leave) };
}

function noteDate(response: PipelineResponse, guard: Guard): void {
  const date = new Date(response.headers.get('date') ?? '');
  if (!Number.isNaN(date.getTime())) guard.noteDate(date);
}

// Calls without a subscription share a queue per host.
function subscriptionIn(url: string): string {
  const { host, pathname } = new URL(url);
  return (/^\/+subscriptions\/([^/]+)/i.exec(pathname)?.[1] ?? host).toLowerCase();
}
