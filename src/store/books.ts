import { sql } from 'kysely';
import { parseArmId } from '../core/arm-id.ts';
import type { BackupBook, Books } from '../core/books.ts';
import { openRequests } from './approvals.ts';
import { breakGlassCounts } from './break-glass.ts';
import type { Queries } from './database.ts';
import { subscriptionIn } from './vault-polls.ts';

/** What distinguishes the VMs of jobs: subscription and container, or the bare name if Azure omitted that. */
const itemOf = sql<string>`coalesce(${subscriptionIn(sql.ref('vault_id'))} || ' ' || lower(container), lower(vm_name))`;

/** More failures are not read: the newest say most. */
const maxFailures = 3_000;
const maxRequests = 200;
const half = 'CompletedWithWarnings';

/** What was written down of backups and requests. */
export function booksOf(q: Queries): Omit<Books, 'jobStart'> {
  return {
    backups: (since) => backupsSince(q, since),
    waiting: async () => ({
      approvals: (await openRequests(q, maxRequests)).length,
      reviews: (await breakGlassCounts(q)).toReview,
    }),
  };
}

async function backupsSince(q: Queries, since: Date): Promise<BackupBook> {
  const [oldest, quarters, failures, silent] = [
    await oldestBackup(q),
    await goodQuarters(q, since),
    await failedSince(q, since),
    await silentVaults(q),
  ];
  const newest = failures.slice(0, maxFailures);
  return { good: quarters, failures: newest, isCut: failures.length > maxFailures, since: oldest, silent };
}

function backups(q: Queries, since: Date) {
  return q.selectFrom('job as listed').where('operation', '=', 'Backup').where('started_at', '>=', since);
}

async function oldestBackup(q: Queries): Promise<string | null> {
  const row = await q
    .selectFrom('job')
    .select(sql<Date | null>`min(started_at)`.as('at'))
    .where('operation', '=', 'Backup')
    .executeTakeFirst();
  return row?.at?.toISOString() ?? null;
}

async function goodQuarters(q: Queries, since: Date): Promise<number[]> {
  const rows = await backups(q, since)
    .select(sql<string>`floor(extract(epoch from started_at) / 900)`.as('quarter'))
    .distinct()
    .where('status', '=', 'Completed')
    .execute();
  return rows.map(({ quarter }) => Number(quarter)).sort((a, b) => a - b);
}

async function failedSince(q: Queries, since: Date): Promise<BackupBook['failures']> {
  const rows = await backups(q, since)
    .select(['vm_name', 'started_at', 'status', itemOf.as('item')])
    .select(
      sql<Date | null>`(select min(later.started_at) from job as later
        where lower(later.container) = lower(listed.container) and later.operation = 'Backup'
          and ${subscriptionIn(sql.ref('later.vault_id'))} = ${subscriptionIn(sql.ref('listed.vault_id'))}
          and later.status = 'Completed' and later.started_at > listed.started_at)`.as('good_at'),
    )
    .where('status', 'in', ['Failed', half])
    .orderBy('started_at', 'desc')
    .limit(maxFailures + 1)
    .execute();
  return rows.flatMap(({ vm_name, started_at, status, item, good_at }) =>
    started_at === null
      ? []
      : [
          {
            ...{ vm: vm_name, item, at: started_at.toISOString(), goodAt: good_at?.toISOString() ?? null },
            ...(status === half && { half: true as const }),
          },
        ],
  );
}

/**
 * A vault is polled every minute; one that was not for an hour cannot be read, or Kluis did not run. One that is gone
 * from the list of the estate has nothing to tell.
 */
async function silentVaults(q: Queries): Promise<BackupBook['silent']> {
  const rows = await q
    .selectFrom('vault_poll')
    .select(['vault_id', 'polled_at'])
    .where(sql<boolean>`coalesce(polled_at < now() - interval '1 hour', true)`)
    .where(sql<boolean>`exists (select from inventory where kind = 'vault' and key = lower(vault_id))`)
    .execute();
  return rows
    .map(({ vault_id, polled_at }) => ({
      vault: parseArmId(vault_id)?.name ?? vault_id,
      since: polled_at?.toISOString() ?? null,
    }))
    .toSorted((a, b) => a.vault.localeCompare(b.vault));
}
