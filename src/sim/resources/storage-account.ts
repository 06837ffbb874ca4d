import type { Call } from '../http/call.ts';
import { ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { at, idOf } from '../ids.ts';
import { placeOf } from '../compute/routes.ts';

/** A storage account, as its provider answers it. */
export function storageAccountBody(call: Call): Reply {
  const place = placeOf(call);
  const account = at(call.world.state.storageAccounts, place);
  if (!account) throw resourceNotFound('Microsoft.Storage/storageAccounts', place.name, place.resourceGroup);
  const endpoint = (kind: string): string => `https://${account.name}.${kind}.core.windows.net/`;
  return ok({
    sku: { name: 'Standard_LRS', tier: 'Standard' },
    kind: 'Storage',
    id: idOf('Microsoft.Storage/storageAccounts', account),
    name: account.name,
    type: 'Microsoft.Storage/storageAccounts',
    location: account.location,
    tags: {},
    properties: {
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
  });
}
