/**
 * What can't be read. Azure as a whole: one alert for all Recovery Services vaults is opened once none has been polled
 * for the time after which people are informed, unless Azure refuses each of them. If there never was a poll, the time
 * counts from when this process began to check, provided the list of vaults couldn't be read or isn't empty. Otherwise
 * each vault whose polls have failed for that time, all on one card. Both close with the next successful poll.
 */
import type { Subject } from '../../alerts/alert.ts';
import type { Sighting } from '../../alerts/fold.ts';
import { inOrder, wrong } from '../../alerts/looks/noted.ts';
import { vaultSubject } from '../../alerts/looks/settings.ts';
import type { VaultFacts } from '../../azure/gateway.ts';
import { isCauseOpen } from '../../store/alerts.ts';
import { hasNothingToPoll, lastPolls, polledVaults, type PolledVault } from '../../store/vault-polls.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { takeSightings } from './take-in.ts';

const azure: Subject = {
  of: 'azure',
  ...{ key: 'azure', name: 'Azure', calledAs: 'Azure', vaultId: '', vault: '', subscription: '' },
  ...{ resourceGroup: null, tags: null },
};
/** One cause for all of them, so that one card shows them. */
const unreadKey = 'vault-unread';
/** The minimum number of polls of a vault in that time, so that one failed poll doesn't count as Azure being down. */
const minPolls = 10;
/** When this process started checking: an earlier gap may have been its own, not Azure's. */
const begun = new WeakMap<object, number>();

/** For how long a vault, or all of them, can't be read before people are informed. */
export function unreadLimit({ waits }: Pick<Deps, 'waits'>): number {
  return Math.max(waits.silence, minPolls * waits.vaultIdle);
}

/** Checks whether Azure or a vault can't be read, or is back. */
export async function seeUnread(deps: Deps): Promise<void> {
  const vaults = await polledVaults(deps.database.db, unreadLimit(deps));
  const { isAway, seen } = await azureNow(deps, vaults);
  // While Azure is away, nothing is known about any single vault.
  const all = isAway ? seen : [...seen, ...(await vaultsNow(deps, vaults))];
  if (all.length > 0) await inTransaction(deps, (unit) => takeSightings({ deps, unit }, all));
}

type AzureNow = { readonly isAway: boolean; readonly seen: readonly Sighting[] };

async function azureNow(deps: Deps, vaults: readonly PolledVault[]): Promise<AzureNow> {
  const now = deps.clock.now().getTime();
  const first = begun.get(deps) ?? now;
  begun.set(deps, first);
  const { db } = deps.database;
  const times = (await lastPolls(db)).map(({ at }) => at.getTime());
  if (times.length === 0 && (await hasNothingToPoll(db))) return { isAway: false, seen: [] };
  const newest = new Date(times.length === 0 ? first : Math.max(...times));
  const isRefused = vaults.length > 0 && vaults.every(({ why }) => why !== null && why.why !== 'silent');
  const limit = unreadLimit(deps);
  const isAway = !isRefused && now - newest.getTime() > limit;
  if (isAway) return { isAway, seen: now - first <= limit ? [] : [wrong('azure-away', azure, newest)] };
  const isOpen = await isCauseOpen(db, wrong('azure-away', azure, newest).cause?.key ?? '');
  return { isAway, seen: isOpen ? [inOrder('azure-away', azure, newest)] : [] };
}

/** Those that have been unread for long; while there is an alert, those that are read again as well. */
async function vaultsNow(deps: Deps, vaults: readonly PolledVault[]): Promise<Sighting[]> {
  const isOpen = await isCauseOpen(deps.database.db, unreadKey);
  return vaults.flatMap(({ body, why, since, isLong }) => {
    const subject = vaultSubject(body as VaultFacts);
    if (why === null || since === null) return isOpen ? [inOrder('vault-unread', subject, deps.clock.now())] : [];
    if (!isLong) return [];
    const cause = { kind: 'vault-unread', key: unreadKey } as const;
    return [{ ...wrong('vault-unread', subject, since), cause, unread: why }];
  });
}
