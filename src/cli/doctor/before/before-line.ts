import type { TokenCredential } from '@azure/core-auth';
import { everyPage } from '../../../azure/arm/reads/every-page.ts';
import { plainPages, plainReads, type PlainReads } from '../../../azure/arm/reads/plain-reads.ts';
import { armHost } from '../../../azure/arm/transport/arm-clients.ts';
import { boundedCredential } from '../../../azure/arm/transport/bounded-credential.ts';
import { signedInPerson } from '../../../azure/arm/transport/credentials.ts';
import { forwardingClient } from '../../../azure/arm/transport/forwarding-client.ts';
import { graphGet } from '../../../azure/arm/transport/graph-post.ts';
import { simulatorCredential } from '../../../azure/arm/transport/simulator-credential.ts';
import { outboundClient } from '../../../outbound/client.ts';

/** Azure and Microsoft Graph as whoever is signed in on this machine; it can only read. */
export type BeforeLine = {
  readonly credential: TokenCredential;
  readonly read: PlainReads;
  /** An Azure list, read to its end. */
  list(path: string): Promise<readonly unknown[]>;
  graph(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
};

const tokenMs = 20_000;

/** Opens it; nothing is read yet. `simulatorUrl` is null for the real Azure. */
export function beforeLine(simulatorUrl: string | null): BeforeLine {
  const credential =
    simulatorUrl === null ? boundedCredential(signedInPerson(), tokenMs) : simulatorCredential('owner');
  const httpClient = simulatorUrl === null ? outboundClient() : forwardingClient(simulatorUrl);
  const manner = { kind: 'read', timeoutMs: 15_000, retryDelayMs: 500 } as const;
  const read = plainReads(armHost, { credential, httpClient, manner });
  return {
    credential,
    read,
    list: (path) => everyPage(plainPages<unknown>(read, path)),
    graph: graphGet(credential, httpClient),
  };
}
