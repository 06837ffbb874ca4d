import { sql } from 'kysely';
import type { Queries } from './database.ts';
import { fromNow } from './due.ts';

/** A workspace in which the app is installed; its token is encrypted. */
type SlackInstallation = {
  readonly team: string;
  readonly name: string;
  readonly sealedToken: string;
  readonly installedBy: string;
};

/** Stores an installation, replacing the previous one. */
export async function keepInstallation(q: Queries, installation: SlackInstallation): Promise<void> {
  const { team, name, sealedToken: sealed_token, installedBy: installed_by } = installation;
  const values = { name, sealed_token, installed_by };
  await q
    .insertInto('slack_installation')
    .values({ team, ...values })
    .onConflict((conflict) => conflict.column('team').doUpdateSet({ ...values, installed_at: sql<Date>`now()` }))
    .execute();
}

/** A workspace's encrypted token; null if the app isn't installed. */
export async function sealedTokenOf(q: Queries, team: string): Promise<string | null> {
  const found = await q
    .selectFrom('slack_installation')
    .select('sealed_token')
    .where('team', '=', team)
    .executeTakeFirst();
  return found?.sealed_token ?? null;
}

/**
 * Deletes an installation and its token, unless it was made after `at`: Slack may report an earlier one late. False if
 * nothing was deleted.
 */
export async function forgetInstallation(q: Queries, team: string, at: Date): Promise<boolean> {
  const ended = q.deleteFrom('slack_installation').where('team', '=', team).where('installed_at', '<=', at);
  return (await ended.executeTakeFirst()).numDeletedRows > 0n;
}

/** Stores that somebody has begun an installation, for this many milliseconds, and deletes expired ones. */
export async function keepInstallState(q: Queries, hash: string, forMs: number): Promise<void> {
  await q
    .deleteFrom('slack_install_state')
    .where('expires_at', '<', sql<Date>`now()`)
    .execute();
  const expires_at = fromNow(forMs);
  await q.insertInto('slack_install_state').values({ hash, expires_at }).execute();
}

/** Uses it, once; false if nobody has begun it, or it has expired. */
export async function useInstallState(q: Queries, hash: string): Promise<boolean> {
  const used = await q
    .deleteFrom('slack_install_state')
    .where('hash', '=', hash)
    .returning(sql<boolean>`expires_at > now()`.as('inTime'))
    .executeTakeFirst();
  return used?.inTime ?? false;
}
