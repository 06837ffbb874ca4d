import type { VaultFacts } from '../azure/gateway.ts';
import { tried } from '../readiness/gather/reader.ts';
import type { Estate } from './estate.ts';

/** Whether a Resource Guard protects an operation, and the request that has to be named; null: Azure named none. */
export type Guard = { readonly request: string | null } | 'none' | 'unread';

/** Looks it up by Azure's name for the operation. */
export async function guardOf({ reads }: Estate, vault: VaultFacts, operation: RegExp): Promise<Guard> {
  if (!vault.multiUserAuthorization) return 'none';
  const read = await tried(() => reads.guardedOperations(vault.id));
  if (!read.ok || read.value.length === 0) return 'unread';
  const guarded = read.value.find((one) => operation.test(one.operation));
  return guarded ? { request: guarded.request } : 'none';
}
