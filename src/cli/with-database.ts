import { sayProblem } from '../config/problem.ts';
import { readLocation } from '../config/settings/database-settings.ts';
import { readingOf, type Env } from '../config/settings/environment.ts';
import { Fault } from '../core/fault.ts';
import { openToRead, type OpenToRead } from '../store/open-to-read.ts';

/** The exit code of a tool that couldn't read. */
export const couldNotLook = 2;

/** Lets a tool read the product's database and resolves with its exit code; stderr says why it couldn't. */
export async function withDatabase(env: Env, tool: (database: OpenToRead) => Promise<number>): Promise<number> {
  const reading = readingOf(env);
  const { databaseUrl, databaseSignIn, dataDir } = readLocation(reading);
  const clientId = reading.text('AZURE_CLIENT_ID');
  if (reading.problems.length > 0) {
    for (const problem of reading.problems) console.error(sayProblem(problem));
    return couldNotLook;
  }
  try {
    const token = databaseSignIn === 'entra' ? await tokenFor(clientId) : null;
    const database = await openToRead({ databaseUrl, dataDir, token });
    try {
      return await tool(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    console.error(sayTrouble(error));
    return couldNotLook;
  }
}

/** Loaded only where it is needed: that takes longer than everything else of such a tool. */
async function tokenFor(clientId: string | null) {
  return (await import('../azure/arm/transport/credentials.ts')).databaseToken(clientId);
}

const noSuchTable = '42P01';

function sayTrouble(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === noSuchTable) return 'The database has no tables of Kluis yet. The first start creates them.';
  return `The database couldn't be read: ${String(message)}`;
}
