import type { Call } from './call.ts';
import type { Limit, Reply } from './reply.ts';
import { newGuid } from '../state/world.ts';

/** How often each counter was shown, so that it goes down and is replenished. */
export type Counters = Map<string, number>;

/** All headers of a response: its own, and those of every response of ARM. */
export function headersOf(call: Call, reply: Reply, counters: Counters): Record<string, string> {
  const requestId = newGuid(call.world);
  const common: Record<string, string> = {
    date: call.world.now().toUTCString(),
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': requestId,
    'x-ms-routing-request-id': `WESTEUROPE:${call.world.now().toISOString().replace(/[-:.]/g, '')}:${requestId}`,
  };
  if (call.clientRequestId) common['x-ms-client-request-id'] = call.clientRequestId;
  return { ...common, ...limitHeaders(call, reply.limit ?? defaultLimit(call), counters), ...(reply.headers ?? {}) };
}

function defaultLimit(call: Call): Limit {
  if (call.method === 'GET' || call.method === 'HEAD') return 'reads';
  return call.method === 'DELETE' ? 'deletes' : 'writes';
}

function limitHeaders(call: Call, limit: Limit, counters: Counters): Record<string, string> {
  if (limit === 'none') return {};
  if (limit === 'compute') return computeHeaders(call, counters);
  if (limit === 'backup') {
    const remaining = down(counters, 'backup', backupStart(call.version));
    const throttling: Record<string, string> = call.version >= '2025-01-01' ? { 'x-ms-throttling-version': 'v1' } : {};
    return { 'x-ms-ratelimit-remaining-subscription-resource-requests': remaining, ...throttling };
  }
  const own = {
    [`x-ms-ratelimit-remaining-subscription-${limit}`]: down(counters, limit, startOf(limit, call.version)),
  };
  if (limit === 'reads') return { ...own, ...globalReads(call, counters) };
  return limit === 'writes' ? { ...own, ...globalWrites(call, counters) } : own;
}

function startOf(limit: 'reads' | 'writes' | 'deletes', version: string): number {
  if (limit === 'reads') return 1099;
  if (limit === 'deletes') return 14_999;
  return version < SHARED_SINCE ? 1199 : 199;
}

// In reality since a day in 2025; the requested api-version stands in for it.
const SHARED_SINCE = '2024-01-01';

/** Since 2025 ARM also counts the reads of all callers together. */
function globalReads(call: Call, counters: Counters): Record<string, string> {
  if (call.version < SHARED_SINCE) return {};
  return { 'x-ms-ratelimit-remaining-subscription-global-reads': down(counters, 'global', 16_499) };
}

/** And writes, at fifteen times one caller's limit (ARM's page on throttling). */
function globalWrites(call: Call, counters: Counters): Record<string, string> {
  if (call.version < SHARED_SINCE) return {};
  return { 'x-ms-ratelimit-remaining-subscription-global-writes': down(counters, 'global-writes', 2999) };
}

function computeHeaders(call: Call, counters: Counters): Record<string, string> {
  return { 'x-ms-ratelimit-remaining-resource': computeCounters(call, counters), ...globalReads(call, counters) };
}

function computeCounters(call: Call, counters: Counters): string {
  const left = down(counters, 'compute', 3999);
  if (call.version < '2023-01-01')
    return `Microsoft.Compute/LowCostGet3Min;${left},Microsoft.Compute/LowCostGet30Min;31999`;
  return `Microsoft.Compute/LowCostGetSubscriptionMaximum;${left},Microsoft.Compute/LowCostGetResource;35`;
}

function backupStart(version: string): number {
  if (version >= '2025-01-01') return 1099;
  return version >= '2024-01-01' ? 449 : 149;
}

function down(counters: Counters, name: string, start: number): string {
  const shown = (counters.get(name) ?? 0) % (start - 50);
  counters.set(name, shown + 1);
  return String(start - shown);
}
