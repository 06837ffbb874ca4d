import { expect } from '@jest/globals';
import { sql } from 'kysely';
import { firstBreak } from '../../src/audit/chain.ts';
import type { Failpoint } from '../../src/core/failpoint.ts';
import { startSimulator } from '../../src/sim/server.ts';
import { BotAzure } from '../support/bot-azure.ts';
import type { BotChat, ClickAnswer } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import { ChatPlatform } from '../support/chat-platform.ts';
import { patienceMs } from '../support/eventually.ts';
import { speed, type CrashAt, type ReplicaHost, type Running } from './replica-host.ts';

const text = 'backup vm-web-01';
const button = 'Give access, protect and back up';

/** The failpoints around one write to Azure, in the order in which crashes there are recovered from. */
export const aroundWrite: readonly CrashAt[] = [
  { failpoint: 'write:before-attempt' },
  { failpoint: 'write:after-attempt' },
  // The first time is the attempt that was never sent and is given up.
  { failpoint: 'write:after-send', reach: 2 },
  { failpoint: 'write:after-settle' },
];

/** The crashes of one whole operation, by what a person must do to continue. Each is one start of the bot. */
export type Crashes = Readonly<Record<'typed' | 'repeated' | 'posting' | 'clicked' | 'running', readonly CrashAt[]>>;

/** A crash at each failpoint, and at each failpoint around each write. */
export const everyFailpoint: Crashes = {
  typed: [{ failpoint: 'turn:before-commit' }],
  repeated: [{ failpoint: 'turn:after-commit' }],
  posting: [
    { failpoint: 'deliver:before-post' },
    { failpoint: 'deliver:after-post' },
    { failpoint: 'deliver:after-note' },
  ],
  clicked: [{ failpoint: 'lookup:before-commit' }],
  running: [
    { failpoint: 'start:after-commit' },
    { failpoint: 'advance:before-save' },
    { failpoint: 'advance:after-save' },
    ...aroundWrite, // the access policy
    ...aroundWrite, // the protected item
    ...aroundWrite, // the backup
  ],
};

/** A crash at each failpoint, once. */
export const everyGapOnce: Crashes = { ...everyFailpoint, running: [...new Set(everyFailpoint.running)] };

/** Every failpoint with a planned crash. */
export function plannedFailpoints(crashes: Crashes): Failpoint[] {
  return Object.values(crashes).flatMap((each) => each.map(({ failpoint }) => failpoint));
}

/** A chat, an Azure and a database with one bot after another. */
export class CrashHarness implements AsyncDisposable {
  readonly platform: ChatPlatform;
  readonly azure: BotAzure;
  readonly host: ReplicaHost;
  readonly #endSimulator: () => Promise<void>;

  private constructor(parts: { platform: ChatPlatform; azure: BotAzure; host: ReplicaHost; end: () => Promise<void> }) {
    this.platform = parts.platform;
    this.azure = parts.azure;
    this.host = parts.host;
    this.#endSimulator = parts.end;
  }

  /**
   * `azureSpeed`: the speed of Azure's own jobs, as a multiple of the real one; the bots' waits are always those of
   * `speed`.
   */
  static async open(host: (simulatorUrl: string) => Promise<ReplicaHost>, azureSpeed = speed): Promise<CrashHarness> {
    const simulator = await startSimulator({ port: 0, speed: azureSpeed });
    const platform = await ChatPlatform.start();
    const end = () => simulator.close();
    return new CrashHarness({ platform, azure: new BotAzure(simulator), host: await host(simulator.url), end });
  }

  /** Starts a bot, lets the platform send to it, and does something; resolves with the bot. */
  async start(crash: CrashAt | null): Promise<Running> {
    const running = await this.host.start(crash);
    this.platform.speaksTo(running.url);
    return running;
  }

  /** Starts a bot that is to crash, does `interaction`, and waits for the crash; fails at once if that fails. */
  async crash(crash: CrashAt, interaction: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    const running = await this.start(crash);
    const done = interaction();
    const failed = done.then(() => running.crashed);
    const failpoint = await within(Promise.race([running.crashed, failed]), `the crash at ${crash.failpoint}`);
    expect(failpoint).toBe(crash.failpoint);
    this.platform.speaksTo();
    await done;
  }

  /** Starts a bot that isn't to crash, does `interaction`, and stops it as SIGTERM does. */
  async calm<T>(interaction: () => Promise<T>): Promise<T> {
    const running = await this.start(null);
    try {
      return await interaction();
    } finally {
      this.platform.speaksTo();
      await running.stop();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.end();
    await this.platform.close();
    await this.#endSimulator();
  }
}

/** How an operation ended: its thread, the card that was posted first, and the answer to a click on that. */
export type Ended = { readonly chat: BotChat; readonly first: string; readonly pressed: ClickAnswer | null };

/**
 * Gives access to the keys of vm-web-01, protects it and backs it up, from the typed command to the mention, with a
 * crash at each of the planned failpoints; then clicks on the card that was posted first, if it still has a button.
 */
export async function operateWithCrashes(harness: CrashHarness, crashes: Crashes): Promise<Ended> {
  const { platform } = harness;
  await harness.calm(() => platform.meets('ana'));
  const chat = await typeWithCrashes(harness, crashes);
  for (const crash of crashes.posting) {
    await harness.crash(crash, () => platform.repeats(text));
    await forgetsBegun(harness.host);
  }
  await harness.calm(async () => {
    await chat.untilTitle(/^🔑/u);
    if (crashes.clicked.length === 0) await chat.clicks(button);
  });
  const first = (await chat.cards())[0]!.id;
  for (const crash of crashes.clicked) await harness.crash(crash, () => chat.clicks(button));
  for (const crash of crashes.running) await harness.crash(crash);
  const pressed = await harness.calm(async () => {
    await chat.untilTitle(/vm-web-01 is backed up/);
    await chat.until('the mention', async () => (await chat.pings()).length > 0);
    // Only a card beside which another was posted: the operation's card has buttons that lead on.
    const cards = await chat.cards();
    const left = cards.length > 1 ? cards.find(({ id }) => id === first) : undefined;
    const press = left && viewOf(left.card).buttons[0];
    return press ? chat.sends({ verb: press.verb, data: press.data, on: left }) : null;
  });
  return { chat, first, pressed };
}

/**
 * On a busy machine each of these processes ends while the check of the VM still runs, and a check that four processes
 * didn't survive is given up, as it should be: `test/bot/given-up.test.ts`.
 */
async function forgetsBegun(host: ReplicaHost): Promise<void> {
  await host.read((db) =>
    db
      .updateTable('dialog')
      .set({ look: sql<string>`look - 'begun'` })
      .execute(),
  );
}

/** The message is typed once; after that the platform resends it. */
async function typeWithCrashes(harness: CrashHarness, { typed, repeated }: Crashes): Promise<BotChat> {
  const { platform, host } = harness;
  const dialogs = () => host.read((db) => db.selectFrom('dialog').selectAll().execute());
  if (typed.length === 0) return harness.calm(async () => (await platform.says('ana', text)).chat);
  let chat: BotChat | undefined;
  for (const crash of typed) {
    await harness.crash(crash, async () => ({ chat } = await platform.says('ana', text)));
    expect(await dialogs()).toEqual([]); // it wasn't acknowledged either
  }
  for (const crash of repeated) await harness.crash(crash, () => platform.repeats(text));
  expect(await dialogs()).toHaveLength(1);
  return chat!;
}

/** One access policy, one protected item, one backup, one recovery point: what Azure accepted, whatever was sent. */
export async function expectEachWriteOnce(azure: BotAzure, vm: string): Promise<void> {
  const accepted = (await azure.writes()).filter(({ status }) => status !== null && status < 300);
  const told = accepted.map(
    ({ method, path }) => `${method} ${path.replace(/\?.*/, '').split('/').slice(-2).join('/')}`,
  );
  expect(told).toEqual([
    expect.stringMatching(/^PUT accessPolicies\/add$/i),
    expect.stringMatching(new RegExp(`^PUT protectedItems/.*;${vm}$`, 'i')),
    expect.stringMatching(new RegExp(`^POST .*;${vm}/backup$`, 'i')),
  ]);
  const { items } = await azure.state('items');
  expect(items.find(({ vmId }) => vmId.endsWith(`/${vm}`))?.points).toHaveLength(1);
}

/** One operation, succeeded; nothing in doubt; an audit log with a valid chain and each write. */
export async function expectBooksInOrder(host: ReplicaHost): Promise<void> {
  const operations = await host.read((db) => db.selectFrom('operation').selectAll().execute());
  expect(operations.map(({ status }) => status)).toEqual(['succeeded']);
  const attempts = await host.read((db) => db.selectFrom('attempt').selectAll().orderBy('made_at').execute());
  expect(attempts.filter(({ outcome }) => outcome === null)).toEqual([]);
  const good = attempts.filter(({ outcome }) => outcome === 'accepted' || outcome === 'adopted');
  expect(good.map(({ call }) => call)).toEqual(['grant', 'protect-0', 'back-up']);
  const lines = await host.read((db) => db.selectFrom('audit').selectAll().orderBy('seq').execute());
  expect(firstBreak(lines)).toBeNull();
  const told = lines.map(({ entry }) => entry as { what: string; attempt?: string; outcome?: string });
  expect(told.filter(({ what }) => what === 'started')).toHaveLength(1);
  expect(told.filter(({ what }) => what === 'ended')).toHaveLength(1);
  const settled = told.filter(({ what }) => what === 'write').map(({ attempt, outcome }) => [attempt, outcome]);
  expect(settled).toEqual(attempts.map(({ id, outcome }) => [id, outcome]));
}

const mention =
  /^<at>Ana de Vries<\/at>: vm-web-01 is backed up <a href="https:\/\/teams\.microsoft\.com\/l\/message\/[^"]+">Open the card<\/a>$/;

/** One card, closed, and one mention. */
export async function expectOneCardOneMention(chat: BotChat): Promise<void> {
  const cards = await chat.cards();
  expect(cards.map(({ card }) => viewOf(card).title)).toEqual([expect.stringMatching(/vm-web-01 is backed up/)]);
  expect((await chat.pings()).map((ping) => ping.text)).toEqual([expect.stringMatching(mention)]);
}

/**
 * After the one failpoint that may make a second card: one current card and one mention; a click on the card that was
 * posted first leads to the current one.
 */
export async function expectOrphanLeadsOn({ chat, first, pressed }: Ended): Promise<void> {
  const cards = await chat.cards();
  expect(cards.map(({ id }) => id === first)).toEqual([true, false]);
  expect(viewOf(cards[1]!.card).title).toMatch(/vm-web-01 is backed up/);
  expect((await chat.pings()).map((ping) => ping.text)).toEqual([expect.stringMatching(mention)]);
  expect(pressed?.card?.title).toBe('ℹ️ This card has moved');
}

async function within<T>(awaited: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`waited ${patienceMs} ms in vain: ${what}`)), patienceMs);
  return Promise.race([awaited, late.promise]).finally(() => clearTimeout(timer));
}
