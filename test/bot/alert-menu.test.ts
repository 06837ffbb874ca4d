/** The menu behind an alert's three dots: what is chosen there acts as its button did, also on a card of before. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { words } from '../../src/message/words.ts';
import { eventually } from '../support/eventually.ts';
import { threadOf, untilCard, untilNoted } from '../support/channel-cards.ts';
import { fail } from '../support/failing.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { buttonsOf, optionsOf, SlackChat, textOf, type SeenMessage } from '../slack/support/slack-client.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
let bot: TestBot;
const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
const card = () => ana.until(/ErrorOfTheMenu/);
const alert = async () => (await bot.rows('alert')).find(({ cause_key }) => cause_key.includes('errorofthemenu'))!;
const until = (awaited: string) =>
  eventually(awaited, async () => {
    const shown = await card();
    return textOf(shown).includes(awaited) ? shown : null;
  });

beforeAll(async () => {
  bot = await startBot({ database: 'postgres', leases: { sweep: 300 }, waits: { vaultIdle: 1_000 } });
  const watched = await ana.says('@Kluis backup watch');
  await ana.in(watched.ts as string).until(say('watch.on'));
  await fail(bot.azure, { 'vm-neu-01': 'ErrorOfTheMenu' });
  await card();
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** Slack sends the press of an element of this message. */
async function sends(on: SeenMessage, action: object): Promise<void> {
  const payload = {
    ...{ type: 'block_actions', api_app_id: 'A0KLUISAPP', trigger_id: '1.2.x', is_enterprise_install: false },
    ...{ user: { id: 'U0ANAVRIES', team_id: 'T0CONTOSO1' }, team: { id: 'T0CONTOSO1' }, channel: { id: 'C0GENERAL1' } },
    container: { type: 'message', message_ts: on.ts, channel_id: 'C0GENERAL1', is_ephemeral: false },
    message: { ts: on.ts, user: 'U0KLUISBOT' },
    actions: [{ block_id: 'b', action_ts: `${Date.now() / 1000}`, ...action }],
  };
  await ana.control('deliver', { kind: 'interaction', payload });
}

test('the fix and who takes it on are buttons; what can wait is in the menu, whose choice acts', async () => {
  const shown = await card();
  const later = optionsOf(shown).map(({ title }) => title);
  expect(later[0]).toBe(say('alert.snooze-hour'));
  expect(later.at(-1)).toBe(say('alert.choose'));
  expect(later).toHaveLength(3);
  const first = buttonsOf(shown).filter((title) => title !== 'More');
  expect(first).toContain(say('alert.take-on'));
  expect(first.filter((title) => later.includes(title))).toEqual([]);
  await ana.presses(say('alert.snooze-hour'));
  await until('Snoozed until');
  const inAnHour = Date.now() + 3_600_000;
  expect(Math.abs(((await alert()).snoozed_until as Date).getTime() - inAnHour)).toBeLessThan(120_000);
  await ana.presses(say('alert.wake-up'));
  await until(say('alert.snooze-hour'));
  expect((await alert()).snoozed_until).toBeNull();
  const audit = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; move?: string });
  const moves = audit.flatMap(({ what, move }) => (what === 'alert' ? [move] : []));
  expect(moves).toEqual(['watch', 'snooze-hour', 'wake-up']);
});

test('a card drawn by the release before has buttons instead, and a press of one acts too', async () => {
  const shown = await card();
  const { value } = optionsOf(shown).find(({ title }) => title === say('alert.snooze-hour'))!;
  await sends(shown, { type: 'button', action_id: 'do:3:snooze-hour', value });
  await until('Snoozed until');
  await ana.presses(say('alert.wake-up'));
  await until(say('alert.snooze-hour'));
});

test('a choice that can’t be read is refused in words, in Slack where the card is, and changes nothing', async () => {
  const shown = await card();
  const told = async () => (await ana.said()).filter(({ onlyYou }) => onlyYou);
  const chosen = [
    { value: `#${'x'.repeat(43)}` },
    { value: '{"v":"snooze-hour"}' },
    { text: 'Snooze 1 hour' },
    undefined,
  ];
  for (const selected_option of chosen) {
    const before = (await told()).length;
    await sends(shown, { type: 'overflow', action_id: 'more:3', ...(selected_option && { selected_option }) });
    await eventually('the refusal', async () => (await told()).length > before);
    expect((await told()).slice(before).map(({ text }) => text)).toEqual([say('refusal.unreadable-click')]);
  }
  expect(await alert()).toMatchObject({ snoozed_until: null });
});

test('and in Teams, where its client sends one without the choice’s data', async () => {
  await (await bot.thread('ben', 'backup watch')).untilTitle(say('watch.on'));
  const { message, card: shown } = await untilCard(bot, 'vm-neu-01', 'ErrorOfTheMenu');
  await untilNoted(bot, message.id);
  const { verb, data } = shown.buttons.find(({ title }) => title === say('alert.snooze-hour'))!;
  const ben = threadOf(bot, { message }, 'ben');
  for (const odd of [undefined, null, {}, 'snooze', [data], { alert: 'none' }])
    expect((await ben.sends({ verb, data: odd, on: message })).text).toBe(say('refusal.unreadable-click'));
  for (const odd of ['', 'more', 'snooze-forever'])
    expect((await ben.sends({ verb: odd, data, on: message })).text).toBe(say('refusal.unreadable-click'));
  expect((await alert()).snoozed_until).toBeNull();
  expect((await ben.sends({ verb, data, on: message })).card?.text).toContain('Snoozed until');
});
