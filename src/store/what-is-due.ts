import { sql, type RawBuilder, type SelectQueryBuilder } from 'kysely';
import { alertsToWake, vaultsWithUntold } from './alerts.ts';
import { requestsToEnd, requestsToReach, requestsToRemind } from './approvals.ts';
import type { Queries } from './database.ts';
import { dialogsToLookUp, expiredDialogs } from './dialogs.ts';
import { companyVersion } from './company-entries.ts';
import { inventoryAge } from './inventory.ts';
import { conversationsToDeliver } from './unsent-messages.ts';
import { operationsToAdvance } from './operations.ts';
import { looksDue } from './scheduled-posts.ts';
import type { Tables } from './schema.ts';
import { vaultsToLookAt } from './vault-looks.ts';
import { vaultsToPoll } from './vault-polls.ts';

/** What else is asked. */
type Also = {
  /** How old the inventory is, in milliseconds; null if there is none. */
  readonly inventoryAgeMs: number | null;
  /** Whether any conversation subscribed to alerts. */
  readonly isWatched: boolean;
  /** Changes whenever an entry of the company was written or removed. */
  readonly companyVersion: string;
};

/**
 * Everything that is due, by ID, at most `limit` of each kind. It is one statement, since it runs every few seconds for
 * as long as the process lives, and nearly always nothing is due.
 */
export async function whatIsDue(q: Queries, limit: number) {
  const due = {
    dialogsToLookUp: ids(dialogsToLookUp(q, limit)),
    expiredDialogs: ids(expiredDialogs(q, limit)),
    operationsToAdvance: ids(operationsToAdvance(q, limit)),
    conversationsToDeliver: ids(conversationsToDeliver(q, limit)),
    vaultsToPoll: ids(vaultsToPoll(q, limit)),
    vaultsToLookAt: ids(vaultsToLookAt(q, limit)),
    vaultsWithUntold: ids(vaultsWithUntold(q, limit)),
    looksDue: ids(looksDue(q)),
    requestsToEnd: ids(requestsToEnd(q, limit)),
    requestsToRemind: ids(requestsToRemind(q, limit)),
    requestsToReach: ids(requestsToReach(q, limit)),
    alertsToWake: ids(alertsToWake(q, limit)),
  };
  const also = {
    inventoryAgeMs: sql`${inventoryAge(q)}`,
    isWatched: sql`exists ${q.selectFrom('alert_watch').select('conversation_id')}`,
    companyVersion: sql`${companyVersion(q)}`,
  };
  const all = Object.entries<RawBuilder<unknown>>({ ...due, ...also }).map(([name, asked]) => asked.as(name));
  return q.selectNoFrom(all).executeTakeFirstOrThrow() as Promise<Record<keyof typeof due, string[]> & Also>;
}

/** The one column of a query as an array. */
function ids<Row>(query: SelectQueryBuilder<Tables, keyof Tables, Row>) {
  return sql<string[]>`array${query}::text[]`;
}
