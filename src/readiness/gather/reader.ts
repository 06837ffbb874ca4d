/** Reads that never throw a fault, and that are made once per gathering however many VMs need them. */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureReads, GrantWrites } from '../../azure/gateway.ts';
import type { ReadinessCache } from './readiness-cache.ts';
import type { Read } from '../reading.ts';
import type { ReadinessRules } from '../rules.ts';

/**
 * What a gathering works with. `grants`: the second identity's own view of its permissions; null or absent: not read.
 * `byList`: for an estate of hundreds of VMs, those are listed too, recovery points are read only for a KEK that may
 * be a certificate's, and Azure isn't asked about a single VM.
 */
export type GatherAsk = {
  readonly rules: ReadinessRules;
  readonly cache: ReadinessCache;
  readonly now: Date;
  readonly grants?: Pick<GrantWrites, 'permissions'> | null;
  readonly byList?: boolean;
};

/** One gathering's reads. `once` shares a read by its key; `daily` also caches the result for a day. */
export type Reader = GatherAsk & {
  readonly azure: AzureReads;
  once<T>(key: string, ask: () => Promise<T>): Promise<Read<T>>;
  daily<T>(key: string, ask: () => Promise<T | null>): Promise<Read<T | null>>;
};

/** The application id of "Backup Management Service" in Azure's public cloud. */
export const backupApplicationId = '262044b1-e2ce-469f-a196-69ab7ada62d3';

/** Starts a gathering. */
export function createReader(azure: AzureReads, ask: GatherAsk): Reader {
  const asked = new Map<string, Promise<Read<unknown>>>();
  const once = <T>(key: string, read: () => Promise<T>): Promise<Read<T>> => {
    // The key names the call, so its value has that call's type.
    const known = asked.get(key) as Promise<Read<T>> | undefined;
    const answer = known ?? tried(read);
    asked.set(key, answer);
    return answer;
  };
  const daily = async <T>(key: string, read: () => Promise<T | null>): Promise<Read<T | null>> => {
    const kept = ask.cache.get(key, ask.now);
    if (kept !== undefined) return { ok: true, value: kept as T };
    const answer = await once(key, read);
    if (answer.ok && answer.value !== null) ask.cache.set(key, answer.value, ask.now);
    return answer;
  };
  return { ...ask, azure, once, daily };
}

/** A read whose fault is kept. Anything but a fault of Azure is an error of the product and is rethrown. */
export async function tried<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (error instanceof AzureFault) return { ok: false, fault: error.facts };
    throw error;
  }
}

/** The Backup application's object ID: the setting, otherwise Graph's answer. */
export function principalOf({ rules, daily, azure }: Reader): Promise<Read<string | null>> {
  if (rules.backupServiceObjectId !== null) return Promise.resolve({ ok: true, value: rules.backupServiceObjectId });
  return daily(`principal ${backupApplicationId}`, () => azure.servicePrincipalId(backupApplicationId));
}
