import type { JsonBody } from './json.ts';
import type { World } from './state/world.ts';
import { IDENTITIES } from './http/call.ts';

/**
 * What a managed identity's endpoint answers: a token of the owner, unsigned. A command-line client signs in with it
 * (`IDENTITY_ENDPOINT`); the simulator itself takes any token but two for the owner's.
 */
export function ownerToken(world: World): JsonBody {
  // Tokens are judged by the client's own clock, so the simulated one does not count here.
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
