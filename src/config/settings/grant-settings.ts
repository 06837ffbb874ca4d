import type { AzureSetting } from './azure-settings.ts';
import type { Reading } from './environment.ts';
import { guidSetting } from './environment.ts';

/** The second identity, which gives access to key vaults and does nothing else. */
export type GrantSetting =
  | { readonly by: 'simulator' }
  | { readonly by: 'secret'; readonly tenantId: string; readonly clientId: string; readonly clientSecret: string }
  | { readonly by: 'managed-identity'; readonly clientId: string };

const [idName, secretName, managedName] = [
  'KLUIS_GRANT_CLIENT_ID',
  'KLUIS_GRANT_CLIENT_SECRET',
  'KLUIS_GRANT_MANAGED_IDENTITY',
] as const;

/**
 * Reads the second identity; null where none is set. With the simulator it is always there, and is the simulator's own.
 */
export function readGrant(reading: Reading, azure: AzureSetting): GrantSetting | null {
  const clientId = guidSetting(reading, idName, 'the app registration of the grant identity');
  const managed = guidSetting(reading, managedName, 'the managed identity, as its client id');
  const clientSecret = reading.text(secretName);
  complainOfHalves(reading);
  complainOfSharing(reading, azure);
  if (azure.mode === 'simulator') return { by: 'simulator' };
  if (managed !== null) return { by: 'managed-identity', clientId: managed };
  if (clientId === null || clientSecret === null) return null;
  if (azure.tenantId !== null) return { by: 'secret', tenantId: azure.tenantId, clientId, clientSecret };
  if (reading.text('AZURE_TENANT_ID') === null)
    reading.complain('AZURE_TENANT_ID', `it is not set, and ${idName} signs in to a tenant`, 'Set the tenant id');
  return null;
}

function complainOfHalves(reading: Reading): void {
  const isSet = (name: string) => reading.text(name) !== null;
  if (isSet(idName) !== isSet(secretName)) {
    const [missing, there] = isSet(idName) ? [secretName, idName] : [idName, secretName];
    reading.complain(missing, `it is not set, but ${there} is`, 'Set both, or neither');
  }
  if (isSet(managedName) && (isSet(idName) || isSet(secretName)))
    reading.complain(managedName, `${idName} or ${secretName} is set too`, 'Keep one way for the grant identity');
}

// One identity for both would be a standing key to every key vault: the separation is the point.
function complainOfSharing(reading: Reading, azure: AzureSetting): void {
  for (const name of [idName, managedName])
    if (azure.clientId !== null && reading.text(name)?.toLowerCase() === azure.clientId)
      reading.complain(
        name,
        'it is the identity of AZURE_CLIENT_ID, and grants are made by one of their own',
        'Make a second identity for grants, or unset it: cards then show the commands instead of the button',
      );
}
