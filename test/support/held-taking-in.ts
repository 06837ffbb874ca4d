import { alertWorker } from '../../src/bot/alerts/take-in.ts';
import type { TestBot } from './start-bot.ts';

/**
 * Begins to take in a vault's failures, and holds that at its first reading of Azure until `goOn` is called. `fails`
 * adds a failure; `times`: how often, since the bot itself may be faster, and then there is nothing left to find.
 */
export async function holdTakingIn(bot: TestBot, vaultId: string, fails: (time: number) => Promise<void>) {
  const [reached, goOn] = [Promise.withResolvers<boolean>(), Promise.withResolvers<void>()];
  const reads = new Proxy(bot.deps.azure.reads, {
    get: (all, name) => {
      reached.resolve(true);
      return async (...given: never[]) =>
        goOn.promise.then(() => (all[name as 'vm'] as (...all: never[]) => unknown)(...given));
    },
  });
  const takeIn = alertWorker({ ...bot.deps, azure: { ...bot.deps.azure, reads } });
  for (let times = 1; ; times += 1) {
    await fails(times);
    const ended = takeIn(vaultId, AbortSignal.abort());
    if (await Promise.race([reached.promise, ended.then(() => false)])) return { times, ended, goOn: goOn.resolve };
  }
}
