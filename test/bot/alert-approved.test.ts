/** A fix on an alert that a rule lets nobody start alone: it is requested, approved, and ends below the alert. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { approvalTimes } from '../../src/people/rules.ts';
import { viewOf } from '../support/card-view.ts';
import { presses, untilCard } from '../support/channel-cards.ts';
import { fail } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const backUpNow = say('button.back-up-now');
const approve = say('button.approve');
const ids = { ana: '00000000-0000-0000-0000-0000000000a1', ben: '00000000-0000-0000-0000-0000000000b1' };
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ana}', 'user:${ids.ben}']
`;
const approval = { deny: false, approval: { approvals: 1, ...approvalTimes } } as const;

let bot: TestBot;
beforeAll(async () => {
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', config, ...often });
  await bot.azure.failedLately();
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
});
afterAll(() => bot?.[Symbol.asyncDispose]());
beforeEach(() => {
  bot.rules.splice(0, bot.rules.length);
});

const backups = async () => (await bot.azure.writes(/\/backup\?/)).length;
const granted = async () => (await bot.azure.writes(/accessPolicies\/add/)).length;

test('Back up now: nothing is written before another person approves; the result is below the alert, which closes', async () => {
  bot.rules.push({ operation: 'back-up-now', match: { vm: 'vm-app-01' }, verdict: approval });
  await fail(bot.azure, { 'vm-app-01': 'VMRestorePointInternalError' });
  const alert = await untilCard(bot, 'vm-app-01 backup failed');
  const before = await backups();
  const thread = await presses(bot, alert, backUpNow);
  const waiting = await thread.untilWaits('0 of 1');
  expect(waiting.title).toContain('Ben Jansen asks: back up vm-app-01 now');
  // Who asked doesn't count as the other person.
  await thread.clicks(approve);
  expect((await thread.card()).shown).toContain('0 of 1 · until');
  expect(await backups()).toBe(before);
  await thread.as('ana').clicks(approve);
  await thread.untilTitle(/vm-app-01 is backed up/);
  expect(await backups()).toBe(before + 1);
  expect((await untilCard(bot, say('alert.closed-one', { vm: 'vm-app-01' }))).message.id).toBe(alert.message.id);
  const isSaid = ({ text }: { text: string }) => text.startsWith('vm-app-01 is backed up again. It lasted');
  await thread.until('the end, below the alert', async () => (await thread.pings()).some(isSaid));
  const moves = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; requester?: { name: string } });
  expect(moves.filter(({ what }) => what === 'approval').length).toBeGreaterThan(1);
  expect(moves.find(({ what }) => what === 'started')?.requester?.name).toBe('Ben Jansen');
});

test('the fix that gives access: requested from the alert’s thread, denied, and the alert stays open', async () => {
  bot.rules.push({ operation: 'grant-key-vault-access', match: {}, verdict: approval });
  await fail(bot.azure, { 'vm-app-02': 'UserErrorKeyVaultPermissionsNotConfigured' });
  const alert = await untilCard(bot, 'vm-app-02');
  const thread = await presses(bot, alert, say('failures.grant'));
  const fix = `${say('button.ask-approval')}: ${say('button.grant-key-vault-access+back-up-now')}`;
  const ask = await thread.until('a request to make', async () => {
    const { titles } = await thread.card();
    return titles.find((title) => title === fix || title === say('button.ask-approval'));
  });
  // Why is filled in as the alert says it, and goes along as it is left.
  const { reason } = (await thread.card()).inputs;
  expect(reason?.value).toMatch(/vm-app-02 backup failed: .*\(Since \d+ \w+ \d{4} /);
  await thread.clicks(ask);
  expect((await thread.untilWaits('0 of 1')).shown).toContain(reason!.value);
  await thread.as('ana').clicks(say('button.deny'), { reason: 'first the owner' });
  await thread.untilTitle('denied');
  expect(await granted()).toBe(0);
  const [mine] = (await bot.rows('alert')).filter(({ body }) => JSON.stringify(body).includes('vm-app-02'));
  expect(mine).toMatchObject({ closed_at: null });
});

test('in one person’s own chat an alert has no button that would refuse them; in a channel it is there for others', async () => {
  const ben = bot.as('ben');
  await ben.asks('backup watch');
  await ben.untilTitle(say('watch.on'));
  await fail(bot.azure, { 'vm-neu-01': 'ErrorOfTheWeave' });
  const everybodys = await untilCard(bot, 'vm-neu-01', 'ErrorOfTheWeave');
  const write = say('company.write');
  expect(everybodys.card.titles).toContain(write);
  const own = await ben.until('the alert in his own chat', async () => {
    const cards = (await ben.cards()).map(({ card }) => viewOf(card));
    return cards.find(({ text }) => text.includes('ErrorOfTheWeave'));
  });
  const zoned = (titles: readonly string[]) => titles.map((title) => title.replace(/ (UTC|CET)$/, ''));
  expect(zoned(own.titles)).toEqual(zoned(everybodys.card.titles).filter((title) => title !== write));
});
