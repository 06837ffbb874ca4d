import type { DatabaseFacts } from '../../store/database-facts.ts';
import { ok, problem, someOf, warning, type Finding } from './finding.ts';

/** The doctor's heading for these findings. */
export const about = 'Database';

const oldestVersion = 130_000;
const skewMaxMs = 30_000;

/**
 * What they are compared with. `connections`: how many one process opens at most for its work; null: the embedded
 * database, which has one process.
 */
type Compared = {
  readonly skewMs: number;
  readonly known: readonly string[];
  readonly connections: number | null;
  /** Whether a pooler is in between: how many connections the server has is then no limit for the processes. */
  readonly isPooled: boolean;
};

/** Two for the queue, and its listener. */
const forTheQueue = 3;

/** What the facts mean. Pure. */
export function findingsOf(
  facts: DatabaseFacts,
  { skewMs, known, connections, isPooled }: Compared,
): readonly Finding[] {
  return [
    versionFinding(facts.version),
    ...(facts.forbidden.includes('kysely_migration') ? [] : migrationFindings(facts, known)),
    ...(facts.forbidden.length > 0
      ? [problem(about, `its user can't read and write ${someOf(facts.forbidden)}`, 'Make it the owner of the tables')]
      : []),
    ...(Math.abs(skewMs) > skewMaxMs
      ? [
          problem(
            about,
            `its clock differs by ${Math.round(skewMs / 1000)} s, so nothing would run`,
            'Synchronise the clocks of this machine and of the server',
          ),
        ]
      : []),
    ...(connections === null || isPooled ? [] : roomFinding(facts, connections + forTheQueue)),
    ...(isPooled ? [ok(about, 'it is behind a pooler, so processes find the work of one another by polling')] : []),
    ...(facts.toReview > 0
      ? [
          warning(
            about,
            `${facts.toReview} starts by break-glass are not reviewed yet`,
            'An approver types: backup approvals',
          ),
        ]
      : []),
    ...(facts.running.length > 0 ? [ok(about, `in use now by ${someOf(facts.running)}`)] : []),
  ];
}

/** While a release is changed, the old and the new processes run side by side; at least two are expected to. */
function roomFinding({ maxConnections, running }: DatabaseFacts, each: number): readonly Finding[] {
  const replicas = Math.max(running.length, 2);
  const needed = 2 * replicas * each;
  if (maxConnections >= needed) return [];
  return [
    warning(
      about,
      `it has ${maxConnections} connections; ${replicas} replicas of ${each} need ${needed} while a release is changed`,
      'Raise max_connections, take a larger server, or lower KLUIS_DATABASE_CONNECTIONS',
    ),
  ];
}

function versionFinding(version: number): Finding {
  const shown = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`;
  if (version >= oldestVersion) return ok(about, `${shown} answers`);
  return problem(about, `${shown} is too old for the queue`, 'Use PostgreSQL 13 or later');
}

function migrationFindings({ applied, mayMigrate }: DatabaseFacts, known: readonly string[]): readonly Finding[] {
  const missing = known.filter((name) => !applied.includes(name));
  const newer = applied.filter((name) => !known.includes(name));
  const breaking = newer.filter((name) => name.endsWith('-breaking'));
  if (breaking.length > 0)
    return [
      problem(
        about,
        `a newer release changed it (${someOf(breaking)})`,
        'Start that release; this one refuses to start',
      ),
    ];
  const fits =
    newer.length > 0
      ? `it has ${someOf(newer)} of a newer release, which this one can live with`
      : 'its tables are those of this release';
  if (missing.length === 0) return [ok(about, fits)];
  if (!mayMigrate)
    return [
      problem(
        about,
        `${someOf(missing)} is to be applied, and its user can't do that`,
        'Give it CREATE on the schema public and on the database for the first start',
      ),
    ];
  return [ok(about, `the next start applies ${someOf(missing)}`)];
}
