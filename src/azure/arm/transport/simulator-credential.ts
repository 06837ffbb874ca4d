import type { TokenCredential } from '@azure/core-auth';

/** The last moment that a date can represent: such a token is never renewed. */
const never = 8.64e15;

/** An identity that only the simulator knows. Its token is its name, so it is useless anywhere else. */
export function simulatorCredential(
  identity: 'kluis-operate' | 'kluis-grant' | 'kluis-restore' | 'owner',
): TokenCredential {
  return { getToken: () => Promise.resolve({ token: identity, expiresOnTimestamp: never }) };
}
