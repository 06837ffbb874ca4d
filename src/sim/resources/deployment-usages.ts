import type { Call } from '../http/call.ts';
import { page } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';

/** A subscription's limits where `settings.quotas` doesn't say otherwise; nothing is in use here. */
const usual = { ManagedEnvironmentCount: 20, 'PostgreSQL cores': 196, standardBSFamily: 622 } as const;
type Counted = keyof typeof usual;

/**
 * Environments of Container Apps in a region (Usages_List of Microsoft.App; its name and fields are in the tests of
 * azure-cli's `containerapp list-usages`).
 */
export function listEnvironmentUsages(call: Call): Reply {
  return usages(call, ['ManagedEnvironmentCount']);
}

/** vCores of flexible servers in a region, whole and by family (QuotaUsages_List of Microsoft.DBforPostgreSQL). */
export function listServerUsages(call: Call): Reply {
  return usages(call, ['PostgreSQL cores', 'standardBSFamily']);
}

function usages(call: Call, counted: readonly Counted[]): Reply {
  const { quotas } = call.world.state.settings;
  return ok(
    page(call, counted, (key) => {
      const value = key === 'PostgreSQL cores' ? 'cores' : key;
      return {
        name: { value, localizedValue: value },
        currentValue: 0,
        limit: quotas?.[key] ?? usual[key],
        unit: 'Count',
      };
    }),
  );
}
