/** The estate as lookups see it, for tests that read without a bot. */
import type { AzureReads, RestoreIdentity } from '../../src/azure/gateway.ts';
import { perSubscription } from '../../src/azure/partial-read.ts';
import type { Estate, ListedVms } from '../../src/operations/dialogs/estate.ts';
import type { DrillBooks } from '../../src/operations/parts/drill-books.ts';
import { createReadinessCache } from '../../src/readiness/gather/readiness-cache.ts';
import { rules } from '../readiness/support/contoso.ts';
import * as f from '../readiness/support/facts.ts';
import { noBooks } from './books.ts';

/** One with these reads, where nothing else is configured, recorded or denied; its VMs are those that Azure lists. */
export function estateWith(reads: AzureReads, over: Partial<Estate> = {}): Estate {
  const { subscriptions = [f.subscription] } = over;
  return {
    ...{ subscriptions, reads, grants: null, restores: restoresWith(reads), prices: null },
    ...{ now: () => f.now, azureNow: () => f.now },
    vms: {
      ...noInventory,
      fresh: async () => {
        const lists = await perSubscription(subscriptions, (id) => reads.vmEntries(id));
        return { read: lists.read.flat(), unread: lists.unread };
      },
    },
    readiness: { rules, cache: createReadinessCache() },
    ...{ grantByPolicy: () => false, blockedByRules: () => null, nearestCommand: () => null },
    ...{ namesOf: async () => ({}), starterOf: async () => null, continuationOf: async () => null },
    ...{ drillOf: () => null, drills: noDrills, books: noBooks },
    ...over,
  };
}

/** A restore identity that holds what the reads say, and whose key vaults keep what was deleted in them. */
function restoresWith({ permissions }: AzureReads): RestoreIdentity {
  const deleted = async () => 'deleted';
  return { permissions, namedKey: deleted, namedSecret: deleted, secretVersions: async () => [] } as never;
}

const unlisted = () => Promise.reject(new Error('not from the inventory'));

/** An inventory that nobody may ask. */
export const noInventory: ListedVms = {
  ...{ all: unlisted, named: unlisted, fresh: unlisted, listedAt: unlisted, unlisted, refresh: unlisted },
};

/** No entry of drills. */
export const noDrills: DrillBooks = {
  ...{ entries: [], groups: [], vms: async () => ({ read: [], unread: [] }), vmsOf: () => [] },
  ...{ books: async () => new Map(), running: async () => [], unfinished: async () => [], madeBy: async () => null },
  ...{ ofJobs: async () => new Map(), approvalOf: async () => null, timeZoneOf: async () => null },
};
