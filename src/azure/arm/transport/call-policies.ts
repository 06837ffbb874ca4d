import type { Pipeline, PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';
import { checkingAgent, deadlineOf } from './departure.ts';
import { agentTo, proxyOf } from '../../../outbound/proxy.ts';
import { failureOf, retryAfter, WireFailure } from '../map-fault.ts';

/**
 * How a client calls: reads are retried by the SDK and reuse their connections, writes do neither; each has its own
 * deadline.
 */
export type Manner =
  | { readonly kind: 'read'; readonly timeoutMs: number; readonly retryDelayMs: number }
  | { readonly kind: 'write' };

// A longer wait is the stage's, which is due again then, not an open call's.
const maxWaitMs = 5000;

/** The options of a client with these call policies. Redirects are treated as any response: ARM sends none. */
export function clientOptions(manner: Manner) {
  return {
    retryOptions: {
      maxRetries: manner.kind === 'read' ? 2 : 0,
      ...(manner.kind === 'read' && { retryDelayInMs: manner.retryDelayMs }),
      maxRetryDelayInMs: maxWaitMs,
    },
    redirectOptions: { maxRetries: 0 },
  };
}

/** Gives a client's pipeline the product's call policies; `host` is the only one that it may call. */
export function teach(pipeline: Pipeline, manner: Manner, host: string): void {
  // It would choose its own agent; the client at the wire does that.
  pipeline.removePolicy({ name: 'proxyPolicy' });
  // Outside the retries, inside the SDK's own parsing: no SDK ever makes an error from a body.
  pipeline.addPolicy(answersOnly(host), { afterPhase: 'Deserialize' });
  // Inside the retries: once per attempt.
  pipeline.addPolicy(eachTry(manner), { afterPhase: 'Retry' });
}

function answersOnly(host: string): PipelinePolicy {
  return {
    name: 'kluisAnswersOnly',
    async sendRequest(request, next) {
      // A next link or an operation's URL comes from a response; the token must not be sent elsewhere.
      const url = new URL(request.url);
      if (url.protocol !== 'https:' || url.host !== host)
        throw new WireFailure({ kind: 'garbled', code: 'ForeignAddress' });
      const response = await next(request);
      if (response.status < 200 || response.status >= 300) throw failureOf(response);
      const type = response.headers.get('content-type') ?? 'application/json';
      if (response.bodyAsText && !/json/i.test(type)) {
        throw new WireFailure({ kind: 'garbled', status: response.status, code: 'NotJson' });
      }
      return response;
    },
  };
}

function eachTry(manner: Manner): PipelinePolicy {
  return {
    name: 'kluisEachTry',
    async sendRequest(request, next) {
      if (manner.kind === 'read') request.timeout = manner.timeoutMs;
      else boundInTime(request);
      const response = await next(request);
      const tooLong = [429, 503].includes(response.status) && (retryAfter(response) ?? 0) > maxWaitMs;
      if (tooLong) throw failureOf(response);
      return response;
    },
  };
}

function boundInTime(request: PipelineRequest): void {
  const deadline = deadlineOf(request);
  if (deadline === null) throw new Error('a write came to the wire without its deadline');
  request.timeout = deadline.answerMs;
  // The other side may close a reused connection at the moment of sending, which a write couldn't distinguish from a
  // lost request.
  request.agent = checkingAgent(agentTo(request.url, { keepAlive: false }), deadline, proxyOf(request.url) !== '');
}
