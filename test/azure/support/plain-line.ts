import { forwardingClient } from '../../../src/azure/arm/transport/forwarding-client.ts';
import { armHost } from '../../../src/azure/arm/transport/arm-clients.ts';
import { simulatorCredential } from '../../../src/azure/arm/transport/simulator-credential.ts';
import { plainReads, type PlainReads } from '../../../src/azure/arm/reads/plain-reads.ts';

/** Plain reads of a simulated ARM, as the operating identity. */
export function plainLine(url: string): PlainReads {
  const manner = { kind: 'read', timeoutMs: 15_000, retryDelayMs: 20 } as const;
  return plainReads(armHost, {
    credential: simulatorCredential('kluis-operate'),
    httpClient: forwardingClient(url),
    manner,
  });
}
