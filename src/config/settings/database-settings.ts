import type { AzureSetting } from './azure-settings.ts';
import { numberSetting, type Reading, switchSetting, wordSetting } from './environment.ts';

/** Where everything is stored, and how Kluis authenticates there. */
export type DatabaseSetting = {
  /** The URL of PostgreSQL; null: the embedded database in the data folder. */
  readonly databaseUrl: string | null;
  /** `password`: with the password in the URL. `entra`: with a token of the operating identity. */
  readonly databaseSignIn: 'password' | 'entra';
  readonly dataDir: string;
  /** How many connections one process opens at most for its work. */
  readonly databaseConnections: number;
};

/** The settings of the database. */
export const databaseNames = [
  'DATABASE_URL',
  'KLUIS_DATABASE_SIGN_IN',
  'KLUIS_DATABASE_CONNECTIONS',
  'KLUIS_EMBEDDED_DATABASE',
  'KLUIS_DATA_DIR',
] as const;

/** Reads them. State about real machines isn't kept in one process's folder unless somebody explicitly says so. */
export function readDatabase(reading: Reading, { mode }: Pick<AzureSetting, 'mode'>): DatabaseSetting {
  const isEmbedded = switchSetting(reading, 'KLUIS_EMBEDDED_DATABASE');
  const isGiven = reading.text('DATABASE_URL') !== null;
  if (mode === 'azure' && !isGiven && !isEmbedded)
    reading.complain(
      'DATABASE_URL',
      'it is not set, and operations on real machines would be kept in the folder of one process',
      'Set the address of a PostgreSQL database, or KLUIS_EMBEDDED_DATABASE=1 if that folder is what you want',
    );
  if (isGiven && isEmbedded)
    reading.complain('KLUIS_EMBEDDED_DATABASE', 'DATABASE_URL is set too', 'Keep one of the two');
  const database = readLocation(reading);
  if (database.databaseSignIn === 'entra' && mode !== 'azure')
    reading.complain(signIn, 'it is entra, but with the simulator no identity of Azure is used', 'Unset it');
  return database;
}

const signIn = 'KLUIS_DATABASE_SIGN_IN';

/** With fewer, workers would wait for one another; with more, two processes on a small server for the server. */
const connectionRange = { from: 4, to: 100, otherwise: 16 };

/** Where the database is, for tools that need no other setting. */
export function readLocation(reading: Reading): DatabaseSetting {
  const databaseUrl = readUrl(reading);
  const databaseSignIn = wordSetting(reading, signIn, ['password', 'entra'] as const) ?? 'password';
  if (databaseSignIn === 'entra') complainOfTokens(reading, databaseUrl);
  const databaseConnections = numberSetting(reading, 'KLUIS_DATABASE_CONNECTIONS', connectionRange);
  return { databaseUrl, databaseSignIn, dataDir: reading.text('KLUIS_DATA_DIR') ?? '.kluis', databaseConnections };
}

function readUrl(reading: Reading): string | null {
  const text = reading.text('DATABASE_URL');
  if (text === null || /^postgres(ql)?:\/\/./i.test(text)) return text;
  reading.complain(
    'DATABASE_URL',
    'it is not the address of a PostgreSQL database',
    'Set postgres://user:password@host:5432/database, or unset it to keep everything in KLUIS_DATA_DIR',
  );
  return null;
}

/** What a server in Azure requires for a token sign-in: a name, and no password. */
function complainOfTokens(reading: Reading, databaseUrl: string | null): void {
  const wrong = (why: string, remedy: string) => reading.complain(signIn, `it is entra, but ${why}`, remedy);
  if (reading.text('DATABASE_URL') === null) wrong('there is no DATABASE_URL', 'Set the address of the database');
  const url = URL.parse(databaseUrl ?? '');
  if (!url) return;
  if (url.password) wrong('DATABASE_URL has a password', 'Take the password out of it');
  if (!url.username)
    wrong('DATABASE_URL names no user', 'Put the name of the identity in front of the host: name@host');
}
