import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/operations/parts/plan.ts';
import { firstBreak } from '../../src/audit/chain.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { eventually } from '../support/eventually.ts';
import { viewOf } from '../support/card-view.ts';
import { fail } from '../support/failing.ts';
import { addMachines } from '../support/more-machines.ts';
import { restoring } from './restoring.ts';
import { toldOf, watchesAlerts } from './alerting.ts';
import { ChildProcesses } from './child-process.ts';
import type { Running } from './replica-host.ts';
import { CrashHarness } from './whole-operation.ts';

const button = 'Protect and back up now';

describe('two processes on one PostgreSQL', () => {
  let harness: CrashHarness;
  let names: string[];
  let [one, other] = [] as unknown as [Running, Running];
  beforeAll(async () => {
    harness = await CrashHarness.open((simulatorUrl) => ChildProcesses.open('postgres', simulatorUrl));
    names = await addMachines(harness.azure, 48);
    [one, other] = await Promise.all([harness.host.start(null), harness.host.start(null)]);
    harness.platform.speaksTo(one.url, other.url);
    await harness.platform.meets('ana', 'ben');
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  test('share two dozen operations: each write once, each card closed once', async () => {
    const mine = names.slice(0, 24);
    const [before, beforeToo] = [one.reached.length, other.reached.length];
    const chats = await Promise.all(mine.map((name) => begin(harness, name)));
    await Promise.all(chats.map((chat) => expectClosed(chat)));
    await expectDoneOnce(harness, mine);
    const sent = (running: Running, from: number) =>
      running.reached.slice(from).filter((failpoint) => failpoint === 'write:after-attempt').length;
    const shares = [sent(one, before), sent(other, beforeToo)];
    expect(Math.min(...shares)).toBeGreaterThan(8);
    // Not one attempt more than there are writes, except one that a busy machine delayed until its claim had expired.
    const attempts = await harness.host.read((db) => db.selectFrom('attempt').selectAll().execute());
    const isLate = (outcome: string | null) => outcome === 'lost' || outcome === 'not-sent';
    const [late, made] = [true, false].map((is) => attempts.filter(({ outcome }) => isLate(outcome) === is));
    expect(made!.map(({ outcome }) => outcome).filter((one) => one !== 'accepted' && one !== 'adopted')).toEqual([]);
    expect([made!.length, shares[0]! + shares[1]!]).toEqual([48, 48 + late!.length]);
    const reached = (await harness.azure.writes()).map(({ clientRequestId }) => clientRequestId);
    expect(late!.filter(({ id }) => reached.includes(id))).toEqual([]);
  });

  test('failures that both see: one alert and one card each', async () => {
    await watchesAlerts(harness);
    const failures = { 'vm-app-01': 'ErrorOfTheFirst', 'vm-neu-01': 'ErrorOfTheOther', 'vm-dup-01': 'ErrorOfTheThird' };
    await fail(harness.azure, failures);
    const told = () => Promise.all(Object.values(failures).map((error) => toldOf(harness, error)));
    await eventually('all of them', async () => (await told()).every(([, cards]) => cards > 0));
    const { chat } = await harness.platform.says('ana', 'backup unwatch');
    await chat.untilTitle('Backup alerts are no longer posted here');
    expect(await told()).toEqual(Object.values(failures).map(() => [1, 1]));
  });

  test('approvals at the same time, one in each process: one start', async () => {
    await harness.platform.meets('chris');
    const chat = await restoring(harness, { vm: 'vm-app-02', button: 'Request approval' });
    await chat.clicks('Request approval');
    const asked = await chat.untilWaits('0 of 1');
    const { verb, data } = asked.buttons.find(({ title }) => title === 'Approve')!;
    const on = await chat.newest();
    // The second may be told that it is already decided.
    await Promise.all((['ben', 'chris', 'ben', 'chris'] as const).map((who) => chat.as(who).sends({ verb, data, on })));
    await chat.untilTitle(/Disks of vm-app-02 are restored/);
    const sent = await harness.azure.requests('POST', /vm-app-02.*\/recoveryPoints\/[^/]+\/restore\?/i);
    expect(sent.map(({ status }) => status)).toEqual([202]);
    const plans = await harness.host.read((db) => db.selectFrom('operation').select('plan').execute());
    const isRestore = ({ plan }: { plan: unknown }) =>
      (plan as Plan).parts.some(({ does }) => does === 'restore-disks');
    expect(plans.filter(isRestore)).toHaveLength(1);
  });

  test('one is killed in the middle: the other finishes everything', async () => {
    const mine = names.slice(24, 36);
    const chats = await Promise.all(mine.map((name) => begin(harness, name)));
    const from = one.reached.length;
    await chats[0]!.until('both in the middle of writing', () =>
      one.reached.slice(from).includes('write:after-attempt'),
    );
    harness.platform.speaksTo(other.url);
    await one.kill();
    await Promise.all(chats.map((chat) => expectClosed(chat, { known: () => knownIds(harness) })));
    await expectDoneOnce(harness, mine);
  });

  test('a rolling restart goes unnoticed: every question is answered, every card is closed, nothing is done twice', async () => {
    const mine = names.slice(36, 48);
    let asking = true;
    const asked: BotChat[] = [];
    const user = (async () => {
      for (const name of mine) {
        if (asking) asked.push(await begin(harness, name));
      }
    })();
    const next = await harness.host.start(null);
    harness.platform.speaksTo(next.url);
    await other.stop();
    const last = await harness.host.start(null);
    harness.platform.speaksTo(next.url, last.url);
    await eventually('more questions', () => asked.length > mine.length / 2);
    harness.platform.speaksTo(last.url);
    await next.stop();
    asking = false;
    await user;
    await Promise.all(asked.map((chat) => expectClosed(chat)));
    await expectDoneOnce(harness, mine.slice(0, asked.length));
    harness.platform.speaksTo();
    await last.stop();
  });

  test('the rows are consistent, whoever wrote them', async () => {
    const lines = await harness.host.read((db) => db.selectFrom('audit').selectAll().orderBy('seq').execute());
    expect(firstBreak(lines)).toBeNull();
    const open = await harness.host.read((db) =>
      db.selectFrom('operation').select(['id', 'status']).where('status', '!=', 'succeeded').execute(),
    );
    expect(open).toEqual([]);
  });
});

/** Asks for a VM, waits for the card and presses its button. Each step must be answered. */
async function begin(harness: CrashHarness, name: string): Promise<BotChat> {
  const { chat, status } = await harness.platform.says('ana', `backup ${name}`);
  expect(status).toBe(200);
  // On a busy machine a reading may take too long; then a person asks again.
  const isReady = async () => {
    if ((await chat.cards()).length === 0) return false;
    const { title, titles } = await chat.card();
    if (title.startsWith('🔎') && titles.includes('Check again')) await chat.clicks('Check again');
    return title.includes(`${name} is ready`);
  };
  await chat.until(`${name} to be ready`, isReady);
  expect((await chat.clicks(button)).status).toBe(200);
  return chat;
}

/** The messages that the product knows: one that was posted when its process was killed isn't among them. */
async function knownIds(harness: CrashHarness): Promise<ReadonlySet<string | null>> {
  const rows = await harness.host.read((db) => db.selectFrom('message').select('platform_id').execute());
  return new Set(rows.map(({ platform_id }) => platform_id));
}

/** One card that says that it is done, and one mention, among the known ones; a kill may have left others. */
async function expectClosed(
  chat: BotChat,
  { known }: { known?: () => Promise<ReadonlySet<string | null>> } = {},
): Promise<void> {
  const ours = async <T extends { readonly id: string }>(messages: readonly T[]) => {
    const ids = await known?.();
    return messages.filter(({ id }) => !ids || ids.has(id));
  };
  await chat.untilTitle(/is backed up/);
  await chat.until('the mention', async () => (await ours(await chat.pings())).length > 0);
  expect((await ours(await chat.cards())).map(({ card }) => viewOf(card).title)).toHaveLength(1);
  expect(await ours(await chat.pings())).toHaveLength(1);
}

/** Azure accepted one protection and one backup of each VM, and received no second one. */
async function expectDoneOnce(harness: CrashHarness, names: readonly string[]): Promise<void> {
  const writes = await harness.azure.writes();
  const { items } = await harness.azure.state('items');
  for (const name of names) {
    const mine = writes.filter(({ path, status }) => path.includes(`;${name}`) && status !== null && status < 300);
    expect(mine.map(({ method, path }) => `${method} ${/\/backup\?/.test(path)}`)).toEqual(['PUT false', 'POST true']);
    expect(items.find(({ vmId }) => vmId.endsWith(`/${name}`))?.points).toHaveLength(1);
  }
}
