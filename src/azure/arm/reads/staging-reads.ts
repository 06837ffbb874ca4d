import type { StorageAccount as WireAccount } from '@azure/arm-storage';
import type { AzureReads } from '../../gateway.ts';
import type { StorageAccount } from '../../disk-restores.ts';
import { required, wordOrNull } from '../parse/azure-values.ts';
import type { ClientsOf } from '../transport/arm-clients.ts';
import type { Ask } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';

/** Reads of where a restore can be staged, and where its disks can go. */
export function stagingReads(clients: ClientsOf, ask: Ask): Pick<AzureReads, 'storageAccounts' | 'resourceGroups'> {
  return {
    storageAccounts: (subscription) =>
      ask({ name: 'storageAccounts', doing: `listing the storage accounts of ${subscription}` }, async () => {
        const { storageAccounts } = await clients(subscription).storage();
        return (await everyPage((options) => storageAccounts.list(options))).map(storageAccount);
      }),

    resourceGroups: (subscription) =>
      ask({ name: 'resourceGroups', doing: `listing the resource groups of ${subscription}` }, async () => {
        const { resourceGroups } = clients(subscription).resources();
        const found = await everyPage((options) => resourceGroups.list(options));
        return found.map(({ id, name, location, managedBy }) => ({
          id: required(id, 'id'),
          name: required(name, 'name'),
          region: required(location, 'location'),
          managedBy: wordOrNull(managedBy),
        }));
      }),
  };
}

function storageAccount(account: WireAccount): StorageAccount {
  const { id, name, location, kind, sku } = account;
  return {
    id: required(id, 'id'),
    name: required(name, 'name'),
    region: required(location, 'location'),
    kind: wordOrNull(kind),
    sku: wordOrNull(sku?.name),
    firewalled: firewalled(account),
  };
}

function firewalled({ networkRuleSet, publicNetworkAccess }: WireAccount): boolean | null {
  const action = wordOrNull(networkRuleSet?.defaultAction);
  const access = wordOrNull(publicNetworkAccess);
  if (action === 'Deny' || access === 'Disabled' || access === 'SecuredByPerimeter') return true;
  return action === 'Allow' ? false : null;
}
