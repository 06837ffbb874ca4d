import type { Call } from '../http/call.ts';
import type { StorageAccountSpec } from '../state/state-storage.ts';
import type { JsonBody } from '../json.ts';
import { ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { page } from '../http/paging.ts';
import { at, idOf, same } from '../ids.ts';
import { placeOf } from '../http/place.ts';
import { visible } from '../access/visible.ts';

const TYPE = 'Microsoft.Storage/storageAccounts';

/** A storage account as its provider returns it. */
export function showStorageAccount(call: Call): Reply {
  const place = placeOf(call);
  const account = at(call.world.state.storageAccounts, place);
  if (!account) throw resourceNotFound(TYPE, place.name, place.resourceGroup);
  return ok(accountBody(account));
}

/** The storage accounts of a subscription. */
export function listStorageAccounts(call: Call): Reply {
  const found = call.world.state.storageAccounts.filter(
    (one) => same(one.subscription, call.params.sub) && visible(call, idOf(TYPE, one), `${TYPE}/read`),
  );
  return ok(page<StorageAccountSpec>(call, found, accountBody));
}

/** The recorded account had no network rules; their form comes from the API specification's StorageAccountList. */
function accountBody(account: StorageAccountSpec): JsonBody {
  const endpoint = (kind: string): string => `https://${account.name}.${kind}.core.windows.net/`;
  const { sku = 'Standard_LRS', kind = 'Storage' } = account;
  return {
    sku: { name: sku, tier: sku.split('_')[0] ?? 'Standard' },
    kind,
    id: idOf(TYPE, account),
    name: account.name,
    type: TYPE,
    location: account.location,
    tags: {},
    properties: {
      ...(account.firewalled === undefined
        ? {}
        : { networkAcls: { bypass: 'AzureServices', defaultAction: account.firewalled ? 'Deny' : 'Allow' } }),
      encryption: {
        services: { blob: { enabled: true, lastEnabledTime: account.created } },
        keySource: 'Microsoft.Storage',
      },
      provisioningState: 'Succeeded',
      creationTime: account.created,
      primaryEndpoints: {
        blob: endpoint('blob'),
        queue: endpoint('queue'),
        table: endpoint('table'),
        file: endpoint('file'),
      },
      primaryLocation: account.location,
      statusOfPrimary: 'available',
    },
  };
}
