import type { ClientConfig, Pool, PoolConfig } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/** Where PostgreSQL is. `token`: asked for by each new connection, and given instead of a password. */
export type ServerAddress = {
  readonly connectionString: string;
  readonly token?: (() => Promise<string>) | null | undefined;
};

/** The same for the driver, which prefers what an address says of a password, even where it says nothing. */
export function connectionTo({ connectionString, token }: ServerAddress): ClientConfig {
  return token ? { ...parseIntoClientConfig(connectionString), password: token } : { connectionString };
}

/** What a session is opened with, by PostgreSQL's names, each value as PostgreSQL shows it. */
export type SessionSettings = Readonly<Record<string, string>>;

/**
 * Connections to PostgreSQL. `isPooled`: a pooler in between gives each transaction any of its own sessions, so nothing
 * that belongs to a session can be relied on: settings, prepared statements, LISTEN.
 */
export type Connections = { readonly pool: Pool; readonly isPooled: boolean };

/** Opens connections and finds out whether a pooler is in between; throws the fault of the server. */
export async function openConnections(
  settings: SessionSettings,
  makePool: (config: Pick<PoolConfig, 'options'>) => Pool,
): Promise<Connections> {
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const own = makePool({ options: options.join(' ') });
  if (await keeps(own, settings)) return { pool: own, isPooled: false };
  const pool = makePool({});
  await orEnd(pool, () => pool.query('select 1'));
  return { pool, isPooled: true };
}

/** PgBouncer refuses settings that it can't keep, or, where it was told to ignore them, they aren't there. */
async function keeps(pool: Pool, settings: SessionSettings): Promise<boolean> {
  const text = 'select name, current_setting(name) as value from unnest($1::text[]) as name';
  const ask = () => pool.query<{ name: string; value: string }>(text, [Object.keys(settings)]);
  try {
    const { rows } = await orEnd(pool, ask);
    const kept = new Map(rows.map(({ name, value }) => [name, value]));
    if (Object.entries(settings).every(([name, value]) => kept.get(name) === value)) return true;
    await pool.end();
  } catch (error) {
    if ((error as { code?: unknown }).code !== protocolViolation) throw error;
  }
  return false;
}

const protocolViolation = '08P01';

async function orEnd<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await pool.end();
    throw error;
  }
}
