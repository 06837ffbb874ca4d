import { join } from 'node:path';
import { startSimulator } from './server.ts';

/**
 * The simulator as a process of its own. It goes on when whoever started it is killed; a SIGTERM ends it, its state
 * written. A port that is taken means that one runs already: then this one has nothing to do.
 */
async function main(): Promise<void> {
  const port = Number(process.env.KLUIS_SIM_PORT ?? 4280);
  const statePath = join(process.env.KLUIS_DATA_DIR ?? '.kluis', 'simulator.json');
  try {
    const simulator = await startSimulator({ port, statePath, speed: Number(process.env.KLUIS_SIM_SPEED ?? 60) });
    console.log(`Simulated Azure: ${simulator.url} (state in ${statePath})`);
    const end = (): void => {
      void simulator.close().then(() => process.exit(0));
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    console.log(`Simulated Azure: port ${port} is taken, by a simulator that runs already or by something else`);
    process.exitCode = 3;
  }
}

await main();
