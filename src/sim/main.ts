import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startSimulator, type SimulatorOptions } from './server.ts';

const settings = z.object({
  KLUIS_SIM_PORT: z.coerce.number().int().min(0).max(65_535).default(4280),
  KLUIS_SIM_SPEED: z.coerce.number().min(1).max(100_000).default(60),
  KLUIS_DATA_DIR: z.string().min(1).default('.kluis'),
  /** PEM files; with both there is a second endpoint with TLS. */
  KLUIS_SIM_TLS_CERT: z.string().optional(),
  KLUIS_SIM_TLS_KEY: z.string().optional(),
  KLUIS_SIM_TLS_PORT: z.coerce.number().int().min(0).max(65_535).default(4281),
});

type Settings = z.infer<typeof settings>;

/**
 * The simulator as a process of its own. It survives the process that started it; SIGTERM ends it after its state is
 * written. If its port is taken, a simulator is already running and this one ends.
 */
async function main(): Promise<void> {
  const read = settings.safeParse(process.env);
  if (!read.success) {
    console.error(`Simulated Azure: ${z.prettifyError(read.error)}`);
    process.exitCode = 2;
    return;
  }
  const options = optionsOf(read.data);
  try {
    const simulator = await startSimulator(options);
    if (simulator.setAside) {
      console.log(`Simulated Azure: its file was broken and is kept as ${simulator.setAside}; the estate is as new`);
    }
    const second = simulator.tlsUrl ? ` and ${simulator.tlsUrl}` : '';
    console.log(`Simulated Azure: ${simulator.url}${second} (state in ${options.statePath ?? ''})`);
    const end = (): void => {
      void simulator.close().then(() => process.exit(0));
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    console.log(
      `Simulated Azure: port ${options.port ?? ''} is taken, by a simulator that runs already or by something else`,
    );
    process.exitCode = 3;
  }
}

function optionsOf(read: Settings): SimulatorOptions {
  const { KLUIS_SIM_TLS_CERT: cert, KLUIS_SIM_TLS_KEY: key, KLUIS_SIM_TLS_PORT: port } = read;
  return {
    port: read.KLUIS_SIM_PORT,
    speed: read.KLUIS_SIM_SPEED,
    statePath: join(read.KLUIS_DATA_DIR, 'simulator.json'),
    ...(cert && key ? { tls: { port, cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } } : {}),
  };
}

await main();
