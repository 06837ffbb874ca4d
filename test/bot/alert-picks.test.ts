/** An alert of many VMs whose fix takes one at a time: each can be picked on its card, however many there are. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { addMachines } from '../support/more-machines.ts';
import { nextLookOf } from '../support/looked-at.ts';
import { channel, threadOf, untilCard, untilNoted, type Posted } from '../support/channel-cards.ts';
import { actionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const many = 110;
const few = 5;
const general = () => new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });

let bot: TestBot;
let names: string[];
beforeAll(async () => {
  const waits = { vaultLook: 3_600_000, vaultIdle: 300 };
  bot = await startBot({ database: 'postgres', leases: { sweep: 300, poll: 2_000 }, waits });
  names = await addMachines(bot.azure, many, 'vm-app-01');
  await bot.asks('ana', 'backup vaults');
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await general().says('@Kluis backup watch');
  await nextLookOf(bot);
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Somebody stops the backups of these VMs. */
async function stops(vms: readonly string[]): Promise<void> {
  const { items } = await bot.azure.state('items');
  const isOne = ({ vmId }: { vmId: string }) => vms.some((name) => vmId.endsWith(`/${name}`));
  await bot.azure.change({
    items: items.map((item) => (isOne(item) ? { ...item, state: 'ProtectionStopped' as const } : item)),
  });
  await nextLookOf(bot);
}

const stopped = (count: number) => say('sighted.protection-stopped.many', { count });
const resumed = async (vm: string) => (await bot.azure.writes(new RegExp(`;${vm}(?![\\w-])`))).length;

/** Ben presses the alert's button for what he picked. */
async function picks(on: Posted, value: string) {
  const [resume] = on.card.buttons;
  const thread = threadOf(bot, on, 'ben');
  const answer = await thread.sends({ verb: resume!.verb, data: { ...resume!.data, vm: value }, on: on.message });
  return { thread, answer };
}

test('five VMs: each can be picked, what is picked is resumed and nothing else, and it leaves the card at the next look', async () => {
  await stops(names.slice(0, few));
  const alert = await untilCard(bot, stopped(few));
  expect(alert.card.titles[0]).toBe(say('button.resume'));
  expect(alert.card.titles).not.toContain(say('sighted.way.resume', { vm: names[0]! }));
  expect(alert.card.inputs['vm']?.choices.map(({ title }) => title)).toEqual(names.slice(0, few));
  await untilNoted(bot, alert.message.id);
  expect((await picks(alert, '')).answer.text).toBe(say('home.pick-first'));
  const last = alert.card.inputs['vm']!.choices.at(-1)!;
  const { thread } = await picks(alert, last.value);
  await thread.untilButton(say('button.resume-protection'));
  await thread.clicks(say('button.resume-protection'));
  await thread.untilTitle(say('closing.resume-protection', { vm: last.title }));
  expect(await resumed(last.title)).toBe(1);
  expect(await resumed(names[0]!)).toBe(0);
  await nextLookOf(bot);
  const rest = await untilCard(bot, stopped(few - 1));
  expect(rest.message.id).toBe(alert.message.id);
  expect(rest.card.inputs['vm']?.choices.map(({ title }) => title)).toEqual(names.slice(0, few - 1));
});

test('in Slack it is a list in the message itself', async () => {
  const seen = await general().until(stopped(few - 1));
  await untilNoted(bot, seen.ts);
  const picked = { [actionOf(seen.blocks, 'vm')]: names[1]! };
  await general().control('press', {
    ...{ as: 'ana', channel: 'general', ts: seen.ts, action: say('button.resume'), inputs: picked },
  });
  const card = await general().in(seen.ts).until(say('button.resume-protection'));
  expect(textOf(card)).toContain(names[1]!);
});

test('two VMs that are gone: both ways out are there for each', async () => {
  const { vms } = await bot.azure.state('vms');
  const gone = [names[few]!, names[few + 1]!];
  await bot.azure.change({ vms: vms.filter(({ name }) => !gone.includes(name)) });
  await nextLookOf(bot);
  const { card } = await untilCard(bot, say('sighted.vm-gone.many', { count: 2 }));
  expect(card.titles.slice(0, 2)).toEqual([say('button.restore'), say('button.stop')]);
  expect(card.inputs['vm']?.choices.map(({ title }) => title)).toEqual(gone);
  await bot.azure.change({ vms });
  await nextLookOf(bot);
});

test('more than a list has room for: all are found by typing, in both chats', async () => {
  await stops(names);
  const alert = await untilCard(bot, stopped(many));
  expect(JSON.stringify(alert.message.card).length).toBeLessThan(28_000);
  const { dataset } = alert.card.inputs['vm']!;
  const search = async (queryText: string, where = dataset) => {
    const body = { as: 'ben', conversation: channel, activityId: alert.message.id, dataset: where, queryText };
    return (await bot.lab.post<{ results: { title: string; value: string }[] }>('search', body)).results;
  };
  const last = names.at(-1)!;
  const [found, ...others] = await search(last);
  expect([found?.title, others]).toEqual([last, []]);
  await untilNoted(bot, alert.message.id);
  const { thread } = await picks(alert, found!.value);
  await thread.untilButton(say('button.resume-protection'));
  expect((await thread.card()).text).toContain(last);

  const seen = await general().until(stopped(many));
  const body = { as: 'ana', channel: 'general', ts: seen.ts, action: actionOf(seen.blocks, 'vm'), value: last };
  const { options } = await general().control<{ options: { text: { text: string } }[] }>('suggest', body);
  expect(options.map(({ text }) => text.text)).toEqual([last]);
});
