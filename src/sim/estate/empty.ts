import type { SimState } from '../state/state.ts';

/** A state with a tenant and nothing in it. */
export function emptyState(tenantId: string): SimState {
  return {
    version: 1,
    clockOffsetMs: 0,
    sequence: 0,
    settings: { pageSize: 100 },
    tenantId,
    subscriptions: [],
    resourceGroups: [],
    providers: {},
    vms: [],
    classicVms: [],
    disks: [],
    storageAccounts: [],
    blobs: [],
    keyVaults: [],
    deletedKeyVaults: [],
    roles: [],
    roleAssignments: [],
    denyAssignments: [],
    locks: [],
    directory: { people: [], groups: [], servicePrincipals: [], readableByBot: true },
    vaults: [],
    policies: [],
    items: [],
    jobs: [],
    operations: [],
    pending: [],
    faults: [],
  };
}
