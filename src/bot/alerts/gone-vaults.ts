import { openInGoneVaults } from '../../store/alerts.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { takeSightings } from './take-in.ts';

/**
 * Ends what is open for Recovery Services vaults that Azure no longer lists, or that Kluis no longer looks at: no job
 * and no look would ever end it.
 */
export async function endGoneVaults(deps: Deps): Promise<void> {
  const gone = await openInGoneVaults(deps.database.db);
  if (gone.length === 0) return;
  const at = new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0)).toISOString();
  const lapsed = { at, cause: null, lapsed: true, jobId: null, activityId: null, lastGood: null } as const;
  await inTransaction(deps, (unit) =>
    takeSightings(
      { deps, unit },
      gone.map((subject) => ({ ...lapsed, subject })),
    ),
  );
}
