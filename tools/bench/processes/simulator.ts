/** The simulated Azure in a separate process. */
import { startSimulator } from '../../../src/sim/server.ts';
import { answering } from './child.ts';

answering<{ speed: number; statePath?: string }>(async ({ speed, statePath }) => {
  const simulator = await startSimulator({ port: 0, speed, ...(statePath === undefined ? {} : { statePath }) });
  return { ready: () => ({ url: simulator.url }), close: () => simulator.close() };
});
