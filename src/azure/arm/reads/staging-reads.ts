import type { AzureReads } from '../../gateway.ts';
import type { StorageAccount } from '../../disk-restores.ts';
import { required, wordOrNull } from '../parse/azure-values.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';
import { plainPages, type PlainReads } from './plain-reads.ts';

/** The part of a storage account's response that is read. */
type WireAccount = {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly kind?: string;
  readonly sku?: { readonly name?: string };
  readonly properties?: {
    readonly networkAcls?: { readonly defaultAction?: string };
    readonly publicNetworkAccess?: string;
  };
};

const version = '2023-05-01';

/** Reads of where a restore can be staged, and where its disks can go. */
export function stagingReads(
  { clients, arm }: { readonly clients: ClientsOf; readonly arm: PlainReads },
  ask: Ask,
): Pick<AzureReads, 'storageAccounts' | 'resourceGroups'> {
  return {
    storageAccounts: (subscription) =>
      ask({ name: 'storageAccounts', doing: `listing the storage accounts of ${subscription}` }, async () => {
        const root = `/subscriptions/${encodeURIComponent(subscription)}`;
        const path = `${root}/providers/Microsoft.Storage/storageAccounts?api-version=${version}`;
        return (await everyPage(plainPages<WireAccount>(arm, path))).map(storageAccount);
      }),

    resourceGroups: (subscription) =>
      ask({ name: 'resourceGroups', doing: `listing the resource groups of ${subscription}` }, async () => {
        const { resourceGroups } = clients(subscription).resources();
        const found = await everyPage((options) => resourceGroups.list(options));
        return found.map(({ id, name, location }) => ({
          id: required(id, 'id'),
          name: required(name, 'name'),
          region: required(location, 'location'),
        }));
      }),
  };
}

function storageAccount({ id, name, location, kind, sku, properties }: WireAccount): StorageAccount {
  return {
    id: required(id, 'id'),
    name: required(name, 'name'),
    region: required(location, 'location'),
    kind: wordOrNull(kind),
    sku: wordOrNull(sku?.name),
    firewalled: firewalled(properties),
  };
}

function firewalled(properties: WireAccount['properties']): boolean | null {
  const action = wordOrNull(properties?.networkAcls?.defaultAction);
  const access = wordOrNull(properties?.publicNetworkAccess);
  if (action === 'Deny' || access === 'Disabled' || access === 'SecuredByPerimeter') return true;
  return action === 'Allow' ? false : null;
}
