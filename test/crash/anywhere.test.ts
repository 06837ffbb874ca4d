import { expect, test } from '@jest/globals';
import type { BotChat } from '../support/bot-chat.ts';
import { viewOf } from '../support/card-view.ts';
import type { DatabaseKind } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { InProcess } from './in-process.ts';
import { expectBooksInOrder, expectEachWriteOnce, CrashHarness } from './whole-operation.ts';

const text = 'backup vm-web-01';
const button = 'Give access, protect and back up';
const maxStarts = 200;

/** Numbers from 0 to below `limit`, the same for the same seed. */
function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** A person with one goal: types until it is acknowledged, and presses the button for as long as it is there. */
class Person {
  chat: BotChat | null = null;
  #heard = false;
  readonly #harness: CrashHarness;

  constructor(harness: CrashHarness) {
    this.#harness = harness;
  }

  async act(): Promise<void> {
    const { platform } = this.#harness;
    if (!this.chat) this.#heard = await this.#say();
    else if (!this.#heard) this.#heard = (await platform.repeats(text)) === 200;
    const card = (await this.chat?.cards())?.at(-1);
    if (card && viewOf(card.card).titles.includes(button)) await this.chat!.clicks(button).catch(() => {});
  }

  async isContent(): Promise<boolean> {
    const cards = (await this.chat?.cards()) ?? [];
    const closed = cards.some(({ card }) => /vm-web-01 is backed up/.test(viewOf(card).title));
    return closed && (await this.chat!.pings()).length > 0;
  }

  async #say(): Promise<boolean> {
    const said = await this.#harness.platform.says('ana', text);
    this.chat = said.chat;
    return said.status === 200;
  }
}

/** Makes one bot after another die after a few failpoints, at any of them, until the person has reached the goal. */
async function operateThroughCrashes(harness: CrashHarness, host: InProcess, seed: number): Promise<number> {
  const next = numbers(seed);
  const person = new Person(harness);
  for (let starts = 1; starts <= maxStarts; starts += 1) {
    let left = 1 + next(9);
    const running = await host.startUntil(() => (left -= 1) === 0);
    harness.platform.speaksTo(running.url);
    let isOver = false;
    void running.crashed.then(() => (isOver = true));
    while (!isOver) {
      await person.act();
      if (await person.isContent()) {
        harness.platform.speaksTo();
        await running.stop();
        return starts;
      }
      await new Promise((done) => setTimeout(done, 20));
    }
    harness.platform.speaksTo();
  }
  throw new Error(`not done after ${maxStarts} starts`);
}

/** `npm run soak` does the same with any number of seeds. */
const runs: readonly [DatabaseKind, number][] = [
  ['postgres', 1],
  ['pglite', 2],
];

test.each(runs)('crashes anywhere, again and again, on %s (seed %d): everything happens once', async (kind, seed) => {
  let host!: InProcess;
  await using harness = await CrashHarness.open(
    async (simulatorUrl) => (host = await InProcess.open(kind, simulatorUrl)),
  );
  await harness.calm(() => harness.platform.meets('ana'));
  const starts = await operateThroughCrashes(harness, host, seed);
  expect(starts).toBeGreaterThan(4);
  await expectEachWriteOnce(harness.azure, 'vm-web-01');
  await expectBooksInOrder(host);
  // A post that a crash cut off may be in the chat twice; the bot intends one card and one mention.
  const own = async () => {
    const messages = await host.read((db) => db.selectFrom('message').selectAll().execute());
    return messages.filter(({ conversation_id }) => conversation_id.includes('messageid='));
  };
  expect(await own()).toHaveLength(2);
  await harness.calm(() =>
    eventually('everything to be sent', async () => (await own()).every((row) => row.sent_rev === row.wanted_rev)),
  );
});
