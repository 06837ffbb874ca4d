/** The simulated Azure behind a scene, through its control API. */
import { call } from './call.ts';

/** What the simulated Azure contains, as far as the scenes check it. */
type Estate = {
  readonly vms: readonly EstateVm[];
  readonly classicVms: readonly EstateVm[];
  readonly items: readonly { readonly vmId: string; readonly points: readonly unknown[] }[];
  readonly policies: readonly { readonly name: string; readonly vaultId: string }[];
  readonly keyVaults: readonly EstateKeyVault[];
};

type EstateKeyVault = {
  readonly name: string;
  readonly keys: readonly { readonly name: string }[];
  readonly secrets: readonly { readonly name: string }[];
};

type EstateVm = { readonly subscription: string; readonly resourceGroup: string; readonly name: string };

/** Makes things happen in Azure, and checks what has happened. */
export type DemoAzure = {
  readonly estate: () => Promise<Estate>;
  /** Resets the estate, at this speed. */
  readonly begins: () => Promise<void>;
  /** Seeds one of the real-world cases into the estate. */
  readonly seed: (scenario: string) => Promise<void>;
  /** The names of those cases. */
  readonly scenarios: () => Promise<readonly string[]>;
  /** Makes the next backup of a VM fail with this error. */
  readonly failsNext: (job: {
    readonly vm: string;
    readonly errorCode: number;
    readonly errorTitle: string;
    readonly errorString: string;
  }) => Promise<void>;
  /** What starts from now on takes long enough to be looked at while it runs, until `hurries`. */
  readonly dawdles: () => Promise<void>;
  /** For what dawdles, so many seconds of Azure pass at once. */
  readonly passes: (seconds: number) => Promise<void>;
  /** Everything running ends, and what starts from now on is as fast as before. */
  readonly hurries: () => Promise<void>;
  /** How many calls of this method and path Azure accepted. */
  readonly calls: (method: string, path: RegExp) => Promise<number>;
};

/**
 * Slow enough that a snapshot takes a quarter of a minute; and half an hour of Azure: the longest snapshot and more.
 */
const slow = 20;
const longEnough = 1800;

/** Controls the simulator at this URL, which runs so much faster than Azure. */
export function demoAzure(url: string, speed: number): DemoAzure {
  const post = async (path: string, body: object) => void (await call(`${url}/_sim/${path}`, body));
  return {
    estate: async () => (await call(`${url}/_sim/state`)) as Estate,
    begins: async () => {
      await post('clock', { speed });
      await post('reset', {});
    },
    seed: (name) => post('scenario', { name }),
    scenarios: async () => Object.keys(((await call(`${url}/_sim/scenario`)) as { names: object }).names),
    failsNext: (job) => post('faults', { job, times: 1 }),
    dawdles: () => post('clock', { speed: slow }),
    passes: (seconds) => post('clock', { advanceSeconds: seconds / slow }),
    hurries: () => post('clock', { speed, advanceSeconds: longEnough / slow }),
    calls: async (method, path) => {
      const all = (await call(`${url}/_sim/requests`)) as readonly { method: string; path: string; status: number }[];
      return all.filter((one) => one.method === method && one.status < 300 && path.test(decodeURIComponent(one.path)))
        .length;
    },
  };
}
