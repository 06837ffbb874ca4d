import { startSimulator, type SimulatorOptions } from '../../../src/sim/server.ts';
import type { SimState } from '../../../src/sim/state/state.ts';

/** A running simulator. */
export type Simulator = Awaited<ReturnType<typeof startSimulator>>;

export const SUB = '/subscriptions/00000000-0000-0000-0000-00000000c0de';
export const BACKUP_APP = '00000000-0000-0000-0000-0000000bac09';
export const TENANT = '00000000-0000-0000-0000-0000007e4a47';

type Who = 'kluis-operate' | 'kluis-grant' | 'kluis-restore' | 'owner' | null;
type SimRequest = { as?: Who; body?: unknown; headers?: Record<string, string> };

/** What the tests use in a response's body. An index on `properties` finds the rest. */
export type Shown = {
  id: string;
  name: string;
  status: string;
  startTime: string;
  endTime: string;
  nextLink?: string;
  protectionStatus: string;
  vaultId: string;
  actions: string[];
  key: { kid: string };
  error?: { code: string; message: string };
  value: Shown[];
  properties: ShownProperties;
};
export type ShownProperties = {
  [name: string]: unknown;
  status: string;
  jobId: string;
  startTime: string;
  level: string;
  entityFriendlyName: string;
  recoveryPointTime: string;
  recoveryPointTierDetails: unknown[];
  accessPolicies: unknown[];
  errorDetails: { errorTitle: string }[];
  extendedInfo: { tasksList: { status: string }[] };
};

/** A response: `body` is parsed JSON, null when empty. */
export type Answer = { status: number; headers: Headers; body: Shown };

/** A simulator whose clock stands still until it is advanced, and the calls that tests make to it. */
export class SimulatedAzure {
  readonly simulator: Simulator;
  private constructor(simulator: Simulator) {
    this.simulator = simulator;
  }

  static async start(options: SimulatorOptions = {}): Promise<SimulatedAzure> {
    const now = new Date('2026-11-25T09:15:00.123Z');
    return new SimulatedAzure(await startSimulator({ now: () => now, ...options }));
  }

  async close(): Promise<void> {
    await this.simulator.close();
  }

  async call(method: string, path: string, asked: SimRequest = {}): Promise<Answer> {
    const who = asked.as === undefined ? 'kluis-operate' : asked.as;
    const response = await fetch(this.simulator.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(who ? { authorization: `Bearer ${who}` } : {}),
        ...asked.headers,
      },
      ...(asked.body === undefined
        ? {}
        : { body: typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  }

  get(path: string, asked: SimRequest = {}): Promise<Answer> {
    return this.call('GET', path, asked);
  }

  /** The state, or only these parts of it, which is cheaper. */
  async state<K extends keyof SimState = keyof SimState>(...parts: readonly K[]): Promise<Pick<SimState, K>> {
    return (await this.control('GET', parts.length === 0 ? 'state' : `state?parts=${parts.join()}`)) as SimState;
  }

  async control(method: string, name: string, body?: unknown): Promise<unknown> {
    const answer = await this.call(method, `/_sim/${name}`, { as: null, ...(body === undefined ? {} : { body }) });
    if (answer.status !== 200) throw new Error(`${method} ${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Advances the clock by seconds of real Azure: durations of the simulator are divided by its speed. */
  async pass(seconds: number, speed = 60): Promise<void> {
    await this.control('POST', 'clock', { advanceSeconds: seconds / speed });
  }
}

/** The vault rsv-prod-weu (or another) and calls below it. */
export const vault = (name = 'rsv-prod-weu'): string =>
  `${SUB}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/${name}`;
export const vm = (group: string, name: string): string =>
  `${SUB}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;
export const keyVault = (name: string): string =>
  `${SUB}/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/${name}`;
export const item = (group: string, name: string, vaultName?: string): string => {
  const names = `iaasvmcontainerv2;${group};${name}`;
  return `${vault(vaultName)}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${names}/protectedItems/VM;${names}`;
};
export const V = 'api-version=2025-02-01';

/** Enables protection with this policy. */
export function protect(
  azure: SimulatedAzure,
  place: { group: string; name: string; policy?: string; vault?: string },
): Promise<Answer> {
  const properties = {
    protectedItemType: 'Microsoft.Compute/virtualMachines',
    sourceResourceId: vm(place.group, place.name),
    policyId: `${vault(place.vault)}/backupPolicies/${place.policy ?? 'DefaultPolicy'}`,
  };
  return azure.call('PUT', `${item(place.group, place.name, place.vault)}?${V}`, { body: { properties } });
}

/** Starts a backup. */
export function backUp(
  azure: SimulatedAzure,
  place: { group: string; name: string; attempt?: string },
): Promise<Answer> {
  const body = {
    properties: { objectType: 'IaasVMBackupRequest', recoveryPointExpiryTimeInUTC: '2026-12-25T00:00:00Z' },
  };
  const headers = place.attempt ? { 'x-ms-client-request-id': place.attempt } : {};
  return azure.call('POST', `${item(place.group, place.name)}/backup?${V}`, {
    body,
    headers: headers as Record<string, string>,
  });
}

/** The operation of a 202, read by its ID below the vault. */
export async function operation(azure: SimulatedAzure, accepted: Answer, vaultName?: string): Promise<Shown> {
  const id = /\/([^/?]+)\?/.exec(accepted.headers.get('azure-asyncoperation') ?? '')?.[1] ?? '';
  return (await azure.get(`${vault(vaultName)}/backupOperations/${id}?${V}`)).body;
}

/** The job of an accepted operation. */
export async function jobOf(azure: SimulatedAzure, accepted: Answer): Promise<ShownProperties> {
  await azure.pass(3);
  const { properties } = await operation(azure, accepted);
  return (await azure.get(`${vault()}/backupJobs/${properties.jobId}?${V}`)).body.properties;
}
