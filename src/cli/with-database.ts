import { sayProblem } from '../config/problem.ts';
import { databaseLocation } from '../compose/azure-access.ts';
import { readLocation } from '../config/settings/database-settings.ts';
import { readingOf, type Env } from '../config/settings/environment.ts';
import { Fault } from '../core/fault.ts';
import { openToRead, type OpenToRead } from '../store/open-to-read.ts';

/** The exit code of a tool that couldn't read. */
export const couldNotLook = 2;

/** Lets a tool read the product's database and resolves with its exit code; stderr says why it couldn't. */
export async function withDatabase(env: Env, tool: (database: OpenToRead) => Promise<number>): Promise<number> {
  const reading = readingOf(env);
  const location = databaseLocation(readLocation(reading), reading.text('AZURE_CLIENT_ID'));
  if (reading.problems.length > 0) {
    for (const problem of reading.problems) console.error(sayProblem(problem));
    return couldNotLook;
  }
  try {
    const database = await openToRead(location);
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

const noSuchTable = '42P01';

function sayTrouble(error: unknown): string {
  if (error instanceof Fault) return error.message;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === noSuchTable) return 'The database has no tables of Kluis yet. The first start creates them.';
  return `The database couldn't be read: ${String(message)}`;
}
