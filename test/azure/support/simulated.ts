import { type AzureGateway, itemRefOf } from '../../../src/azure/gateway.ts';
import { startSimulator, type SimulatorOptions } from '../../../src/sim/server.ts';
import { gatewayOn } from './gateway-on.ts';
import { subscription, vaultId } from './names.ts';

/** One request in the simulator's log. */
export type Logged = { method: string; path: string; identity: string; status: number; clientRequestId: string };

/** The gateway on a new simulator, with its controls. */
export type Simulated = AsyncDisposable & {
  readonly azure: AzureGateway;
  readonly url: string;
  advance(seconds: number): Promise<void>;
  /** The speed, as a multiple of Azure's, of what begins from now on; 60 at first. */
  runAt(speed: number): Promise<void>;
  fault(fault: object): Promise<void>;
  state(): Promise<Record<string, unknown>>;
  change(parts: Record<string, unknown>): Promise<void>;
  requests(method: string, path: RegExp): Promise<Logged[]>;
};

/** Starts a simulator of its own for one test. */
export async function simulated(options: SimulatorOptions = {}): Promise<Simulated> {
  const simulator = await startSimulator({ port: 0, ...options });
  const control = async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${simulator.url}/_sim/${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
  return {
    azure: gatewayOn(simulator.url),
    url: simulator.url,
    advance: async (advanceSeconds) => void (await control('clock', { advanceSeconds })),
    runAt: async (speed) => void (await control('clock', { speed })),
    fault: async (fault) => void (await control('faults', fault)),
    state: async () => (await control('state')) as Record<string, unknown>,
    change: async (parts) => void (await control('state', parts)),
    requests: async (method, path) =>
      ((await control('requests')) as Logged[]).filter((one) => one.method === method && path.test(one.path)),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

const groups = `/subscriptions/${subscription}/resourceGroups`;

/** The ID of a VM of the estate. */
export const vmOf = (group: string, name: string) =>
  `${groups}/${group}/providers/Microsoft.Compute/virtualMachines/${name}`;

/** The ID of a key vault of the estate. */
export const keyVaultOf = (name: string) => `${groups}/rg-security/providers/Microsoft.KeyVault/vaults/${name}`;

/** The vault and item of the healthy protected VM of the estate. */
export const healthy = itemRefOf(vmOf('rg-app', 'vm-app-01'), vaultId);

/** The application "Backup Management Service" in the simulated directory. */
export const backupPrincipal = '00000000-0000-0000-0000-0000000bac09';
