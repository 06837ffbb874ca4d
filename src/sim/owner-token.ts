import type { JsonBody } from './json.ts';
import type { World } from './state/world.ts';
import { IDENTITIES } from './http/call.ts';

/**
 * The response of a managed identity's endpoint: an unsigned token of the owner. A command-line client signs in with it
 * (`IDENTITY_ENDPOINT`); the simulator itself treats any token but two as the owner's.
 */
export function ownerToken(world: World): JsonBody {
  // Clients check tokens against their own clock, so the simulated one doesn't matter here.
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const claims = {
    aud: 'https://management.azure.com',
    tid: world.state.tenantId,
    oid: IDENTITIES.owner,
    appid: IDENTITIES.owner,
    xms_mirid: `/subscriptions/${world.state.subscriptions[0]?.id ?? ''}/resourcegroups/rg-backup/providers/Microsoft.Compute/virtualMachines/owner`,
    exp: expires,
  };
  const parts = [{ alg: 'none', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return {
    access_token: `${parts.join('.')}.AAAA`,
    token_type: 'Bearer',
    resource: 'https://management.azure.com/',
    client_id: IDENTITIES.owner,
    expires_on: String(expires),
  };
}
