import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const stopsWithinMs = 20_000;

/** Stops a process and lets it continue. */
export function freeze(pid: number): {
  stop(): void;
  goOn(): void;
  untilStopped(orElse: () => Promise<boolean>): Promise<void>;
} {
  return {
    stop: () => void process.kill(pid, 'SIGSTOP'),
    goOn: () => void process.kill(pid, 'SIGCONT'),
    // It stops itself when requested, and can't report that; unless something else happens first.
    untilStopped: async (orElse) => {
      const late = performance.now() + stopsWithinMs;
      while (!isStopped(pid) && !(await orElse())) {
        if (performance.now() > late) throw new Error('it did not come to where it was to stop');
        await pause(20);
      }
    },
  };
}

function isStopped(pid: number): boolean {
  return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('T');
}
