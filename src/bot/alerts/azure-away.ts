/**
 * Azure can't be read: one alert for all Recovery Services vaults is opened once none has been polled for the time
 * after which people are informed. It closes with the next successful poll. If there never was one, the time counts
 * from when this process began to check, provided the list of vaults couldn't be read or isn't empty.
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
/** The minimum number of polls of a vault in that time, so that one failed poll doesn't count as Azure being down. */
const minPolls = 10;
/** When this process started checking: an earlier gap may have been its own, not Azure's. */
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
