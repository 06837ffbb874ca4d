import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../../../core/fault.ts';
import type { KluisConfig } from '../../../config/kluis-config.ts';
import { channelsNamed } from '../../../store/conversations.ts';
import type { Queries } from '../../../store/database.ts';
import { databaseFacts, knownMigrations } from '../../../store/database-facts.ts';
import { openToRead, type DatabaseLocation } from '../../../store/open-to-read.ts';
import { checkReach } from './check-approvers.ts';
import { about, findingsOf } from '../database-findings.ts';
import { ok, problem, warning, type Finding } from '../finding.ts';

const roomy = 1024 ** 3;

/** Where it is, and how many connections one process opens there at most for its work. */
type Place = DatabaseLocation & { readonly connections: number };

/** Checks the database: that it answers, is writable and fits this release. It changes nothing. */
export async function checkDatabase(
  place: Place,
  config: Pick<KluisConfig, 'channels' | 'alerts' | 'rules' | 'people'>,
  now: () => Date = () => new Date(),
): Promise<readonly Finding[]> {
  const folder = place.databaseUrl === null ? await checkFolder(place.dataDir) : [];
  const { channels, alerts } = config;
  const told: Told = {
    approvers: channels.flatMap(({ id, approvers: isFor }) => (isFor ? [id] : [])),
    alerts: [...new Set(alerts.map(({ channel }) => channel))],
    digests: channels.flatMap(({ id, digest }) => (digest ? [id] : [])),
  };
  const checks = async (q: Queries) => [...(await checkChannels(q, told)), ...(await checkReach(q, config))];
  return [...folder, ...(await checkTables(place, checks, now))];
}

/** The channels that get unprompted posts. */
type Told = Readonly<Record<'approvers' | 'alerts' | 'digests', readonly string[]>>;

/** What is checked in tables that can be read. */
type Checks = (q: Queries) => Promise<readonly Finding[]>;

async function checkTables(place: Place, checks: Checks, now: () => Date): Promise<readonly Finding[]> {
  if (place.databaseUrl === null && !(await isThere(join(place.dataDir, 'database'))))
    return [ok(about, `none in ${place.dataDir} yet: the first start creates it (1 GB of memory, a few seconds)`)];
  try {
    const database = await openToRead(place);
    try {
      const asked = now().getTime();
      const facts = await databaseFacts(database.db);
      const between = (asked + now().getTime()) / 2;
      const found = findingsOf(facts, {
        skewMs: facts.clock.getTime() - between,
        known: await knownMigrations(),
        connections: place.databaseUrl === null ? null : place.connections,
        isPooled: database.isPooled,
      });
      const isReadable = facts.applied.length > 0 && facts.forbidden.length === 0;
      return [...found, ...(isReadable ? await checks(database.db) : [])];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [troubleOf(error)];
  }
}

/** Nothing is posted in a channel in which nobody ever addressed the bot: its address is unknown. */
async function checkChannels(q: Queries, { approvers, alerts, digests }: Told): Promise<readonly Finding[]> {
  const seen = (await channelsNamed(q, [...approvers, ...alerts, ...digests])).map(({ channel }) => channel);
  const unseen = (ids: readonly string[]) => ids.filter((id) => !seen.includes(id));
  const mention = 'Add it to that channel and mention it there once; in kluis.yaml, check';
  const never = (id: string) => `the bot was never spoken to in ${id}, so`;
  return [
    ...unseen(approvers).map((id) =>
      warning('Approvers', `${never(id)} requests for approval aren't shown there`, `${mention} channels[].id`),
    ),
    ...unseen(alerts).map((id) =>
      warning('Alerts', `${never(id)} failed backups aren't posted there`, `${mention} alerts[].channel`),
    ),
    ...unseen(digests).map((id) =>
      warning('Digests', `${never(id)} no digest is posted there`, `${mention} channels[].id`),
    ),
  ];
}

function troubleOf(error: unknown): Finding {
  if (!(error instanceof Fault))
    return problem(about, `it can't be read: ${(error as Error).message}`, 'Check the permissions of its user');
  // The running product has the folder, as it should, and nobody else can look inside until it stops.
  if (error.code === 'data-dir-locked') {
    const holder = error.message.replace(/ End that process first\.$/, '');
    return ok(about, `${holder} Its tables weren't checked; stop it to have them checked`);
  }
  const [found, ...remedy] = error.message.split('. ');
  return problem(about, found ?? '', remedy.join('. '));
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
