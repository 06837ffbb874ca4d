import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startSimulator } from '../../../src/sim/server.ts';
import type { SimState } from '../../../src/sim/state/state.ts';
import { forwarded, ProxiedInternet } from '../../support/proxied-internet.ts';

/** What a command line came to: the exit code of the shell, and what it printed. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** A request of `az` that wasn't a GET, as the simulator logs it. */
export type Write = { readonly method: string; readonly path: string; readonly status: number };

/** The simulator's speed: what Azure does meanwhile is over before `az` looks. */
const fast = 20_000;

/** Why nothing can be tried here; null: `az` is installed. */
export function azMissing(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, 'az')))
    ? null
    : 'no Azure CLI found: install it (Debian: apt-get install azure-cli)';
}

/**
 * The real Azure CLI, signed in as the owner of a simulated Azure of its own. It speaks to Azure's own hosts: a proxy
 * with a certificate of its own leads all of them to the simulator.
 */
export class AzureCli implements AsyncDisposable {
  readonly #folder: string;
  readonly #simulator: Awaited<ReturnType<typeof startSimulator>>;
  readonly #internet: ProxiedInternet;
  readonly #env: NodeJS.ProcessEnv;
  #server: ChildProcess | null = null;

  private constructor(whole: {
    readonly folder: string;
    readonly simulator: Awaited<ReturnType<typeof startSimulator>>;
    readonly internet: ProxiedInternet;
  }) {
    this.#folder = whole.folder;
    this.#simulator = whole.simulator;
    this.#internet = whole.internet;
    this.#env = {
      PATH: `${whole.folder}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: whole.folder,
      AZ_SERVER: join(whole.folder, 'socket'),
      AZURE_CONFIG_DIR: join(whole.folder, 'azure'),
      AZURE_CORE_COLLECT_TELEMETRY: 'false',
      AZURE_CORE_DISABLE_CONFIRM_PROMPT: 'true',
      AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
      PYTHONWARNINGS: 'ignore',
      REQUESTS_CA_BUNDLE: join(whole.folder, 'ca.pem'),
      HTTPS_PROXY: whole.internet.proxyUrl,
      NO_PROXY: '127.0.0.1',
      IDENTITY_ENDPOINT: `${whole.simulator.url}/_sim/identity`,
      IDENTITY_HEADER: 'any',
    };
  }

  static async start() {
    const folder = await mkdtemp(join(tmpdir(), 'kluis-az-'));
    const simulator = await startSimulator({ port: 0, speed: fast });
    const { keyVaults, deletedKeyVaults, storageAccounts } = await stateOf(simulator.url);
    const vaults = [...keyVaults, ...deletedKeyVaults.map(({ vault }) => vault)];
    const hosts = [
      ...['management.azure.com', 'graph.microsoft.com'],
      ...vaults.map(({ name }) => `${name}.vault.azure.net`),
      ...storageAccounts.map(({ name }) => `${name}.blob.core.windows.net`),
    ];
    const toSimulator = forwarded(() => simulator.url);
    const internet = await ProxiedInternet.start(Object.fromEntries(hosts.map((host) => [host, toSimulator])));
    const cli = new AzureCli({ folder, simulator, internet });
    await cli.#open();
    return cli;
  }

  async #open(): Promise<void> {
    const python = pythonOfAz();
    const part = (name: string) => join(import.meta.dirname, name);
    const shim = join(this.#folder, 'az');
    await writeFile(join(this.#folder, 'ca.pem'), this.#internet.certificate);
    await writeFile(shim, `#!/bin/sh\nexec '${python}' -S -E '${part('az-client.py')}' "$@"\n`);
    await chmod(shim, 0o755);
    const server = spawn(python, [part('az-server.py'), this.#env['AZ_SERVER'] ?? ''], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#server = server;
    await Promise.race([once(server.stdout, 'data'), once(server, 'exit')]);
    const { code, err } = await this.run('az login --identity');
    if (code !== 0) throw new Error(`az login: ${err}`);
  }

  /** Runs what somebody types in a shell. */
  async run(line: string): Promise<Ran> {
    const shell = spawn('bash', ['-c', line], { env: this.#env, cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    shell.stdout.on('data', (part) => (out += String(part)));
    shell.stderr.on('data', (part) => (err += String(part)));
    const [code] = (await once(shell, 'close')) as [number];
    return { code, out, err };
  }

  /** A file in the folder in which the commands run. */
  async write(name: string, content: string): Promise<void> {
    await writeFile(join(this.#folder, name), content);
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }

  /** The estate as new; nothing was asked of it. */
  async reset(): Promise<void> {
    await this.control('POST', 'reset');
    await this.control('POST', 'clock', { speed: fast });
    await this.control('DELETE', 'requests');
  }

  state(): Promise<SimState> {
    return stateOf(this.#simulator.url);
  }

  async writes(): Promise<readonly Write[]> {
    return (await this.control('GET', 'requests/but-get')) as readonly Write[];
  }

  async control(method: string, what: string, body?: unknown): Promise<unknown> {
    const sent = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${this.#simulator.url}/_sim/${what}`, sent);
    if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`);
    return answer.json();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server?.exitCode === null) {
      const gone = once(this.#server, 'exit');
      this.#server.kill();
      await gone;
    }
    await this.#internet[Symbol.asyncDispose]();
    await this.#simulator.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function stateOf(url: string): Promise<SimState> {
  return (await (await fetch(`${url}/_sim/state`)).json()) as SimState;
}

/** The Python that has the CLI's modules; each installation of it says where that is. */
function pythonOfAz(): string {
  const said = execFileSync('az', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const found = /^Python location '(.+)'$/m.exec(said)?.[1];
  if (found === undefined) throw new Error(`az --version doesn't say where its Python is: ${said}`);
  return found;
}
