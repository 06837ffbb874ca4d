import type { Call } from '../http/call.ts';
import { page } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';

/** A subscription's limits where `settings.quotas` doesn't say otherwise; nothing is in use here. */
const defaultLimits = { ManagedEnvironmentCount: 20, 'PostgreSQL cores': 196, standardBSFamily: 622 } as const;
type Counted = keyof typeof defaultLimits;

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

/**
 * What a subscription may create of flexible servers in a region (CapabilitiesByLocation_List of
 * Microsoft.DBforPostgreSQL, version 2025-08-01). Nobody recorded what a restricted subscription gets: `restricted` is
 * as the package describes it, and the lists are empty, as the refusal of a new server says ("should be in: []").
 */
export function listServerCapabilities(call: Call): Reply {
  const restricted = call.world.state.settings.restrictedIn?.includes(call.params['region'] ?? '') ?? false;
  return ok(
    page(call, ['FlexibleServerCapabilities'], (name) => ({
      name,
      restricted: restricted ? 'Enabled' : 'Disabled',
      supportedServerVersions: restricted ? [] : ['16', '17'].map((version) => ({ name: version })),
      supportedServerEditions: restricted
        ? []
        : [{ name: 'Burstable', supportedServerSkus: ['Standard_B1ms', 'Standard_B2s'].map((sku) => ({ name: sku })) }],
    })),
  );
}

function usages(call: Call, counted: readonly Counted[]): Reply {
  const { quotas } = call.world.state.settings;
  return ok(
    page(call, counted, (key) => {
      const value = key === 'PostgreSQL cores' ? 'cores' : key;
      return {
        name: { value, localizedValue: value },
        currentValue: 0,
        limit: quotas?.[key] ?? defaultLimits[key],
        unit: 'Count',
      };
    }),
  );
}
