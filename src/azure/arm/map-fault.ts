import type { PipelineResponse, RestError } from '@azure/core-rest-pipeline';
import { isRestError } from '@azure/core-rest-pipeline';
import { AzureFault, type AzureFaultFacts, type AzureFaultKind } from '../faults.ts';
import { readEnvelope, type InnerError } from './error-envelope.ts';

type Failure = Omit<AzureFaultFacts, 'doing'>;

/** An unsuccessful response, reduced to what can be kept, before any SDK makes an error with a body from it. */
export class WireFailure extends Error {
  readonly failure: Failure;
  /** The innermost errors in the response. */
  readonly inner: readonly InnerError[];

  constructor(failure: Partial<Failure> & Pick<Failure, 'kind'>, inner: readonly InnerError[] = []) {
    super(failure.kind);
    this.name = 'WireFailure';
    this.inner = inner;
    this.failure = { ...nothingKnown, ...failure };
  }
}

const nothingKnown = { status: null, code: null, says: null, requestId: null, retryAfterMs: null, action: null };

/** What an unsuccessful response means, by its status and code. Its text is kept to be quoted, never to decide. */
export function failureOf(response: PipelineResponse): WireFailure {
  const { status, headers } = response;
  const { code: inBody, says, inner } = readEnvelope(response.bodyAsText ?? '');
  // Storage answers in XML, and puts its code here too.
  const code = inBody ?? headers.get('x-ms-error-code') ?? null;
  const failure: Failure = {
    kind: kindOf(status, code),
    status,
    code,
    says,
    requestId: headers.get('x-ms-request-id') ?? headers.get('request-id') ?? null,
    retryAfterMs: retryAfter(response),
    action: status === 403 ? missingAction(says) : null,
  };
  return new WireFailure(failure, inner);
}

/** The fault for whatever was thrown `while doing`. Every error of the SDKs ends here; none is kept as a cause. */
export function mapFault(error: unknown, doing: string): AzureFault {
  if (error instanceof AzureFault) return error;
  return new AzureFault({ doing, ...failureIn(error) });
}

/** How long Azure asks us to wait, in milliseconds; null if it doesn't say. */
export function retryAfter({ headers }: Pick<PipelineResponse, 'headers'>): number | null {
  const ms = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (ms !== undefined && isCount(ms)) return Number(ms);
  const wait = headers.get('retry-after');
  if (wait === undefined) return null;
  if (isCount(wait)) return Number(wait) * 1000;
  // A time is on Azure's clock, so it is compared with Azure's clock.
  const span = Date.parse(wait) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(span) ? Math.max(0, span) : null;
}

function failureIn(error: unknown): Failure {
  if (error instanceof WireFailure) return error.failure;
  if (!(error instanceof Error)) return { ...nothingKnown, kind: 'garbled' };
  if (isRestError(error)) return { ...nothingKnown, kind: restKind(error), code: codeOf(error) };
  if (error.name === 'AbortError') return { ...nothingKnown, kind: 'unavailable', code: 'Aborted' };
  if (credentialErrors.has(error.name)) return credentialFailure(error);
  if (error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError) {
    return { ...nothingKnown, kind: 'garbled', code: error.name };
  }
  return { ...nothingKnown, kind: 'unavailable', code: codeOf(error) ?? error.name };
}

const credentialErrors = new Set([
  'AuthenticationError',
  'AggregateAuthenticationError',
  'AuthenticationRequiredError',
  'CredentialUnavailableError',
]);

// Without a token nothing was sent, so even a write isn't in doubt.
function credentialFailure(error: Error): Failure {
  const { statusCode, errorResponse } = error as { statusCode?: unknown; errorResponse?: { error?: unknown } };
  const broken = typeof statusCode === 'number' && statusCode >= 500;
  const code = typeof errorResponse?.error === 'string' ? errorResponse.error : error.name;
  return { ...nothingKnown, kind: broken ? 'unavailable' : 'unauthenticated', code };
}

// What reaches this point either never got a response, and has the network's code, or got one that the SDK couldn't
// read.
function restKind(error: RestError): AzureFaultKind {
  const answered = error.statusCode !== undefined || error.response !== undefined;
  return answered || error.code === undefined ? 'garbled' : 'unavailable';
}

function codeOf(error: Error): string | null {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : null;
}

function kindOf(status: number, code: string | null): AzureFaultKind {
  if (status === 401) return 'unauthenticated';
  // A policy's 403 is no missing permission (Microsoft Learn, "Azure Policy definitions deny effect").
  if (status === 403) return code === 'RequestDisallowedByPolicy' ? 'refused' : 'forbidden';
  if (status === 404) return 'missing';
  // A lock causes 409 as well, but nobody is working there: it will happen again.
  if (status === 409) return code === 'ScopeLocked' ? 'refused' : 'conflict';
  if (status === 429) return 'throttled';
  if (status === 408 || status >= 500) return 'unavailable';
  return status >= 400 ? 'refused' : 'garbled';
}

function missingAction(says: string | null): string | null {
  // If a linked resource refuses, the permitted action is named first. Key Vault has it on a separate line.
  return [...(says ?? '').matchAll(/(?:perform action|^Action:) '([^']+)'/gm)].at(-1)?.[1] ?? null;
}

function isCount(text: string): boolean {
  return /^\d+$/.test(text.trim());
}
