import type { TokenCredential } from '@azure/core-auth';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { Clock } from '../../core/clock.ts';
import type { AzureGateway, AzureReads, GrantWrites, RestoreIdentity } from '../gateway.ts';
import { armHost, clientsPerSubscription, type Line } from './transport/arm-clients.ts';
import { activityReads } from './reads/activity-reads.ts';
import { authorizationReads } from './reads/authorization-reads.ts';
import { backupReads } from './reads/backup-reads.ts';
import { backupWrites } from './writes/backup-writes.ts';
import { blobLine } from './transport/blob-line.ts';
import { blobReads } from './reads/blob-reads.ts';
import { blobWrites } from './writes/blob-writes.ts';
import { boundedCredential } from './transport/bounded-credential.ts';
import { computeReads } from './reads/compute-reads.ts';
import { deploymentReads } from './reads/deployment-reads.ts';
import { drillReads } from './reads/drill-reads.ts';
import { drillWrites } from './writes/drill-writes.ts';
import { extensionReads } from './reads/extension-reads.ts';
import { directoryReads } from './reads/directory-reads.ts';
import { grantWrites } from './writes/grant-writes.ts';
import { guardedClient } from './transport/guarded-client.ts';
import { jobReads } from './reads/job-reads.ts';
import { keyVaultReads } from './reads/key-vault-reads.ts';
import { type Ask, type CallRecord, observedCalls } from './transport/observed-call.ts';
import { keyRestoreWrites } from './writes/key-restore-writes.ts';
import { namedObjectReads } from './reads/named-object-reads.ts';
import { interfaceReads, networkReads } from './reads/network-reads.ts';
import { permissionReads } from './reads/permission-reads.ts';
import { plainReads } from './reads/plain-reads.ts';
import { policyReads } from './reads/policy-reads.ts';
import { policyWrites } from './writes/policy-writes.ts';
import { restoreWrites } from './writes/restore-writes.ts';
import { sizeReads } from './reads/size-reads.ts';
import { stagingReads } from './reads/staging-reads.ts';
import { machineWrites } from './writes/machine-writes.ts';
import { vmRestoreWrites } from './writes/vm-restore-writes.ts';
import { vaultReads } from './reads/vault-reads.ts';
import { outboundClient } from '../../outbound/client.ts';

/**
 * Options of the gateway. The time-out of reads is per attempt, a write has its own; `httpClient` is for a simulator,
 * the default goes to Azure.
 */
type ArmGatewayOptions = {
  readonly subscriptions: readonly string[];
  readonly operate: TokenCredential;
  readonly grant: TokenCredential | null;
  readonly restore: TokenCredential | null;
  readonly httpClient?: HttpClient;
  readonly clock: Clock;
  readonly onCall?: (call: CallRecord) => void;
  readonly readTimeoutMs?: number;
  /** The first delay of the exponential backoff before a read is retried. */
  readonly retryDelayMs?: number;
};

const callsAtATime = 16;
const tokenTimeoutMs = 30_000;

/**
 * The gateway to Azure itself: real SDK clients, one set of call policies (reads, writes) per identity, one guard at
 * the wire.
 */
export function createArmGateway(options: ArmGatewayOptions): AzureGateway {
  const azureTime = skewOf(options.clock);
  const httpClient = guardedClient(options.httpClient ?? outboundClient(), {
    width: callsAtATime,
    noteDate: azureTime.note,
  });
  const lines = linesOf(options, httpClient);
  const asked = { read: observedCalls('read', options), written: observedCalls('write', options) };
  const writing = clientsPerSubscription(lines(options.operate, 'write'));
  return {
    subscriptions: options.subscriptions,
    reads: readsOf(lines(options.operate, 'read'), asked.read, options.subscriptions),
    writes: { ...backupWrites(writing, asked.written), ...policyWrites(writing, asked.written) },
    grants: options.grant && grantsOf(options.grant, lines, { ...asked, subscriptions: options.subscriptions }),
    restores: options.restore && restoresOf(options.restore, lines, asked),
    clockSkew: azureTime.skew,
  };
}

type Lines = (identity: TokenCredential, kind: 'read' | 'write') => Line;

function linesOf(options: ArmGatewayOptions, httpClient: HttpClient): Lines {
  const { readTimeoutMs = 15_000, retryDelayMs = 500 } = options;
  const manners = { read: { kind: 'read', timeoutMs: readTimeoutMs, retryDelayMs }, write: { kind: 'write' } } as const;
  return (identity, kind) => ({
    credential: boundedCredential(identity, tokenTimeoutMs),
    httpClient,
    manner: manners[kind],
  });
}

function readsOf(line: Line, ask: Ask, subscriptions: readonly string[]): AzureReads {
  const clients = clientsPerSubscription(line);
  const graph = plainReads('graph.microsoft.com', line);
  const arm = plainReads(armHost, line);
  return {
    ...computeReads(clients, ask),
    ...vaultReads(clients, ask),
    ...policyReads(clients, ask),
    ...backupReads(clients, ask),
    ...jobReads(clients, ask),
    ...stagingReads(clients, ask),
    ...keyVaultReads(clients, ask),
    ...authorizationReads((scope) => clients(subscriptionAt(scope, subscriptions)), arm, ask),
    ...activityReads(arm, ask),
    ...networkReads(clients, ask),
    ...sizeReads(clients, ask),
    ...permissionReads(arm, ask),
    ...directoryReads({ clients, graph, arm }, ask),
  };
}

type Asked = { readonly read: Ask; readonly written: Ask };

function grantsOf(
  identity: TokenCredential,
  lines: Lines,
  { read, written, subscriptions }: Asked & { readonly subscriptions: readonly string[] },
): GrantWrites {
  const writing = clientsPerSubscription(lines(identity, 'write'));
  return {
    ...grantWrites((scope) => writing(subscriptionAt(scope, subscriptions)), written),
    ...permissionReads(plainReads(armHost, lines(identity, 'read')), read),
  };
}

function restoresOf(identity: TokenCredential, lines: Lines, { read, written }: Asked): RestoreIdentity {
  const [reading, writing] = [lines(identity, 'read'), lines(identity, 'write')];
  return {
    ...permissionReads(plainReads(armHost, reading), read),
    ...restoreWrites(
      { clients: clientsPerSubscription(writing), ask: written },
      { clients: clientsPerSubscription(reading), ask: read },
    ),
    ...blobReads(blobLine(reading), read),
    ...blobWrites(blobLine(writing), written),
    ...namedObjectReads(reading, read),
    ...keyRestoreWrites(writing, written),
    ...deploymentReads(clientsPerSubscription(reading), read),
    ...extensionReads(clientsPerSubscription(reading), read),
    ...interfaceReads(clientsPerSubscription(reading), read),
    ...drillReads(clientsPerSubscription(reading), read),
    ...drillWrites(writing, written),
    ...machineWrites(clientsPerSubscription(writing), written),
    ...vmRestoreWrites(clientsPerSubscription(writing), written),
  };
}

// A built-in role's ID names no subscription, and the client needs one without using it.
function subscriptionAt(scope: string, subscriptions: readonly string[]): string {
  return /^\/*subscriptions\/([^/]+)/i.exec(scope)?.[1] ?? subscriptions[0] ?? 'none';
}

/** How far a `Date` header may be behind Azure's clock, in milliseconds: it has whole seconds, and was on its way. */
const lateMs = 2_000;

/** The greatest difference seen is the nearest to the truth; one that is much smaller means that a clock was set. */
function skewOf(clock: Clock) {
  let skew: number | null = null;
  return {
    note: (date: Date) => {
      const seen = date.getTime() - clock.now().getTime();
      if (skew === null || seen > skew || seen < skew - lateMs) skew = seen;
    },
    skew: () => skew,
  };
}
