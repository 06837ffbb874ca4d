import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { checkGuests } from '../../src/cli/doctor/checks/check-approvers.ts';
import { checkDatabase } from '../../src/cli/doctor/checks/check-database.ts';
import { checkIdentities } from '../../src/cli/doctor/checks/check-identities.ts';
import { checkManifests } from '../../src/cli/doctor/checks/check-manifests.ts';
import { checkRunning } from '../../src/cli/doctor/checks/check-running.ts';
import { checkNode, checkSettings } from '../../src/cli/doctor/checks/check-settings.ts';
import { checkSimulator } from '../../src/cli/doctor/checks/check-simulator.ts';
import { checkTeams } from '../../src/cli/doctor/checks/check-teams.ts';
import { findingsOf } from '../../src/cli/doctor/database-findings.ts';
import { examine, secretsOf } from '../../src/cli/doctor/examine.ts';
import { problem, type Finding } from '../../src/cli/doctor/finding.ts';
import { printed } from '../../src/cli/doctor/print.ts';
import { rolesFolder } from '../../src/cli/doctor/role-files.ts';
import { defaultConfig, parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { teamsFolder } from '../../src/cli/teams/teams-manifest.ts';
import { silent } from '../../src/core/log.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { serverUrl } from '../support/databases.ts';
import { freePort } from '../support/free-port.ts';
import { migratedDump } from '../support/pglite-dump.ts';
import { runTool } from './run-tool.ts';

const appId = '11111111-2222-4333-8444-555555555555';
const tenant = '7e57ab1e-0000-4000-8000-00000000a001';
let folder: string;
let free: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kluis-doctor-'));
  free = String(await freePort());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const none = { channels: [], alerts: [], rules: [], people: [] };
const parsed = (text: string) => {
  const read = parseKluisYaml(text, 'kluis.yaml', defaultConfig('azure'));
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.config;
};
const bad = (findings: readonly Finding[]) => findings.filter(({ verdict }) => verdict !== 'ok');

describe('npm run doctor', () => {
  const env = () => ({ PORT: free, KLUIS_SIM_PORT: free, KLUIS_DATA_DIR: join(folder, 'none') });

  test('without problems it exits with 0, and leaves no trace', async () => {
    const ended = await runTool('doctor', [], env());
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(/\n0 problems, 0 warnings, \d+ in order\n$/);
    await expect(rm(env().KLUIS_DATA_DIR)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('with problems it exits with 1 and prints each with its remedy, and no secret', async () => {
    const secrets = { MicrosoftAppPassword: 'pw~do-not-show', AZURE_CLIENT_SECRET: 'az~do-not-show' };
    const ended = await runTool('doctor', [], { ...env(), ...secrets, HOST: 'pw~do-not-show' });
    expect(ended.code).toBe(1);
    expect(ended.out).toMatch(/PROBLEM Settings +MicrosoftAppId: it is not set.*\n +→ Set it from the Azure Bot/);
    expect(ended.out + ended.err).not.toContain('do-not-show');
  });
});

test('the output contains no secret, whatever an error said', () => {
  const env = {
    DATABASE_URL: 'postgres://kluis:hunter22@db/kluis',
    SLACK_BOT_TOKEN: 'xoxb-1-abcdef',
    AZURE_CLIENT_SECRET: 'Zz9~secret',
  };
  const said = problem(
    'Teams',
    'refused Zz9~secret, Bearer abc.def.ghi and postgres://kluis:hunter22@db/kluis',
    'use xoxb-1-abcdef',
  );
  const text = printed([said], secretsOf(env));
  expect(text).toContain('1 problem, 0 warnings, 0 in order');
  expect(text).not.toMatch(/Zz9|hunter22|abc\.def|xoxb-1/);
});

test('what somebody typed in Azure moves no cursor of the terminal', () => {
  const text = printed([problem('Azure', 'tag \u001b[2K\r\u202ein order', 'look')], []);
  expect(/\p{Cc}|\p{Cf}/u.test(text.replaceAll('\n', ''))).toBe(false);
  expect(text).toContain('in order\n');
});

describe('settings', () => {
  test('every problem is reported, and the manifests are still checked', async () => {
    const findings = await examine({ PORT: 'high', KLUIS_SIM_SPED: '3' });
    expect(bad(findings).map(({ found }) => found)).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^KLUIS_SIM_SPED: there is no such setting/),
    ]);
    expect(findings.filter(({ about }) => about === 'Manifests')).toHaveLength(2);
  });

  test('a real chat over a simulated Azure is a warning', () => {
    const { findings } = checkSettings({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'p',
      MicrosoftAppTenantId: tenant,
      KLUIS_AZURE: 'simulator',
    });
    expect(bad(findings)).toMatchObject([{ verdict: 'warning', found: expect.stringContaining('simulated Azure') }]);
  });

  test.each([
    ['22.17.1', 'problem'],
    ['20.20.2', 'problem'],
    ['22.18.0', 'ok'],
    ['24.0.0', 'ok'],
  ])('Node %s: %s', (version, verdict) => expect(checkNode(version).verdict).toBe(verdict));

  test('kluis.yaml: what is wrong in it, with its place', async () => {
    const file = join(folder, 'bad.yaml');
    await writeFile(file, 'roles:\n  operater: [everyone]\n');
    const findings = await examine({
      KLUIS_CONFIG: file,
      PORT: free,
      KLUIS_SIM_PORT: free,
      KLUIS_DATA_DIR: join(folder, 'none'),
    });
    expect(bad(findings)).toMatchObject([
      { about: 'kluis.yaml', found: expect.stringMatching(/bad\.yaml:2:\d+ .*operater/) },
    ]);
    expect(bad(findings)[0]?.found).not.toMatch(/\.\s*\.$/);
  });

  test.each([
    ['roles: { viewer: [everyone] }', /nobody is operator/],
    ['roles: { operator: [everyone] }', /everyone is operator/],
    [undefined, /nobody can do anything without it/],
  ])('with Azure, %s', async (yaml, words) => {
    const file = join(folder, 'kluis.yaml');
    await rm(file, { force: true });
    if (yaml !== undefined) await writeFile(file, yaml);
    const { checkConfig } = await import('../../src/cli/doctor/checks/check-config.ts');
    const azure = { mode: 'azure', subscriptionIds: [], tenantId: null, clientId: null } as const;
    const { findings } = await checkConfig({ azure, configPath: file, configPathGiven: false });
    expect(bad(findings).map(({ found }) => found)).toEqual([expect.stringMatching(words)]);
  });
});

describe('the embedded database', () => {
  test('held by the product: by whom and since when, and that is fine', async () => {
    const dataDir = join(folder, 'held');
    const database = await openPglite({ folder: dataDir, dump: await migratedDump() });
    const [finding, ...more] = await checkDatabase({ databaseUrl: null, dataDir, connections: 4 }, none);
    await database.close();
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'ok' });
    expect(finding?.found).toMatch(new RegExp(`in use by process ${process.pid}, since \\d{4}-.*weren't checked`));
    const after = await checkDatabase({ databaseUrl: null, dataDir, connections: 4 }, none);
    expect(after.map(({ found }) => found)).toEqual([
      expect.stringMatching(/^PostgreSQL \d+\.\d+ answers$/),
      'its tables are those of this release',
    ]);
  });

  test('a folder that is no longer a database: a problem with a remedy', async () => {
    const dataDir = join(folder, 'broken');
    await mkdir(join(dataDir, 'database'), { recursive: true });
    await writeFile(join(dataDir, 'database', 'PG_VERSION'), '9\n');
    const findings = await checkDatabase({ databaseUrl: null, dataDir, connections: 4 }, none);
    expect(findings).toMatchObject([{ verdict: 'problem', remedy: expect.stringContaining('backup') }]);
  });

  test('a folder that can’t be created, since a file has its name', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const findings = await checkDatabase({ databaseUrl: null, dataDir: join(file, 'data'), connections: 4 }, none);
    expect(findings[0]).toMatchObject({ verdict: 'problem', found: `${file} isn't a writable folder` });
  });
});

describe('PostgreSQL', () => {
  const name = `doctor_${process.pid}_${Date.now()}`;
  const at = (user?: string) => {
    const url = new URL(serverUrl());
    url.pathname = `/${name}`;
    if (user) [url.username, url.password] = [user, 'pw'];
    return url.href;
  };
  const admin = async (statement: string, url = serverUrl()) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  const found = async (user?: string) =>
    bad(await checkDatabase({ databaseUrl: at(user), dataDir: folder, connections: 4 }, none)).map(
      ({ found: text }) => text,
    );

  beforeAll(async () => {
    await admin(`create database ${name}`);
    await admin(`create role ${name} login password 'pw'`);
  });
  afterAll(async () => {
    await admin(`drop database ${name}`);
    await admin(`drop role ${name}`);
  });

  test('empty: the next start creates the tables, unless its user may not', async () => {
    const findings = await checkDatabase({ databaseUrl: at(), dataDir: folder, connections: 4 }, none);
    expect(bad(findings)).toEqual([]);
    expect(findings.at(-1)?.found).toMatch(/^the next start applies 001-first/);
    expect(await found(name)).toEqual([
      expect.stringMatching(/001-first, .* is to be applied, and its user can't do that/),
    ]);
  });

  test('in use: by which processes; tables that its user can’t write', async () => {
    const database = await openPostgres({ connectionString: at(), log: silent });
    await database.db.insertInto('pulse').values({ process: 'replica-1' }).execute();
    await database.close();
    const findings = await checkDatabase({ databaseUrl: at(), dataDir: folder, connections: 4 }, none);
    expect(findings.map(({ found: text }) => text)).toContain('in use now by replica-1');
    expect(await found(name)).toEqual([
      expect.stringMatching(/can't read and write alert, alert_watch, approval_request/),
    ]);
  });

  test('a channel for approvers, alerts or a digest in which nobody ever wrote to the bot: nothing can be posted there', async () => {
    const [known, unknown] = ['19:seen@thread.tacv2', 'C0NEVER123'];
    await admin(
      `insert into conversation (id, platform, kind, channel, locale, time_zone, address)
       values ('teams:x;messageid=1', 'teams', 'channel', '${known}', 'en', 'UTC', '{}')`,
      at(),
    );
    const channel = (id: string, approvers: boolean) => ({
      id,
      approvers,
      locale: null,
      timeZone: null,
      operations: null,
      digest: { days: ['monday'], time: '08:30' } as const,
    });
    const channels = [channel(known, true), channel(unknown, true), { ...channel('C0OTHER123', false), digest: null }];
    const alerts = [known, unknown].map((each) => ({ channel: each }));
    const place = { databaseUrl: at(), dataDir: folder, connections: 4 };
    expect(bad(await checkDatabase(place, { ...none, channels, alerts }))).toMatchObject([
      { about: 'Approvers', verdict: 'warning', found: expect.stringContaining(`never spoken to in ${unknown}`) },
      { about: 'Alerts', verdict: 'warning', found: expect.stringContaining(`never spoken to in ${unknown}`) },
      { about: 'Digests', verdict: 'warning', found: expect.stringContaining(`never spoken to in ${unknown}`) },
    ]);
  });

  test('approvers named by a rule who never wrote to the bot and aren’t in Slack can’t be asked in person', async () => {
    const id = (end: string) => `00000000-0000-0000-0000-0000000000${end}`;
    const [wrote, inSlack, linked, nowhere, stands] = ['a1', 'b1', 'c1', 'd1', 'e1'].map(id);
    await admin(
      `insert into conversation (id, platform, kind, person, locale, time_zone, address)
       values ('teams:a:1', 'teams', 'personal', '${wrote}', 'en', 'UTC', '{}')`,
      at(),
    );
    await admin(`insert into person_link (team, platform_id, entra) values ('T1', 'U1', '${linked}')`, at());
    const approvers = [wrote, inSlack, linked, nowhere].map((one) => `user:${one}`);
    const named = [{ approvers: [...approvers, 'group:x'], fallback: [`user:${stands}`] }];
    const approval = { approvals: 1, withinMs: 1, startMs: 1, named };
    const people = [
      { entra: inSlack!, slack: 'U2', name: 'Ben' },
      { entra: nowhere!, slack: null, name: 'Dora' },
    ];
    const rules = [{ operation: null, match: {}, verdict: { deny: false as const, approval } }];
    expect(
      bad(await checkDatabase({ databaseUrl: at(), dataDir: folder, connections: 4 }, { ...none, rules, people })),
    ).toMatchObject([
      { about: 'Approvers', verdict: 'warning', found: expect.stringContaining(`rules name Dora, ${stands}, who`) },
    ]);
  });

  test('approvers who are guests of the tenant are named, those without an account, and those of whom it is unknown', async () => {
    const users = ['a1', 'b1', 'c1', 'd1'].map((end) => `00000000-0000-0000-0000-0000000000${end}`);
    const config = parsed(`roles: { approver: [${users.map((one) => `'user:${one}'`).join(', ')}] }`);
    const memberOf = (person: string) =>
      Promise.resolve(
        person === users[2]
          ? { fault: 'unavailable' as const }
          : {
              groups: [],
              guest: person === users[1],
              account: person === users[3] ? ('disabled' as const) : ('enabled' as const),
            },
      );
    expect(await checkGuests({ memberOf }, config)).toMatchObject([
      { verdict: 'warning', found: expect.stringContaining(`${users[1]}: guests of the tenant`) },
      { verdict: 'warning', found: expect.stringContaining(`${users[3]}: no enabled account`) },
      { verdict: 'unknown', found: expect.stringContaining(`the account of ${users[2]} `) },
    ]);
  });

  test('changed by a newer release: this one can work with it, or it says so', async () => {
    const insert = (migration: string) =>
      admin(`insert into kysely_migration (name, timestamp) values ('${migration}', '2027')`, at());
    await insert('900-more');
    expect(await found()).toEqual([]);
    await insert('901-other-breaking');
    expect(await found()).toEqual([expect.stringMatching(/newer release changed it \(901-other-breaking\)/)]);
  });

  test('unreachable: what to check, without the password', async () => {
    const findings = await checkDatabase(
      {
        databaseUrl: 'postgres://kluis:hunter22@127.0.0.1:9/kluis',
        dataDir: folder,
        connections: 4,
      },
      none,
    );
    expect(findings).toMatchObject([{ verdict: 'problem', remedy: expect.stringContaining('DATABASE_URL') }]);
    expect(JSON.stringify(findings)).not.toContain('hunter22');
  });

  test('a clock that differs, a version that is too old', () => {
    const facts = {
      version: 120_004,
      clock: new Date(),
      maxConnections: 200,
      applied: [],
      mayMigrate: true,
      forbidden: [],
      running: [],
      toReview: 0,
    };
    const told = bad(findingsOf(facts, { skewMs: -61_000, known: [], connections: 16, isPooled: false })).map(
      ({ found: text }) => text,
    );
    expect(told).toEqual(['PostgreSQL 12.4 is too old for the queue', expect.stringContaining('differs by -61 s')]);
    const running = ['a', 'b', 'c'];
    const small = { ...facts, version: 170_005, maxConnections: 100, running };
    const compared = { skewMs: 0, known: [], connections: 16, isPooled: false };
    expect(bad(findingsOf(small, compared)).map(({ found: text }) => text)).toEqual([
      'it has 100 connections; 3 replicas of 19 need 114 while a release is changed',
    ]);
    expect(bad(findingsOf({ ...small, maxConnections: 114 }, compared))).toEqual([]);
    expect(bad(findingsOf(small, { ...compared, connections: null }))).toEqual([]);
  });
});

describe('Teams', () => {
  const teams = {
    appId,
    appPassword: 'pw~do-not-show',
    appType: 'SingleTenant',
    appTenantId: tenant,
    tokenFilePath: null,
    tenantIds: [tenant],
  } as const;

  test('a new token is fetched and not shown', async () => {
    const asked: unknown[] = [];
    const fetch = async (...given: unknown[]) => (asked.push(given), 'ey-the-token');
    const findings = await checkTeams(teams, fetch);
    expect(asked).toEqual([[teams, true]]);
    expect(findings).toMatchObject([{ verdict: 'ok' }]);
    expect(JSON.stringify(findings)).not.toMatch(/ey-the-token|do-not-show/);
  });

  test.each([
    [
      {
        errorCode: 'invalid_client',
        message: '7000215 - [2026]: AADSTS7000215: Invalid client secret provided. Trace ID: 12',
      },
      /secret is wrong/,
    ],
    [{ message: 'AADSTS7000222: The provided client secret keys are expired.' }, /has expired/],
    [{ message: 'AADSTS700016: Application was not found in the directory' }, /no such application/],
    [{ message: 'AADSTS9999999: something new' }, /AADSTS9999999/],
    [{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND login.microsoftonline.com' }, /ENOTFOUND/],
  ])('refused with %j', async (facts, words) => {
    const [finding] = await checkTeams(teams, () => Promise.reject(Object.assign(new Error(facts.message), facts)));
    expect(finding).toMatchObject({ verdict: 'problem', found: expect.stringMatching(words) });
    expect(finding?.found).not.toContain('Trace ID');
  });
});

describe('identities', () => {
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
  const who = (claims: object) => ({ getToken: async () => ({ token: jwt(claims), expiresOnTimestamp: 1 }) });
  const told = async (operate: object, grant: object, restore?: object) => {
    const line = { operate: who(operate), grant: who(grant), restore: restore ? who(restore) : null };
    return bad((await checkIdentities(line, tenant)).findings).map(({ found }) => found);
  };

  test('one for each kind of work, of the tenant of the settings', async () => {
    const [first, second] = [
      { oid: 'o1', tid: tenant },
      { oid: 'o2', tid: tenant.toUpperCase() },
    ];
    expect(await told(first, second)).toEqual([]);
    expect(await told(first, second, { oid: 'o3', tid: tenant })).toEqual([]);
    expect(await told(first, second, { oid: 'o4', tid: 'other' })).toEqual([
      expect.stringMatching(/^the restore identity belongs to tenant other/),
    ]);
  });

  test.each([
    ['the operating and the restore identity', 'o1'],
    ['the grant and the restore identity', 'o2'],
  ])('%s are one', async (both, oid) => {
    expect(await told({ oid: 'o1' }, { oid: 'o2' }, { oid })).toEqual([
      expect.stringContaining(`${both} are the same`),
    ]);
  });

  test('one for both, which only its token shows', async () => {
    expect(await told({ oid: 'o1', tid: tenant }, { oid: 'o1', tid: tenant })).toEqual([
      expect.stringContaining('permanently holds a key'),
    ]);
  });

  test('of another tenant', async () => {
    expect(await told({ oid: 'o1', tid: 'other' }, { oid: 'o2' })).toEqual([
      expect.stringContaining('belongs to tenant other'),
    ]);
  });

  test('none on this machine', async () => {
    const error = Object.assign(new Error('ChainedTokenCredential authentication failed'), {
      name: 'AggregateAuthenticationError',
    });
    const { identities, findings } = await checkIdentities(
      { operate: { getToken: () => Promise.reject(error) }, grant: null, restore: null },
      null,
    );
    expect(identities).toEqual({ operate: null, grant: null, restore: null });
    expect(findings).toMatchObject([
      {
        verdict: 'problem',
        found: expect.stringContaining('no identity here'),
        remedy: expect.stringContaining('AZURE_CLIENT_ID'),
      },
    ]);
  });
});

describe('what else is running here', () => {
  async function listening(
    status: number,
    body: string,
  ): Promise<{ port: number; [Symbol.asyncDispose](): Promise<void> }> {
    const server = createServer((_, response) => void response.writeHead(status).end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done())));
    return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
  }

  const said = (state: object) => JSON.stringify(state);

  test.each([
    { status: 200, body: said({ status: 'ready', clock: true }), verdict: 'ok', words: /is ready/ },
    { status: 503, body: said({ status: 'not-ready', clock: false }), verdict: 'problem', words: /not ready: clock$/ },
    { status: 200, body: '<html>', verdict: 'problem', words: /something else/ },
  ])('the product: $status $body', async ({ status, body, verdict, words }) => {
    await using server = await listening(status, body);
    await using main = await listening(404, said({ error: {} }));
    for (const ports of [
      { port: server.port, monitoringPort: null },
      { port: main.port, monitoringPort: server.port },
    ]) {
      const findings = await checkRunning({ host: '0.0.0.0', ...ports });
      expect(findings).toMatchObject([{ verdict, found: expect.stringMatching(words) }]);
    }
  });

  test('another program on the port of the simulator', async () => {
    await using server = await listening(200, '{}');
    expect(await checkSimulator(server.port)).toMatchObject({ url: null, findings: [{ verdict: 'problem' }] });
  });
});

describe('manifests', () => {
  test('an extra command, a missing one, a missing icon, an invalid role file', async () => {
    const [teams, roles] = [join(folder, 'teams'), join(folder, 'azure')];
    await cp(teamsFolder, teams, { recursive: true });
    await cp(rolesFolder, roles, { recursive: true });
    expect(bad(await checkManifests({ teams, roles }))).toEqual([]);
    const manifest = await readFile(join(teams, 'manifest.json'), 'utf8');
    await writeFile(join(teams, 'manifest.json'), manifest.replace('"backup now"', '"backup tomorrow"'));
    await rm(join(teams, 'outline.png'));
    await writeFile(join(roles, 'reader-role.json'), '{}');
    expect(bad(await checkManifests({ teams, roles })).map(({ found }) => found)).toEqual([
      'the Teams app lacks outline.png',
      expect.stringMatching(/backup tomorrow is not carried out, backup now is missing/),
      expect.stringMatching(/^the role files can't be read/),
    ]);
  });
});
