import { WireFailure } from '../map-fault.ts';

/** The audience of tokens for the data plane of any key vault. */
export const keyVaultAudience = 'https://vault.azure.net';

/** The api-version of the data plane: that of Azure's own SDK for keys. */
export const keyVaultVersion = '2025-07-01';

/**
 * The host of a key vault's data plane. Any other host is refused before a token is requested: key material and token
 * must go nowhere else.
 */
export function keyVaultHost(keyVaultUri: string): string {
  const [, host] = /^https:\/\/([a-z0-9-]+\.vault\.azure\.net)(?::443)?\/?$/i.exec(keyVaultUri) ?? [];
  if (host === undefined) throw new WireFailure({ kind: 'refused', code: 'NoKeyVaultUri' });
  return host.toLowerCase();
}
