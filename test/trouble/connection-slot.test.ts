import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { keepingLog, type LogLine } from '../support/keeping-log.ts';
import { eventually } from '../support/eventually.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { removeSchema, serverUrl } from '../support/databases.ts';

/** A user who can have two connections at once, and the schema where it works. */
let role: string;
let taken: pg.Client[];

const asOwner = async (...statements: string[]) => {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};
const urlOf = () => {
  const url = new URL(serverUrl());
  [url.username, url.password] = [role, 'only~in~tests'];
  return url.href;
};

beforeEach(async () => {
  role = `test_${randomUUID().slice(0, 8)}`;
  await asOwner(
    `create role "${role}" login password 'only~in~tests' connection limit 2`,
    `create schema "${role}" authorization "${role}"`,
    `grant create on database ${new URL(serverUrl()).pathname.slice(1)} to "${role}"`,
  );
  taken = [0, 1].map(() => new pg.Client({ connectionString: urlOf() }));
  await Promise.all(taken.map((client) => client.connect()));
});
afterEach(async () => {
  await Promise.all(taken.map((client) => client.end()));
  await removeSchema(role);
  await asOwner(`drop owned by "${role}"`, `drop role "${role}"`);
});

test('a start waits for a connection while the server has none left, and says so in the log', async () => {
  const lines: LogLine[] = [];
  const options = { connectionString: urlOf(), schema: role, connections: 2, log: keepingLog(lines) };
  const starting = openPostgres({ ...options, patienceMs: 60_000 });
  await eventually('that it waits', () => lines.some(({ text }) => text.includes('waiting for one')));
  await Promise.all(taken.map((client) => client.end()));
  const database = await starting;
  expect(await database.db.selectFrom('scheduled_look').select('kind').execute()).not.toEqual([]);
  await database.close();
});

test('when none comes free it says what is full, and what to change', async () => {
  const options = { connectionString: urlOf(), schema: role, connections: 2, log: keepingLog([]) };
  await expect(openPostgres({ ...options, patienceMs: 300 })).rejects.toMatchObject({
    code: 'database-unreachable',
    message: expect.stringMatching(/no free connection: too many connections for role.*KLUIS_DATABASE_CONNECTIONS/),
  });
});
