import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { alertWorker } from '../../src/bot/alerts/take-in.ts';
import { words } from '../../src/message/words.ts';
import { keepJobs } from '../../src/store/vault-polls.ts';
import type { Alert, Scope } from '../../src/alerts/alert.ts';
import type { JobFacts } from '../../src/azure/gateway.ts';
import { viewOf } from '../support/card-view.ts';
import {
  channel,
  channelCards,
  presses,
  threadOf,
  untilCard,
  untilNoted,
  type Posted,
} from '../support/channel-cards.ts';
import { ends as endsIn, failure } from '../support/failing.ts';
import { holdTakingIn } from '../support/held-taking-in.ts';
import { choiceAction } from '../../src/slack/blocks/inputs/submission.ts';
import { actionOf, optionOf, SlackChat, textOf } from '../slack/support/slack-client.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });

/** Ana is administrator; everybody may do what an operator may. */
const config = `
people:
  - { entra: 00000000-0000-0000-0000-0000000000a1, name: Ana de Vries }
roles:
  operator: [everyone]
  admin: [user:00000000-0000-0000-0000-0000000000a1]
`;
let bot: TestBot;
beforeAll(async () => {
  const often = { leases: { sweep: 300 }, speed: 20_000, waits: { vaultLook: 3_600_000, vaultIdle: 1_000 } };
  bot = await startBot({ database: 'postgres', config, ...often });
  await bot.azure.failedLately();
  await bot.asks('ana', 'backup vaults');
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const alertCards = (title: string) => channelCards(bot, title);
const oneCard = (title: string) => untilCard(bot, title);
const ends = (vm: string, over: Parameters<typeof endsIn>[2]) => endsIn(bot.azure, vm, over);

/** The messages below a card. */
async function below(at: Pick<Posted, 'message'>): Promise<string[]> {
  return (await threadOf(bot, at, 'ana').pings()).map(({ text }) => text);
}
const untilBelow = (at: Pick<Posted, 'message'>, said: string) =>
  bot.as('ana').until(`"${said}" below`, async () => (await below(at)).some((text) => text.includes(said)));

test('backup watch shows present failures, one card per cause, with its fix; the second time nothing is repeated', async () => {
  const chat = await bot.thread('ana', 'backup watch');
  await chat.untilTitle(say('watch.on'));
  const { message, card } = await oneCard('vm-hr-01');
  expect(card.text).toMatch(
    /Since \d+ \w+( \d{4})? \d\d:\d\d UTC.*\d+ failures in a row · last good backup \d+ \w+( \d{4})? \d\d:\d\d UTC/,
  );
  const jobs = (await bot.azure.state('jobs')).jobs.filter(
    ({ vmName, status }) => vmName === 'vm-hr-01' && status === 'Failed',
  );
  const newest = jobs.toSorted((a, b) => b.start.localeCompare(a.start))[0]!;
  for (const told of [newest.id, newest.activityId, newest.errors![0]!.errorTitle]) expect(card.text).toContain(told);
  expect(JSON.stringify(message.card)).toContain('portal.azure.com');
  expect(card.text).toContain('kv-hr-weu');
  expect(card.titles.slice(0, 3)).toEqual([say('failures.recover'), say('button.restore-keys'), say('alert.take-on')]);
  await oneCard('vm-hr-02');
  expect((await bot.rows('alert')).length).toBe(2);
  await (await bot.thread('ben', 'backup watch')).untilTitle(say('watch.on'));
  expect((await alertCards('vm-hr-01')).map((one) => one.message.id)).toEqual([message.id]);
  await bot.as('ana').until('every backup that ended to be recorded', async () => (await countUntold()).rows === 0);
});

async function countUntold() {
  const jobs = await bot.rows('job');
  const ended = jobs.filter(({ operation, status }) => operation === 'Backup' && /^(Failed|Completed)/.test(status));
  return { rows: ended.filter(({ told, status }) => told !== status).length };
}

test('many VMs with one cause are one card, counted up by edits and in the thread; it closes by itself', async () => {
  const failed = failure('UserErrorGuestAgentStatusUnavailable');
  await ends('vm-app-01', failed);
  const first = await oneCard('vm-app-01');
  await ends('vm-neu-01', failed);
  const grown = await oneCard('2 VM backups');
  expect(grown.message.id).toBe(first.message.id);
  await untilBelow(first, 'vm-neu-01 also failed, for the same reason');
  // While snoozed, the card is updated and nothing is posted.
  await presses(bot, grown, say('alert.snooze-hour'));
  await untilCard(bot, '2 VM backups', 'Snoozed until');
  const said = await below(first);
  await ends('vm-dup-01', failed);
  const snoozed = await oneCard('3 VM backups');
  await presses(bot, snoozed, say('alert.wake-up'));
  await ends('vm-dup-01', { status: 'Completed' });
  await untilBelow(first, 'vm-dup-01 is backed up again');
  expect((await below(first)).slice(0, -1)).toEqual(said);
  await ends('vm-app-01', { status: 'Completed' });
  await untilBelow(first, 'vm-app-01 is backed up again');
  await ends('vm-neu-01', { status: 'Completed' });
  await untilBelow(first, 'All of them are backed up again');
  const { message, card } = await oneCard('3 VMs are backed up again');
  expect(card.text).toContain('It lasted');
  expect(message.id).toBe(first.message.id);
  expect(card.titles).toEqual([]);
});

test('acknowledging and snoozing are visible to all, audited, and end; people who may not start backups can’t do them', async () => {
  const { message } = await oneCard('vm-hr-01');
  const at = bot.in('ben', `${channel};messageid=${message.id}`);
  const pressed = async (title: string) => {
    const data = viewOf((await oneCard('vm-hr-01')).message.card).buttons.find((one) => one.title === title)!;
    return at.sends({ verb: data.verb!, data: data.data, on: message });
  };
  await pressed(say('alert.take-on'));
  await bot.as('ana').until('taken on', async () => (await oneCard('vm-hr-01')).card.text.includes('Ben'));
  await pressed(say('alert.snooze-hour'));
  await bot
    .as('ana')
    .until('snoozed', async () => (await oneCard('vm-hr-01')).card.titles.includes(say('alert.wake-up')));
  // An hour later, by both clocks.
  const past = sql`to_jsonb((now() - interval '1 second')::text)`;
  const awake = { snoozed_until: sql<Date>`now()`, body: sql<string>`jsonb_set(body, '{snoozedUntil}', ${past})` };
  await bot.database.db.updateTable('alert').set(awake).where('snoozed_until', 'is not', null).execute();
  await untilBelow({ message }, 'The snooze is over. The backup of 1 VM still fails');
  expect((await oneCard('vm-hr-01')).card.titles).toContain(say('alert.snooze-hour'));
  const audit = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; move?: string });
  expect(audit.filter(({ what }) => what === 'alert').map(({ move }) => move)).toEqual(
    expect.arrayContaining(['watch', 'take-on', 'snooze-hour']),
  );
  const forged = await at.sends({ verb: 'take-on', data: { alert: crypto.randomUUID() }, on: message });
  expect(forged.card?.text ?? forged.text).toContain(say('refusal.unknown-dialog'));
  expect(
    (await at.sends({ verb: 'drop', data: { alert: (await bot.rows('alert'))[0]!.id }, on: message })).status,
  ).toBe(200);
});

test('it is assigned to somebody in the channel, who is mentioned, or snoozed until a day; an invalid choice is explained', async () => {
  const { message, card } = await oneCard('vm-hr-01');
  const alertNow = async () => (await bot.rows('alert')).find(({ body }) => JSON.stringify(body).includes('vm-hr-01'))!;
  const as =
    (person: 'ana' | 'ben') =>
    async (verb: string, inputs: Record<string, unknown> = {}) => {
      const { id } = await alertNow();
      const at = bot.in(person, `${channel};messageid=${message.id}`);
      return at.sends({ verb, data: { alert: id, ...inputs }, on: message });
    };
  const press = as('ben');
  // The form is only for who pressed, two at once too: no other card changes, and an abandoned form leaves nothing.
  const before = { alert: await alertNow(), audited: (await bot.rows('audit')).length };
  const forms = [await press('choose'), await as('ana')('choose')].map((answer) => answer.card!);
  for (const form of forms)
    expect(form.titles).toEqual([say('alert.assign'), say('alert.snooze-until'), say('button.back')]);
  expect((await as('ana')('back')).card?.titles).toEqual(card.titles);
  const now = await oneCard('vm-hr-01');
  expect(now.card.titles).toEqual(card.titles);
  expect(now.message.revision).toBe(message.revision);
  expect({ alert: await alertNow(), audited: (await bot.rows('audit')).length }).toEqual(before);
  const ana = forms[0]!.inputs['assignee']!.choices.find(({ title }) => title.startsWith('Ana'))!;
  expect((await press('assign', { assignee: crypto.randomUUID() })).text).toBe(say('alert.no-assignee'));
  await press('assign', { assignee: ana.value });
  const thread = bot.in('ana', `${channel};messageid=${message.id}`);
  const what = card.title.replace(/^\P{Letter}+/u, '');
  await thread.untilTold(say('alert.note-assigned', { by: 'Ben Jansen', what }));
  expect(JSON.stringify((await thread.pings()).at(-1)?.entities)).toContain('29:ana');
  expect((await oneCard('vm-hr-01')).card.text).toContain('Ben Jansen assigned it to Ana de Vries');
  // Pressed twice, it is assigned once: nobody is mentioned again, and nothing is audited.
  const once = { below: await below({ message }), audited: (await bot.rows('audit')).length };
  expect((await press('assign', { assignee: ana.value })).card?.text).toContain(
    'Ben Jansen assigned it to Ana de Vries',
  );
  expect({ below: await below({ message }), audited: (await bot.rows('audit')).length }).toEqual(once);
  await press('choose');
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  for (const until of [day(-2), day(400), '2026-02-31x', '<at>x</at>', ''])
    expect((await press('snooze-until', { until })).text).toBe(say('alert.no-day'));
  await press('snooze-until', { until: day(3) });
  const snoozed = await bot.as('ana').until('snoozed', async () => {
    const { card } = await oneCard('vm-hr-01');
    return card.titles.includes(say('alert.wake-up')) ? card : null;
  });
  expect(snoozed.text).toContain('Snoozed until');
  await press('wake-up');
  // Until tomorrow: eight in the morning, in the channel's time zone.
  expect((await press('snooze-day')).card?.text).toMatch(/Snoozed until .*08:00/);
  await press('wake-up');
  expect((await press('intended')).text).toContain(say('refusal.unreadable-click'));
});

test('what failed while the bot was down is reported once it is back, and only once, whatever the number of replicas', async () => {
  const told = await bot.rows('alert');
  await bot.stop();
  await ends('vm-app-01', failure('ErrorOfTheNight'));
  await bot.start();
  const { message } = await oneCard('vm-app-01');
  await bot.restart();
  const { items } = await bot.azure.state('items');
  const again = items.map(({ vaultId }) => alertWorker(bot.deps)(vaultId, AbortSignal.abort()));
  await Promise.all([...again, ...again]);
  expect((await alertCards('vm-app-01')).map((one) => one.message.id)).toEqual([message.id]);
  expect((await bot.rows('alert')).length).toBe(told.length + 1);
});

test('a worker paused between finding and reporting: another one reports it, and it adds nothing when it resumes', async () => {
  const like = (await bot.rows('job')).find(({ vm_name }) => vm_name === 'vm-dup-01')!;
  const vaultId = like.vault_id.replace(/vaults\/rsv-[^/]*$/, 'paused/rsv-paused');
  const fails = async (at: number) => {
    const time = new Date();
    const errors = [{ number: 11, title: 'ErrorInThePause', text: 'It broke.', recommendations: [] }];
    const job = {
      ...(like.body as JobFacts),
      ...{ id: `/jobs/paused-${at}`, name: `paused-${at}`, vaultId, status: 'Failed', operation: 'Backup', errors },
      ...{ startTime: time, endTime: time, activityId: null },
    };
    await keepJobs(bot.database.db, vaultId, [job]);
  };
  const { times, ended, goOn } = await holdTakingIn(bot, vaultId, fails);
  await alertWorker(bot.deps)(vaultId, AbortSignal.abort());
  const { message } = await oneCard('vm-dup-01');
  goOn();
  await ended;
  const made = (await bot.rows('alert')).filter(({ cause_key }) => cause_key.includes('errorinthepause'));
  expect(made.map(({ body }) => (body as Alert).affected.map(({ failures }) => failures))).toEqual([[times]]);
  expect((await alertCards('vm-dup-01')).at(-1)!.message.id).toBe(message.id);
});

test('an unknown status, and the same job twice in an answer, change nothing, and watching continues', async () => {
  await ends('vm-dup-01', { status: 'Dreaming' });
  await ends('vm-neu-01', failure('ErrorSeenTwice', '{{DATE(1)}} <at>x</at>'));
  const twice = (await bot.azure.state('jobs')).jobs.at(-1)!;
  await bot.azure.change({ jobs: [...(await bot.azure.state('jobs')).jobs, twice] });
  const { message } = await oneCard('vm-neu-01');
  expect(message.entities ?? []).toEqual([]);
  const isKept = async () => (await bot.rows('job')).some(({ status }) => status === 'Dreaming');
  await bot.lab.until('the job of the other vault', isKept);
  const rows = (await bot.rows('alert')) as { cause_key: string; body: { affected: { failures: number }[] } }[];
  const made = rows.filter(({ cause_key }) => cause_key.includes('errorseentwice'));
  expect(made.map(({ body }) => body.affected.map(({ failures }) => failures))).toEqual([[1]]);
  expect(rows.some(({ body }) => JSON.stringify(body).includes('Dreaming'))).toBe(false);
});

/** The last job that failed with an error of this title. */
async function jobWith(errorTitle: string): Promise<string> {
  const { jobs } = await bot.azure.state('jobs');
  return jobs.findLast(({ errors }) => errors?.some((one) => one.errorTitle === errorTitle))!.id;
}

const explainRefused =
  "You can't write what an error means. Nothing was done. This needs the administrator role. Ask Ana de Vries.";

test('an undocumented error: an administrator writes cause and fix, which show wherever it is reported from then on', async () => {
  const tears = (vm: string, vault: string, times: string) =>
    failure('ErrorOfTheWeave', `The weave of ${vm} in ${vault} tore ${times} times. <at>Ana</at> {{DATE(1)}}`);
  await ends('vm-app-01', tears('vm-app-01', 'RSV-prod-weu', '17'));
  const untilAlert = (title: string, says: string) => untilCard(bot, title, says);
  const { message, card } = await untilAlert('vm-app-01', 'ErrorOfTheWeave');
  expect(card.text).toContain('The weave of vm-app-01 in RSV-prod-weu tore 17 times. <at>Ana</at> {{DATE(1)}}');
  const write = card.buttons.find(({ title }) => title === say('company.write'))!;
  const of = { error: String(write.data['command']).replace('backup causes ', '') };

  // People who aren't administrators get no form, and what they send by hand is refused as well.
  const ben = bot.in('ben', `${channel};messageid=${message.id}`);
  await ben.sends({ verb: write.verb, data: write.data, on: message });
  const refused = await ben.untilTitle(`${say('refused.may-not', { what: say('may.explain-errors') })}`);
  expect(`${refused.title} ${refused.text}`).toContain('This needs the administrator role. Ask Ana de Vries.');
  const inputs = { cause: 'Bens words', fix: 'Nothing.' };
  expect((await ben.sends({ verb: 'save-cause', data: { ...of, ...inputs }, on: message })).text).toBe(explainRefused);
  expect(await bot.rows('company_entry')).toEqual([]);

  const ana = bot.in('ana', `${channel};messageid=${message.id}`);
  await ana.sends({ verb: write.verb, data: write.data, on: message });
  const form = await ana.untilTitle(say('causes.form-new'));
  expect(form.text).toContain('The weave of vm-app-01');
  const sends = (inputs: object) => ana.sends({ verb: 'save-cause', data: { ...of, ...inputs } });
  const missing = await sends({ cause: ' ' });
  expect(missing.text).toBe(`${say('causes.cause-missing')} ${say('causes.fix-missing')}`);
  expect((await ana.sends({ verb: 'close-cause', data: of })).card?.title).toContain(say('causes.closed'));
  const long = { cause: 'x'.repeat(121), fix: 'x\n'.repeat(11) };
  expect((await sends(long)).text).toContain('this has 121');
  const forged = { verb: 'save-cause', on: message };
  const [no, odd] = [
    await ana.sends({ ...forged, data: { ...inputs, error: '0badc0de' } }),
    await ana.sends({ ...forged, verb: 'x', data: of }),
  ];
  expect(no.card?.title).toContain('No failed job matches 0badc0de');
  expect(odd.text).toBe(say('refusal.unreadable-click'));
  const known = await ana.asks(`backup causes ${(await jobOf('vm-hr-01'))!.slice(0, 8)}`);
  expect(known.title).toContain(say('causes.documented'));
  expect(await bot.rows('company_entry')).toEqual([]);

  // Nothing that is entered has any special meaning.
  const cause = 'The *loom* ${x} <at>Ben</at> {{DATE(2026-11-24T00:00:00Z,SHORT)}} stood still.';
  await ana.asks(`backup causes ${of.error}`);
  await ana.clicks(say('causes.save'), {
    cause,
    fix: 'Start the [loom](https://evil.example).\n\n  Back it up again. ',
  });
  await ana.untilTitle(say('causes.saved'));
  const told = await untilAlert('vm-app-01', 'Written by your company: Ana de Vries');
  expect(told.message.id).toBe(message.id);
  expect(told.card.text).toContain('The *loom* ${x} <at>Ben</at> {{DATE(2026-11-24T00:00:00Z,SHORT)}} stood still');
  expect(told.card.text).toContain('Start the [loom](https://evil.example).');
  expect(told.message.entities ?? []).toEqual([]);
  expect(told.card.links.join()).not.toContain('evil.example');
  expect(told.card.titles).toContain(say('company.edit'));

  // It applies to the next failure with this error, of any VM, and after a restart.
  await ends('vm-neu-01', tears('VM-neu-01', 'rsv-prod-neu', '4'));
  expect((await untilAlert('2 VMs', 'stood still')).message.id).toBe(message.id);
  await bot.restart();
  const later = await bot.asks('ben', 'backup jobs failed');
  expect((await later.card()).text).toContain(`stood still (${say('company.mark')})`);
  const job = await (await bot.asks('ben', `backup job ${await jobWith('ErrorOfTheWeave')}`)).card();
  expect(job.shown).toContain('Written by your company: Ana de Vries');
  const listed = await (await bot.asks('ana', 'backup causes')).card();
  expect([listed.title, listed.titles]).toEqual(['ℹ️ 1 cause written by your company', [say('company.edit-row')]]);
  expect((await (await bot.asks('ben', 'backup causes')).card()).titles).toEqual([]);

  const again = await bot.asks('ana', `backup causes ${of.error}`);
  // The form has what is written, line by line: saved again as it stands there, it stays the same.
  const fixes = ['Start the [loom](https://evil.example).', 'Back it up again.'];
  const stands = (inputs: Awaited<ReturnType<typeof again.card>>['inputs']) =>
    Object.fromEntries(Object.entries(inputs).map(([id, { value }]) => [id, value]));
  expect(stands((await again.card()).inputs)).toEqual({ cause, fix: fixes.join('\n') });
  await again.clicks(say('causes.save'), stands((await again.card()).inputs));
  await again.untilTitle(say('causes.saved'));
  expect(await bot.rows('company_entry')).toMatchObject([{ body: { cause, fixes } }]);
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'dm' });
  await slack.says(`backup causes ${of.error}`);
  const view = JSON.stringify((await slack.opensForm()).blocks);
  for (const typed of [cause, fixes.join('\n')]) expect(view).toContain(`"initial_value":${JSON.stringify(typed)}`);
  await again.asks(`backup causes ${of.error}`);
  await again.clicks(say('causes.remove'));
  await again.untilTitle(say('causes.removed'));
  await bot.as('ana').until('the alert without it', async () => {
    const [one] = (await alertCards('2 VM')).filter((shown) => shown.message.id === message.id);
    return one && !one.card.text.includes('stood still') ? one : null;
  });
  const audit = (await bot.rows('audit')).map(({ entry }) => entry as { what: string; requester: { name: string } });
  expect(audit.filter(({ what }) => what === 'company-entry')).toMatchObject([
    { move: 'save', cause, fixes, requester: { name: 'Ana de Vries' } },
    { move: 'save', cause, fixes },
    { move: 'remove' },
  ]);
});

/** A VM's newest failed job. */
async function jobOf(vm: string): Promise<string | undefined> {
  const rows = (await bot.rows('job')) as { vm_name: string; status: string; body: { name: string } }[];
  return rows.find(({ vm_name, status }) => vm_name === vm && status === 'Failed')?.body.name;
}

test('an unknown word is refused by name, and changes nothing; unwatch ends it', async () => {
  const before = await bot.rows('alert_watch');
  const chat = await bot.thread('ana', 'backup watch colour:red');
  expect((await chat.untilTitle("Can't be watched: colour:red")).text).toContain('tag:');
  expect(await bot.rows('alert_watch')).toEqual(before);
  await (await bot.thread('ana', 'backup watch tag:env=prod rsv-prod-weu')).untilTitle(say('watch.on'));
  expect((await bot.rows('alert_watch')).map(({ scope }) => scope)).toEqual([
    [{ tag: 'env=prod', vault: 'rsv-prod-weu' }],
  ]);
  await (await bot.thread('ana', 'backup unwatch')).untilTitle(say('watch.off'));
  expect(await bot.rows('alert_watch')).toEqual([]);
  await (await bot.thread('ana', 'backup unwatch')).untilTitle(say('watch.was-off'));
});

test('a channel added to kluis.yaml after an alert opened gets it, and unwatch doesn’t end that', async () => {
  expect(await bot.rows('alert_watch')).toEqual([]);
  const routes = bot.deps.alertRoutes as { channel: string; scope: Scope }[];
  const before = (await alertCards('vm-hr-01')).length;
  const copies = (await bot.rows('alert')).map(({ id }) => id);
  await bot.database.db.updateTable('alert').set({ copies: '[]' }).where('id', 'in', copies).execute();
  routes.push({ channel, scope: [{}] });
  await bot.as('ana').until('the card', async () => (await alertCards('vm-hr-01')).length === before + 1);
  await (await bot.thread('ana', 'backup unwatch')).untilTitle(say('watch.by-file'));
  routes.splice(0);
});

test('in Slack as well: in the channel itself, one message per cause, and it is acknowledged there', async () => {
  const ana = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await ana.says('@Kluis backup watch');
  const { ts, thread_ts } = await ana.until(/Do NOT restart vm-hr-01/);
  expect(thread_ts).toBeNull();
  expect(
    (await ana.said()).filter((one) => textOf(one).includes('Do NOT restart vm-hr-01')).map((one) => one.ts),
  ).toEqual([ts]);
  await untilNoted(bot, ts);
  const presses = (action: string) => ana.control('press', { as: 'ana', channel: 'general', ts, action });
  const untilCard = (says: string) => ana.until(new RegExp(`Do NOT restart vm-hr-01[^]*${says}`));
  await presses(say('alert.take-on'));
  await untilCard('Ana de Vries took it on');

  const ben = ana.as('ben');
  await ben.in((await ben.says('@Kluis backup vaults')).ts as string).until('rsv-prod-weu');
  const sends = async (button: string, inputs: (blocks: readonly unknown[]) => Record<string, string>) => {
    const { blocks } = await ana.opensForm(() => presses(say('alert.choose')));
    await untilCard(say('alert.choose'));
    // Nothing was chosen: the form says so at its input.
    const nothing = { [choiceAction]: optionOf(blocks, button) };
    expect(await ana.control('submit', { as: 'ana', inputs: nothing })).toMatchObject({ shown: 'errors' });
    const given = { ...inputs(blocks), [choiceAction]: optionOf(blocks, button) };
    expect(await ana.control('submit', { as: 'ana', inputs: given })).toMatchObject({ shown: 'closed' });
  };
  await sends(say('alert.assign'), (blocks) => ({ [actionOf(blocks, 'assignee')]: optionOf(blocks, 'Ben Jansen') }));
  await untilCard('Ana de Vries assigned it to Ben Jansen');
  const note = await ana.in(ts).untilTold(say('alert.note-assigned', { by: 'Ana de Vries', what: '' }));
  expect(textOf(note)).toContain('<@U0BENJANSN>');
  const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await sends(say('alert.snooze-until'), (blocks) => ({ [actionOf(blocks, 'until')]: day }));
  await untilCard('Snoozed until');
  await presses(say('alert.wake-up'));
  await untilCard(say('alert.snooze-hour'));
});

test('a name and an error full of markup, mentions and dates are shown literally in both chats', async () => {
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  const slack = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  const vmName = 'vm-<at>Ana</at>{{DATE(1)}}<!channel>';
  const errorString = '<@U0ANAVRIES> <!here> {{DATE(2026-01-01T00:00:00Z,SHORT)}} [x](http://x.example) *b* ${vm}';
  await ends('vm-neu-01', { ...failure('ErrorOfMarkup', errorString), vmName });
  const { message, card } = await untilCard(bot, vmName, 'ErrorOfMarkup');
  expect(card.text).toContain(errorString);
  expect(message.entities ?? []).toEqual([]);
  expect(JSON.stringify(message.card)).not.toMatch(/\{\{(DATE|TIME)\((1|2026-01-01)/);
  const there = await slack.until('ErrorOfMarkup');
  expect(textOf(there)).toContain(vmName);
  expect(textOf(there)).toContain(errorString);
  expect(there.text).not.toMatch(/<[!@]/);
  expect(JSON.stringify(there.blocks)).not.toMatch(
    /"type":"mrkdwn","text":"[^"]*<(@|!(?!date\^\d))|"type":"(user|broadcast)"/,
  );
});

test('in Slack, too, the form is a modal: an administrator writes it there, and nobody else', async () => {
  await ends('vm-neu-01', failure('ErrorOfTheLoom', 'Threads broke.'));
  const job = await jobWith('ErrorOfTheLoom');
  const general = new SlackChat(() => bot.url, { person: 'ana', channel: 'general' });
  await general.says('@Kluis backup watch');
  await general.until(/ErrorOfTheLoom|Threads broke/);
  const said = await general.says('@Kluis backup vaults');
  const thread = general.in(said.ts as string);
  await thread.as('ben').says(`@Kluis backup causes ${job}`);
  await thread.as('ben').until(/You can't write what an error means/);
  await thread.says(`@Kluis backup causes ${job}`);
  const form = await thread.until(say('causes.form-new'));
  // The form opens from the message as the bot stored it.
  await untilNoted(bot, form.ts);
  await thread.opensForm();
  const wrong = await thread.submits({ cause: 'Worn threads <!channel>.', fix: 'x'.repeat(400) });
  expect(Object.values(wrong.errors ?? {})).toEqual([say('causes.fix-long', { steps: 10, max: 300 })]);
  expect((await thread.submits({ cause: 'Worn threads <!channel>.', fix: 'Buy new ones.' })).shown).toBe('closed');
  const saved = await thread.until(say('causes.saved'));
  expect(saved.ts).toBe(form.ts);
  expect(JSON.stringify(saved.blocks)).not.toContain('<!channel>');
  await general.until(/Worn threads[^]*Written by your company: Ana de Vries/);
  const written = (await bot.rows('company_entry')).filter(({ key }) => key.includes('erroroftheloom'));
  expect(written).toMatchObject([{ written_by: 'Ana de Vries' }]);
});

test('a backup that completed with warnings leaves the alert open; one that completed closes it', async () => {
  await ends('vm-neu-01', failure('ErrorBeforeWarnings'));
  await untilCard(bot, 'vm-neu-01', 'ErrorBeforeWarnings');
  await ends('vm-neu-01', { status: 'CompletedWithWarnings' });
  await bot.as('ana').until('the warnings are taken in', async () => {
    const warned = (await bot.rows('job')).filter(({ status }) => status === 'CompletedWithWarnings');
    return warned.length > 0 && warned.every(({ told, status }) => told === status);
  });
  // Nor is it a good backup anywhere else.
  const listed = await (await bot.asks('ben', 'backup jobs')).card();
  expect(listed.shown).toContain('vm-neu-01: backup completed with warnings');
  expect((await (await bot.asks('ben', 'backup job rg-neu/vm-neu-01')).card()).title).toMatch(/^⚠️ vm-neu-01/u);
  // A night lasts until noon: what ends now may belong to the next one.
  const midnight = new Date(new Date().setUTCHours(0, 0, 0, 0)).toISOString();
  await ends('vm-app-02', { status: 'CompletedWithWarnings', start: midnight, end: midnight });
  await bot.as('ana').until('the night has it', async () => {
    const digest = await (await bot.asks('ben', 'backup digest')).card();
    return (
      /with warnings: .*vm-app-02/.test(digest.details.join('\n')) || digest.text.includes('with warnings: vm-app-02')
    );
  });
  const mine = async () => (await bot.rows('alert')).find(({ cause_key }) => cause_key.includes('errorbeforewarnings'));
  expect(await mine()).toMatchObject({ closed_at: null });
  await ends('vm-neu-01', { status: 'Completed' });
  await bot.as('ana').until('it is closed', async () => (await mine())?.closed_at);
});

test('if no job of a good backup is known, the newest recovery point says when it was', async () => {
  const { jobs } = await bot.azure.state('jobs');
  await bot.azure.change({ jobs: jobs.filter(({ vmName }) => vmName !== 'vm-neu-01') });
  await bot.database.db.deleteFrom('job').where('vm_name', '=', 'vm-neu-01').execute();
  await ends('vm-neu-01', failure('ErrorWithoutBooks'));
  const { card } = await untilCard(bot, 'vm-neu-01', 'ErrorWithoutBooks');
  expect(card.text).toMatch(/last good backup \d+ \w+( \d{4})? \d\d:\d\d UTC/);
});
