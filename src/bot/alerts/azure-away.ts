/**
 * Azure cannot be read: one alert for all Recovery Services vaults together is open once none was polled for the time
 * after which people are informed. It closes with the next poll that succeeds. If there never was one, the time counts
 * from when this process began to check, if the list of vaults could not be read or names one.
 */
import type { Subject } from '../../alerts/alert.ts';
import { inOrder, wrong } from '../../alerts/looks/noted.ts';
import { isCauseOpen } from '../../store/alerts.ts';
import { hasNothingToPoll, lastPolls } from '../../store/vault-polls.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { takeSightings } from './take-in.ts';

const azure: Subject = {
  of: 'azure',
  ...{ key: 'azure', name: 'Azure', calledAs: 'Azure', vaultId: '', vault: '', subscription: '' },
  ...{ resourceGroup: null, tags: null },
};
/** How many times at least a vault is polled in that time, so that a single failed poll isn't taken for Azure. */
const minPolls = 10;
/** Since when this process checks: a gap before that was perhaps not Azure's silence but this process's. */
const begun = new WeakMap<object, number>();

/** Checks whether Azure is unreachable, or back. */
export async function seeAzure(deps: Deps): Promise<void> {
  const now = deps.clock.now().getTime();
  const first = begun.get(deps) ?? now;
  begun.set(deps, first);
  const { db } = deps.database;
  const times = (await lastPolls(db)).map(({ at }) => at.getTime());
  if (times.length === 0 && (await hasNothingToPoll(db))) return;
  const newest = new Date(times.length === 0 ? first : Math.max(...times));
  const limit = Math.max(deps.waits.silence, minPolls * deps.waits.vaultIdle);
  const isAway = now - newest.getTime() > limit;
  if (isAway ? now - first <= limit : !(await isCauseOpen(db, wrong('azure-away', azure, newest).cause?.key ?? '')))
    return;
  const seen = isAway ? wrong('azure-away', azure, newest) : inOrder('azure-away', azure, newest);
  await inTransaction(deps, (unit) => takeSightings({ deps, unit }, [seen]));
}
