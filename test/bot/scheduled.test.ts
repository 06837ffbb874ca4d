/** Scheduled posts: the daily forecast. Each test advances the bot's clock. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { scheduledWorker } from '../../src/bot/scheduled/scheduled-worker.ts';
import { words } from '../../src/message/words.ts';
import { dayIn, daysUntil, wallTime } from '../../src/message/wall-time.ts';
import { viewOf } from '../support/card-view.ts';
import { channel, untilCard } from '../support/channel-cards.ts';
import { fail } from '../support/failing.ts';
import { SlackChat, textOf } from '../slack/support/slack-client.ts';
import { lookedAt } from '../support/looked-at.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const timeZone = 'Europe/Amsterdam';
const { say } = words({ locale: 'en', timeZone, simulated: true });

const secret = { AZURE_CLIENT_ID: '00000000-0000-4000-8000-0000000000e1', AZURE_CLIENT_SECRET: 'new~do-not-show' };
let bot: TestBot;
const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
beforeAll(async () => {
  const inSlack = '{ id: C0GENERAL1, timeZone: Europe/Amsterdam, digest: tuesday 10:00 }';
  const config = `alerts: [{ channel: '${channel}', vault: rsv-prod-weu }]\nforecast: { daily: 05:00 }\nchannels: [{ id: '${channel}', timeZone: Europe/Amsterdam, digest: weekdays 08:30 }, ${inSlack}]\n`;
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 }, speed: 20_000, config, env: secret });
  await bot.asks('ana', 'backup vaults');
  await slack.says('@Kluis backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const started = new Date();

/** Moves the time to this many days after the tests began, at this time of day. */
function comes(days: number, time: string): void {
  bot.ahead = wallTime({ time, timeZone, now: started, days }).getTime() - Date.now();
}

const looked = (kind: string) => lookedAt(bot, kind);

async function madeFor(kind: string): Promise<(string | null)[]> {
  return (await bot.rows('scheduled_post')).filter((row) => row.kind === kind).map(({ made_for }) => made_for);
}

/** What the bot posted in the channel itself, oldest first: the cards that say this. */
async function posted(said = say('daily.open')) {
  const all = (await bot.lab.messages(channel, 'ana')).filter(({ card, from }) => card && from.person === null);
  return all.map(({ card }) => viewOf(card)).filter(({ text, titles }) => [text, ...titles].join('\n').includes(said));
}
const untilPosted = (count: number, said?: string) =>
  bot.as('ana').until(`${count} posts`, async () => {
    const cards = await posted(said);
    return cards.length === count ? (cards.at(-1) ?? null) : null;
  });

test('a new channel gets none for a time that has passed; the next day it gets one, and no second', async () => {
  comes(-1, '05:00');
  await looked('forecast');
  expect(await posted()).toEqual([]);
  comes(1, '05:01');
  await looked('forecast');
  const card = await untilPosted(1);
  expect(card.title).toContain('will fail');
  expect(card.text).toContain('vm-app-02');
  expect(card.text).not.toContain(say('daily.fresh'));
  expect(card.text).not.toContain('Late');
  // The other Recovery Services vaults aren't in this channel's scope.
  const { items } = await bot.azure.state('items');
  const others = items
    .filter(({ vaultId }) => !vaultId.endsWith('/rsv-prod-weu'))
    .map(({ vmId }) => vmId.split('/').at(-1)!);
  for (const vm of others) expect(card.text).not.toContain(`${vm} `);
  await looked('forecast');
  const again = Array.from({ length: 3 }, () => scheduledWorker(bot.deps)('forecast', AbortSignal.abort()));
  await Promise.all(again);
  expect(await posted()).toHaveLength(1);
});

test('a channel in kluis.yaml gets what fails in its own Recovery Services vault', async () => {
  await fail(bot.azure, { 'vm-neu-01': 'ErrorOfTheNorth', 'vm-app-01': 'ErrorOfTheWest' });
  await untilCard(bot, 'vm-app-01', 'ErrorOfTheWest');
  const isThere = async () => (await bot.rows('alert')).some(({ cause_key }) => cause_key.includes('errorofthenorth'));
  await bot.as('ana').until('the alert of the other one', isThere);
  expect(await posted('ErrorOfTheNorth')).toEqual([]);
});

test('the next day, known and new problems are distinguished; a missed post is made up once, and says so', async () => {
  await bot.stop();
  const { vms } = await bot.azure.state('vms');
  await bot.azure.change({
    vms: vms.map((vm) => (vm.name === 'vm-app-01' ? { ...vm, agent: 'notReady' } : vm)),
  });
  comes(2, '08:20'); // before a digest of that day
  await bot.start();
  await looked('forecast');
  const card = await untilPosted(2);
  expect(card.text).toContain('Late: due at 05:00');
  const [fresh = '', still = ''] = card.text.split('Still open, first reported on');
  expect(fresh).toContain(say('daily.fresh'));
  expect(fresh).toContain('vm-app-01');
  expect(still).toContain('vm-app-02');
  await bot.restart();
  await looked('forecast');
  expect(await posted()).toHaveLength(2);
});

test('while Azure doesn’t answer it is retried, and two replicas that are due at the same time post once', async () => {
  comes(3, '05:00');
  await bot.azure.fault({ match: { method: 'GET', path: 'Microsoft.RecoveryServices' }, status: 503 });
  await looked('forecast');
  expect(await posted()).toHaveLength(2);
  await bot.azure.mend();
  const due = { due_at: sql<Date>`now()` };
  await bot.database.db.updateTable('scheduled_look').set(due).execute();
  const replicas = Array.from({ length: 4 }, () => scheduledWorker(bot.deps)('forecast', AbortSignal.abort()));
  await Promise.all(replicas);
  await untilPosted(3);
  await looked('forecast');
  expect(await posted()).toHaveLength(3);
});

test('nothing is posted if nothing will fail, unless that is configured', async () => {
  await bot.azure.change({ items: [] });
  comes(4, '05:00');
  await looked('forecast');
  expect(await madeFor('forecast')).toEqual([dayIn(new Date(Date.now() + bot.ahead), timeZone)]);
  expect(await posted()).toHaveLength(3);
  (bot.deps.forecast as { allClear: boolean }).allClear = true;
  comes(5, '05:00');
  await looked('forecast');
  expect((await untilPosted(4)).title).toContain('No VM is protected');
});

test('nothing piles up for a channel that can’t be posted to, such as an archived one', async () => {
  // Alerts about what an earlier test removed may arrive at any moment.
  const made = async () =>
    (await bot.rows('message')).filter(({ wanted }) => JSON.stringify(wanted).includes(say('daily.open')));
  const before = (await made()).length;
  await bot.database.db.updateTable('conversation').set({ blocked: true }).where('channel', '=', channel).execute();
  comes(6, '05:00');
  await looked('forecast');
  expect(await made()).toHaveLength(before);
  // Somebody writes to it there again, in a thread.
  await bot.thread('ana', 'backup help');
  comes(7, '05:00');
  await looked('forecast');
  await untilPosted(5);
});

/** The days from the tests' beginning until that weekday, at least one. */
function daysTo(weekday: string): number {
  return daysUntil(weekday, timeZone, started) || 7;
}

test('a digest is posted on its days at its time in the channel’s time zone, once across replicas and restarts', async () => {
  const open = say('digest.sign.unknown');
  await bot.azure.reset();
  await looked('digest');
  comes(daysTo('saturday') + 7, '08:31');
  await looked('digest');
  expect(await madeFor('digest')).toEqual([null, null]);
  comes(daysTo('monday') + 14, '08:29');
  await looked('digest');
  expect(await posted(open)).toEqual([]);
  comes(daysTo('monday') + 14, '08:31');
  await bot.database.db
    .updateTable('scheduled_look')
    .set({ due_at: sql<Date>`now()` })
    .execute();
  const replicas = Array.from({ length: 3 }, () => scheduledWorker(bot.deps)('digest', AbortSignal.abort()));
  await Promise.all(replicas);
  const card = await untilPosted(1, open);
  expect(card.text).not.toContain('Late');
  const { items } = await bot.azure.state('items');
  for (const title of ['protected', 'unprotected', 'failed-lately', 'forecast', 'exposed', 'waiting'] as const)
    expect(card.text).toContain(say(`digest.${title}`));
  expect(items.some(({ vmId }) => card.text.includes(vmId.split('/').at(-1)!))).toBe(true);
  expect(card.text).toMatch(/Mon\s+Tue\s+Wed\s+Thu\s+Fri\s+Sat\s+Sun/);
  await bot.restart();
  await looked('digest');
  expect(await posted(open)).toHaveLength(1);
  // Nobody was there on Tuesday at that time.
  await bot.stop();
  comes(daysTo('monday') + 15, '11:00');
  await bot.start();
  await looked('digest');
  expect((await untilPosted(2, open)).text).toContain('Late: due at 08:30');
  const inSlack = await slack.until(/Oldest last good backup/);
  expect(inSlack.thread_ts).toBeNull();
  expect(textOf(inSlack)).toMatch(/Mon +Tue +Wed +Thu +Fri +Sat +Sun\n/);
});

test('a secret that expires within 30 days is announced, and again when it is closer; what can’t be read isn’t', async () => {
  const said = say('secrets.why');
  await bot.azure.reset();
  comes(30, '05:01');
  const endsIn = async (days: number, readableByBot = true) => {
    const { directory } = await bot.azure.state('directory');
    const ends = new Date(Date.now() + bot.ahead + days * 86_400_000 + 43_200_000).toISOString();
    const applications = [{ appId: secret.AZURE_CLIENT_ID, name: 'kluis', secrets: [{ hint: 'new', ends }] }];
    await bot.azure.change({ directory: { ...directory, applications, readableByBot } });
  };
  const day = async (days: number) => {
    comes(days, '05:01');
    await looked('secrets');
    return (await madeFor('secrets'))[0];
  };
  await endsIn(40);
  await looked('secrets');
  expect(await posted(said)).toEqual([]);
  await endsIn(4, false);
  expect(await day(31)).toBe(dayIn(new Date(Date.now() + bot.ahead), timeZone));
  expect(await posted(said)).toEqual([]);
  comes(30, '05:01');
  await endsIn(22);
  expect(await day(32)).toBe(dayIn(new Date(Date.now() + bot.ahead), timeZone));
  const card = await untilPosted(1, said);
  expect(card.title).toContain('expires in 20 days');
  expect(card.text).toContain('AZURE_CLIENT_SECRET');
  expect(card.text).not.toContain('new~');
  await day(33);
  expect(await posted(said)).toHaveLength(1);
  await day(38);
  expect((await untilPosted(2, said)).title).toContain('expires in 14 days');
  await bot.stop();
  comes(53, '05:01');
  await bot.start();
  await looked('secrets');
  expect((await untilPosted(3, said)).title).toContain('A credential of Kluis has expired: Operating identity');
});
