import type { Selectable } from 'kysely';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKluis, type Kluis } from '../../src/compose.ts';
import type { ChannelSetting, KluisConfig } from '../../src/config/kluis-config.ts';
import { defaultConfig, parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { readSettings, type Settings } from '../../src/config/settings.ts';
import { systemClock, type Clock } from '../../src/core/clock.ts';
import { defaultLeases, type Leases } from '../../src/bot/leases.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import type { RoleGrant } from '../../src/people/roles.ts';
import type { Rule } from '../../src/people/rules.ts';
import { realWaits, type Waits } from '../../src/operations/list.ts';
import { scaledWaits } from '../../src/operations/ground/waits.ts';
import type { SlackTimeouts } from '../../src/slack/timeouts.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import type { Database } from '../../src/store/database.ts';
import type { Tables } from '../../src/store/schema.ts';
import { BotAzure } from './bot-azure.ts';
import { BotChat, type PersonKey } from './bot-chat.ts';
import { keepingLog, type LogLine } from './keeping-log.ts';
import { openLeftDatabase, openTestDatabase, type DatabaseKind, type TestDatabase } from './databases.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { LabClient } from './lab-client.ts';
import type { LeftBehind } from './previous-release.ts';
import { rareVaultLooks } from './rare-vault-looks.ts';

/** Options of a bot under test. */
export type BotOptions = {
  readonly database: DatabaseKind;
  /** The text of a `kluis.yaml`, applied over the embedded defaults. */
  readonly config?: string;
  /** The simulator's speed, as a multiple of Azure's. */
  readonly speed?: number;
  /** Waits that differ from those of the speed. */
  readonly waits?: Partial<Waits>;
  /** Leases that differ from the product's: a short `sweep` where a test waits for one. */
  readonly leases?: Partial<Leases>;
  /** Settings besides the embedded defaults, such as a platform's. */
  readonly env?: Readonly<Record<string, string>>;
  /** The time between two edits of a card, where the product's own is needed. */
  readonly editGapMs?: number;
  /** Timeouts of Slack as the product has them, where a test is about those. */
  readonly timeouts?: Partial<SlackTimeouts>;
  /** Faults of Azure from the start. */
  readonly faults?: readonly object[];
  /** What an earlier release left: this one continues from there, on PostgreSQL. */
  readonly left?: LeftBehind;
};

const defaultSpeed = 20_000;
const minute = 60_000;
/** A busy machine may be slow: nobody is unknown, and no answer is late, because of that alone. */
const patient: SlackTimeouts = { profile: minute, guest: minute, chat: minute, email: minute, answer: minute };

/**
 * The whole product as `npm start` runs it, on free ports: a simulated Azure over HTTP, the bot with its endpoints and
 * workers, and the lab. It stops when it goes out of scope.
 */
export async function startBot(options: BotOptions): Promise<TestBot> {
  const speed = options.speed ?? defaultSpeed;
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] ?? tmpdir(), 'bot-'));
  const { left } = options;
  // Its address is in every stored conversation, so it stays the same over a restart, and nobody takes it meanwhile.
  const port = await freePort();
  const testDatabase = await (left
    ? openLeftDatabase((schema) => left.database(schema, port))
    : openTestDatabase(options.database));
  const simulator = await startSimulator({ port: 0, speed });
  if (left) await writeFile(join(folder, 'lab.json'), left.chat(port));
  const own = { PORT: String(port), KLUIS_DATA_DIR: folder, KLUIS_SIM_SPEED: String(speed) };
  const settings = settingsFor({ ...own, ...options.env });
  const bot = new TestBot({ testDatabase, simulator, settings, config: configFrom(options.config), folder });
  bot.leases = { ...defaultLeases, ...options.leases };
  bot.waits = { ...atTestPace(scaledWaits(realWaits, speed)), ...options.waits };
  if (options.editGapMs !== undefined) bot.editGapMs = options.editGapMs;
  bot.timeouts = { ...patient, ...options.timeouts };
  await left?.azure(bot.azure);
  if (options.faults) await bot.azure.fault(...options.faults);
  await bot.start();
  return bot;
}

/** What the speed doesn't divide: how long the product's own stages may take, since they take as long as ever. */
function atTestPace(scaled: Waits): Waits {
  const windows = { traceProtect: 3_000, traceBackup: 3_000 };
  return {
    ...scaled,
    ...windows,
    ...rareVaultLooks(scaled),
    grantFresh: 60_000,
    grantShows: 10_000,
    registerShows: 10_000,
    recoverShows: 10_000,
    keyShows: 10_000,
    pointShows: 10_000,
    policyShows: 10_000,
    point: 10_000,
    refusedReads: 10_000,
  };
}

function settingsFor(env: Readonly<Record<string, string>>): Settings {
  const read = readSettings(env);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

function configFrom(text: string | undefined): KluisConfig {
  const base = defaultConfig('simulator');
  if (text === undefined) return base;
  const read = parseKluisYaml(text, 'kluis.yaml', base);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

type Whole = {
  readonly testDatabase: TestDatabase;
  readonly simulator: Simulator;
  readonly settings: Settings;
  readonly config: KluisConfig;
  readonly folder: string;
};

/** A running bot with everything that a test does to it and observes of it. */
export class TestBot implements AsyncDisposable {
  readonly azure: BotAzure;
  readonly log: LogLine[] = [];
  waits!: Waits;
  leases!: Leases;
  editGapMs = 20;
  timeouts!: SlackTimeouts;
  /** Called at each failpoint of the product; a test sets its own here. */
  failpoint: (failpoint: Failpoint) => Promise<void> | void = () => {};
  /** How far the product's clock is ahead of the real one, in milliseconds. */
  ahead = 0;
  /** Whether it is read-only, from its next start on. */
  readOnly = false;
  readonly #whole: Whole;
  #kluis: Kluis | null = null;
  #lab: LabClient | null = null;

  constructor(whole: Whole) {
    this.#whole = whole;
    this.azure = new BotAzure(whole.simulator);
  }

  get url(): string {
    return this.#running().url;
  }

  /** The rules in force, to be changed in place: they are evaluated at each click. */
  get rules(): Rule[] {
    return this.#whole.config.rules as Rule[];
  }

  /** Who has which role, to be changed in place. */
  get roles(): RoleGrant[] {
    return this.#whole.config.roles as RoleGrant[];
  }

  /** The channels' settings, to be changed in place. */
  get channels(): ChannelSetting[] {
    return this.#whole.config.channels as ChannelSetting[];
  }

  get deps(): Kluis['deps'] {
    return this.#running().deps;
  }

  get lab(): LabClient {
    if (!this.#lab) throw new Error('the bot does not run');
    return this.#lab;
  }

  /** Somebody in their personal chat with the bot. */
  as(person: PersonKey): BotChat {
    return new BotChat(this.lab, person, `a:lab-${person}`);
  }

  /** Somebody in a conversation with this ID. */
  in(person: PersonKey, place: string): BotChat {
    return new BotChat(this.lab, person, place);
  }

  /** Posts an activity to the bot's endpoint as the platform does; resolves with the HTTP status. */
  async delivers(activity: unknown): Promise<number> {
    const response = await fetch(`${this.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });
    return response.status;
  }

  /** Somebody says this to the bot in the channel: returns the thread that it begins. */
  async thread(person: PersonKey, text: string): Promise<BotChat> {
    const said = await this.lab.post<{ conversation: string }>('say', { as: person, conversation: 'general', text });
    return new BotChat(this.lab, person, said.conversation);
  }

  /** Asks something in a thread of its own and waits until the bot has checked. */
  async asks(person: PersonKey, text: string): Promise<BotChat> {
    const chat = await this.thread(person, text);
    await chat.untilLooked();
    return chat;
  }

  /** All rows of a table, oldest first if they have a creation time: PostgreSQL itself has no order. */
  async rows<T extends keyof Tables>(table: T): Promise<Row<T>[]> {
    const { db } = this.#whole.testDatabase.database;
    const all = await db
      .selectFrom(table as 'operation')
      .selectAll()
      .execute();
    const place = (row: { seq?: unknown; created_at?: unknown }) => Number(row.seq ?? row.created_at ?? 0);
    return all.toSorted((one, other) => place(one) - place(other)) as unknown as Row<T>[];
  }

  /** Waits until operations may start: each beat looks whether the clock, which a test may have moved, is right. */
  untilTrusted(): Promise<boolean> {
    return eventually('the clock to be trusted', () => this.deps.unsafeBecause() === null);
  }

  /** The operations that were started in a chat, oldest first. */
  async operationsIn(chat: BotChat): Promise<Row<'operation'>[]> {
    const all = await this.rows('operation');
    return all
      .filter((row) => row.conversation_id === chat.id)
      .toSorted((one, other) => one.created_at.getTime() - other.created_at.getTime());
  }

  get database() {
    return this.#whole.testDatabase.database;
  }

  /** The same tables as a second replica reaches them; close it before the bot stops. */
  second() {
    return this.#whole.testDatabase.second();
  }

  async start(): Promise<void> {
    this.#kluis = await startKluis(this.#parts(this.database, this.#whole.settings.port));
    if (this.#lab) this.#lab.listen(this.#kluis.url);
    else this.#lab = new LabClient(this.#kluis.url);
  }

  async stop(): Promise<void> {
    this.#lab?.close();
    await this.#kluis?.stop();
    this.#kluis = null;
  }

  /** A second replica with the same database, Azure and configured chat, at an address of its own. */
  async replica(): Promise<{ readonly url: string; stop(): Promise<void> }> {
    const database = await this.second();
    const kluis = await startKluis(this.#parts(database, 0));
    const stop = async () => {
      await kluis.stop();
      await database.close();
    };
    return { url: kluis.url, stop };
  }

  /** Stops the bot as SIGTERM does and starts it again with the same database, Azure and chat. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.#whole.simulator.close();
    await this.#whole.testDatabase.end();
    await rm(this.#whole.folder, { recursive: true, force: true });
  }

  #parts(database: Database, port: number): Parameters<typeof startKluis>[0] {
    const { simulator, settings, config } = this.#whole;
    const clock: Clock = { now: () => new Date(systemClock.now().getTime() + this.ahead) };
    return {
      settings: { ...settings, port, readOnly: this.readOnly },
      config,
      log: keepingLog(this.log),
      simulatorUrl: simulator.url,
      database,
      clock,
      waits: this.waits,
      leases: this.leases,
      editGapMs: this.editGapMs,
      timeouts: this.timeouts,
      failpoint: async (failpoint) => this.failpoint(failpoint),
    };
  }

  #running(): Kluis {
    if (!this.#kluis) throw new Error('the bot does not run');
    return this.#kluis;
  }
}

/** A row of a table as it is read. */
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
