import { loggable, type Log } from './log.ts';

/**
 * Ends the process on an error that nothing caught, and logs what can be logged of it. Node itself would print the
 * whole error: its request with the token, the response with key material, its cause. A rejected promise that nothing
 * awaited is logged, and the process continues.
 */
export function logUncaught(log: Log): void {
  process.on('unhandledRejection', (error) => log.error(loggable(error), 'something was not handled'));
  process.once('uncaughtException', (error) => {
    log.error(loggable(error), 'nothing caught this: the process ends');
    process.exit(1);
  });
}
