import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../core/fault.ts';
import { databaseFacts, knownMigrations, type DatabaseFacts } from '../../store/database-facts.ts';
import { openToRead, type Place } from '../../store/open-to-read.ts';
import { ok, problem, someOf, warning, type Finding } from './finding.ts';

const about = 'Database';
const oldestVersion = 130_000;
const skewMaxMs = 30_000;
const roomy = 1024 ** 3;

/** Checks where the state is kept: that it answers, may be written and fits this release. It changes nothing. */
export async function checkDatabase(place: Place, now: () => Date = () => new Date()): Promise<readonly Finding[]> {
  const folder = place.databaseUrl === null ? await checkFolder(place.dataDir) : [];
  return [...folder, ...(await checkTables(place, now))];
}

async function checkTables(place: Place, now: () => Date): Promise<readonly Finding[]> {
  if (place.databaseUrl === null && !(await isThere(join(place.dataDir, 'database'))))
    return [ok(about, `none in ${place.dataDir} yet: the first start creates it (1.5 GB of memory, a few seconds)`)];
  try {
    const database = await openToRead(place);
    try {
      const asked = now().getTime();
      const facts = await databaseFacts(database.db);
      const between = (asked + now().getTime()) / 2;
      return findingsOf(facts, { skewMs: facts.clock.getTime() - between, known: await knownMigrations() });
    } finally {
      await database.close();
    }
  } catch (error) {
    return [troubleOf(error)];
  }
}

function troubleOf(error: unknown): Finding {
  if (!(error instanceof Fault))
    return problem(about, `it can't be read: ${(error as Error).message}`, 'Check the permissions of its user');
  // The product runs and has the folder: that is what it should do, and nobody else can look meanwhile.
  if (error.code === 'data-dir-held') {
    const holder = error.message.replace(/ End that process first\.$/, '');
    return ok(about, `${holder} Its tables weren't checked; stop it to have them checked`);
  }
  const [found, ...remedy] = error.message.split('. ');
  return problem(about, found ?? '', remedy.join('. '));
}

/** What the facts mean. Pure. */
export function findingsOf(
  facts: DatabaseFacts,
  { skewMs, known }: { readonly skewMs: number; readonly known: readonly string[] },
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
    ...(facts.running.length > 0 ? [ok(about, `in use now by ${someOf(facts.running)}`)] : []),
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

async function checkFolder(folder: string): Promise<readonly Finding[]> {
  const there = await nearest(resolve(folder));
  if (!(await isWritableFolder(there)))
    return [problem(about, `${there} isn't a writable folder`, 'Give this user permission, or set KLUIS_DATA_DIR')];
  const { bavail, bsize } = await statfs(there);
  if (bavail * bsize >= roomy) return [];
  return [
    warning(
      about,
      `${folder} has ${Math.round((bavail * bsize) / 1024 ** 2)} MB left`,
      'Free up space: the database stops when the disk is full',
    ),
  ];
}

async function nearest(folder: string): Promise<string> {
  return (await isThere(folder)) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

async function isWritableFolder(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
