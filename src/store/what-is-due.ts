import { sql, type SelectQueryBuilder } from 'kysely';
import { alertsToWake, vaultsWithUntold } from './alerts.ts';
import { requestsToEnd, requestsToRemind } from './approvals.ts';
import type { Queries } from './database.ts';
import { dialogsToLookUp, expiredDialogs } from './dialogs.ts';
import { conversationsToDeliver } from './messages.ts';
import { operationsToAdvance } from './operations.ts';
import { looksDue } from './scheduled-posts.ts';
import type { Tables } from './schema.ts';
import { vaultsToLookAt } from './vault-looks.ts';
import { vaultsToPoll } from './vault-polls.ts';

/**
 * Everything whose time has come, by ID, of each kind `limit` at most. It is one statement, since it is asked every few
 * seconds for as long as the process lives, and nearly always nothing is due.
 */
export function whatIsDue(q: Queries, limit: number) {
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
    alertsToWake: ids(alertsToWake(q, limit)),
  };
  const all = Object.entries(due).map(([kind, list]) => list.as(kind));
  return q.selectNoFrom(all).executeTakeFirstOrThrow() as Promise<Record<keyof typeof due, string[]>>;
}

/** The one column of a query as an array. */
function ids<Row>(query: SelectQueryBuilder<Tables, keyof Tables, Row>) {
  return sql<string[]>`array${query}::text[]`;
}
