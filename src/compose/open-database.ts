import type { Settings } from '../config/settings.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../store/database.ts';
import type { FolderLock } from '../store/folder-lock.ts';
import { openPostgres } from '../store/postgres.ts';
import { databaseLocation } from './azure-access.ts';

type Opening = { readonly settings: Settings; readonly log: Log; readonly lock?: FolderLock | null };

/** Opens the database of the settings and migrates it. A process on a server doesn't load the embedded one. */
export async function openDatabase({ settings, log, lock = null }: Opening): Promise<Database> {
  const { databaseUrl, dataDir, token } = databaseLocation(settings, settings.azure.clientId);
  const connections = settings.databaseConnections;
  if (databaseUrl !== null) return openPostgres({ connectionString: databaseUrl, token, connections, log });
  return (await import('../store/pglite.ts')).openPglite({ folder: dataDir, lock });
}
