/** The trouble: faults of the chat platform and of Azure, failing jobs, and restarts of the bot. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatedAzure } from '../bench/processes/simulated-azure.ts';
import type { Platform } from './platform.ts';
import type { Draw } from './random.ts';

/** What trouble is made with. */
type TroubleStage = {
  readonly platform: Platform;
  readonly azure: SimulatedAzure;
  readonly vms: readonly string[];
  /** Shuts the bot down cleanly and starts it again in the same process. */
  readonly restart: () => Promise<void>;
  /** Kills the process and starts another; null if that isn't wanted now. */
  readonly kill: () => (() => Promise<void>) | null;
  readonly made: Map<string, number>;
  readonly say: (text: string) => void;
};

type Trouble = (stage: TroubleStage, draw: Draw) => Promise<void>;

const chatStatuses = [429, 500, 502, 503, 504, 412, 0] as const;
const azureStatuses = [429, 500, 502, 503, 504] as const;
const parts = [
  '',
  'backupJobs',
  'protectedItems',
  'virtualMachines',
  '/backup\\?',
  'operationResults|operationsStatus',
  'vaults/',
  'recoveryPoints',
];

const troubles: readonly (readonly [number, string, Trouble])[] = [
  [6, 'chat: refuses', chatRefuses],
  [2, 'chat: takes it and does not answer', chatLosesAnswer],
  [6, 'azure: refuses', azureRefuses],
  [3, 'azure: takes it and does not answer', azureLosesAnswer],
  [3, 'azure: is slow', azureIsSlow],
  [2, 'azure: a job fails', jobFails],
  [1, 'azure: an answer is garbled', azureGarbles],
  [1.5, 'the bot is restarted', async ({ restart }) => restart()],
  [1.5, 'the bot is killed', async ({ kill }) => kill()?.()],
];

/** Makes trouble until `isOver`; faults stay until they are used up. */
export async function trouble(stage: TroubleStage, draw: Draw, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const [name, make] = draw.weighed(troubles.map(([weight, ...rest]) => [weight, rest] as const));
    if (name === 'the bot is killed' && stage.kill() === null) continue;
    stage.made.set(name, (stage.made.get(name) ?? 0) + 1);
    await make(stage, draw);
    await pause(1000 + draw.below(3000));
  }
}

async function chatRefuses({ platform }: TroubleStage, draw: Draw): Promise<void> {
  const status = draw.pick(chatStatuses);
  const retry = status === 429 ? { retryAfter: 1 } : {};
  await platform.fault({ status, times: 1 + draw.below(3), delay: draw.below(500), ...retry });
}

async function chatLosesAnswer({ platform }: TroubleStage, draw: Draw): Promise<void> {
  const method = draw.pick(['POST', 'PUT'] as const);
  await platform.fault({ method, status: draw.pick([0, 502, 504] as const), times: 1, applied: true });
}

async function azureRefuses({ azure }: TroubleStage, draw: Draw): Promise<void> {
  const status = draw.pick(azureStatuses);
  const headers = status === 429 ? { 'retry-after': '1' } : {};
  const body = { error: { code: 'ServerBusy', message: 'Injected.' } };
  await azure.fault({ match: { path: draw.pick(parts) }, status, body, headers, times: 1 + draw.below(5) });
}

async function azureLosesAnswer({ azure }: TroubleStage, draw: Draw): Promise<void> {
  const how = draw.share() < 0.5 ? { drop: true } : { status: draw.pick([500, 502, 504]), body: {} };
  const method = draw.pick(['POST', 'PUT']);
  await azure.fault({
    match: { method, path: draw.pick(['/backup\\?', 'protectedItems', '']) },
    after: true,
    times: 1,
    ...how,
  });
}

async function azureIsSlow({ azure }: TroubleStage, draw: Draw): Promise<void> {
  await azure.fault({
    match: { path: draw.pick(parts) },
    latencyMs: 200 + draw.below(1300),
    times: 1 + draw.below(20),
  });
}

async function azureGarbles({ azure }: TroubleStage, draw: Draw): Promise<void> {
  const body = draw.pick(['<html>busy</html>', '{"value":', '', '[]', '{"value":[null]}']);
  await azure.fault({ match: { method: 'GET', path: draw.pick(parts) }, status: 200, body, times: 1 });
}

async function jobFails({ azure, vms }: TroubleStage, draw: Draw): Promise<void> {
  const error = { errorCode: 400249, errorTitle: 'ExtensionSnapshotFailedNoNetwork', errorString: 'Injected.' };
  const phase = draw.pick(['snapshot', 'transfer']);
  await azure.fault({ job: { vm: draw.pick(vms), recommendations: ['Try again.'], phase, ...error }, times: 1 });
}
