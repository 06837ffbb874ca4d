import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startKluis, type Kluis } from '../../src/compose.ts';
import { defaultConfig } from '../../src/config/kluis-yaml.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import type { Database } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { editGapMs, settingsIn, shortLeases, speed, waits } from '../crash/replica-host.ts';
import { BotAzure } from '../support/bot-azure.ts';
import { ChatPlatform } from '../support/chat-platform.ts';
import { openTestDatabase, type TestDatabase } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { keepingLog, type LogLine } from '../support/keeping-log.ts';
import { Line } from '../support/line.ts';
import { addMachines } from '../support/more-machines.ts';

const button = 'Protect and back up now';
/** After this long without an answer, a database and its connections are given up. */
const silentMs = 3_000;

describe('the database goes away while work runs', () => {
  const log: LogLine[] = [];
  const loose: unknown[] = [];
  const noteLoose = (error: unknown) => void loose.push(error);
  let [testDatabase, line, database, kluis] = [] as unknown as [TestDatabase, Line, Database, Kluis];
  let [platform, simulator, azure] = [] as unknown as [ChatPlatform, Simulator, BotAzure];
  let names: string[];
  let ahead = 0;
  let onFailpoint: (failpoint: Failpoint) => void = () => {};

  beforeAll(async () => {
    process.on('unhandledRejection', noteLoose);
    testDatabase = await openTestDatabase('postgres');
    const url = new URL(testDatabase.connectionString!);
    line = await Line.open(Number(url.port));
    url.port = String(line.port);
    database = await openPostgres({
      connectionString: url.href,
      schema: testDatabase.schema,
      connections: 4,
      silentMs,
      log: keepingLog(log),
    });
    simulator = await startSimulator({ port: 0, speed });
    azure = new BotAzure(simulator);
    platform = await ChatPlatform.start();
    names = await addMachines(azure, 8);
    kluis = await startKluis({
      settings: settingsIn(await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'gone-'))),
      config: defaultConfig('simulator'),
      log: keepingLog(log),
      simulatorUrl: simulator.url,
      database,
      clock: { now: () => new Date(systemClock.now().getTime() + ahead) },
      waits,
      leases: shortLeases,
      editGapMs,
      failpoint: async (failpoint) => onFailpoint(failpoint),
    });
    platform.speaksTo(kluis.url);
    await platform.meets('ana');
  });
  afterAll(async () => {
    await kluis?.stop();
    await database?.close();
    await line?.close();
    await platform?.close();
    await simulator?.close();
    await testDatabase?.end();
    process.off('unhandledRejection', noteLoose);
  });

  const toldOfSilence = () => log.some(({ text }) => text === 'the database took no sign of life');
  const ready = async () => {
    const response = await fetch(`${kluis.url}/readyz`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const begin = async (name: string) => {
    const { chat, status } = await platform.says('ana', `backup ${name}`);
    expect(status).toBe(200);
    await chat.untilTitle(new RegExp(`${name} is ready`));
    await chat.clicks(button);
    return chat;
  };
  const expectDoneOnce = async (name: string) => {
    const writes = await azure.writes(new RegExp(`;${name}(/|\\?)`));
    const accepted = writes.filter(({ status }) => status !== null && status < 300);
    expect(accepted.map(({ method }) => method)).toEqual(['PUT', 'POST']);
  };
  /** Resolves when a failpoint of this name is reached for the n-th time from now. */
  const reaches = (awaited: Failpoint, times: number, then: () => void) => {
    const met = Promise.withResolvers<void>();
    let left = times;
    onFailpoint = (failpoint) => {
      if (failpoint !== awaited || (left -= 1) > 0) return;
      onFailpoint = () => {};
      then();
      met.resolve();
    };
    return met.promise;
  };

  test.each([
    ['write:before-attempt', 1],
    ['write:after-attempt', 1],
    ['write:after-send', 2],
    ['advance:before-save', 4],
  ] as const)(
    'gone for a minute from %s on: nothing ends, it is reported, and the work continues',
    async (failpoint, times) => {
      const name = names.shift()!;
      const gone = reaches(failpoint, times, () => line.cut());
      const chat = await begin(name);
      await gone;
      expect((await fetch(`${kluis.url}/healthz`)).status).toBe(200);
      ahead = 60_000; // the minute has passed
      expect(await ready()).toMatchObject({ status: 503, body: { database: false } });
      expect((await platform.says('ana', 'help')).status).toBe(500); // so the person is told that it didn't arrive
      await eventually('the log says so', () => toldOfSilence());
      ahead = 0;
      line.mend();
      await eventually('it is ready again', async () => (await ready()).status === 200);
      await chat.untilTitle(/is backed up/);
      await chat.until('the mention', async () => (await chat.pings()).length > 0);
      expect(await chat.messages()).toHaveLength(2);
      await expectDoneOnce(name);
    },
  );

  test('connections break over and over, as in a failover: every question is answered or refused, all work is finished', async () => {
    const name = names.shift()!;
    const chat = await begin(name);
    for (let n = 0; n < 10; n += 1) {
      line.break();
      await chat.until('a moment of work', () => new Promise((done) => setTimeout(() => done(true), 150)));
    }
    await chat.untilTitle(/is backed up/);
    await expectDoneOnce(name);
  });

  test('a database stops answering: its connections are given up, and new ones work', async () => {
    const name = names.shift()!;
    const silent = reaches('write:after-attempt', 1, () => line.freeze());
    const chat = await begin(name);
    await silent;
    line.mend(); // the old connections stay dead, as after a failover to another machine
    await chat.untilTitle(/is backed up/);
    await eventually('it is ready', async () => (await ready()).status === 200);
    await expectDoneOnce(name);
  });

  test('no error was left uncaught, and the log says what was wrong', () => {
    expect(loose).toEqual([]);
    expect(toldOfSilence()).toBe(true);
  });
});
