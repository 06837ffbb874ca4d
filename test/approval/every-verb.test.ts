import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../src/bot/commands/commands.ts';
import { firstUsers } from '../../src/lab/slack/workspace.ts';
import { words } from '../../src/message/words.ts';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import { root } from '../docs/pages.ts';
import { SlackChat, textOf, type SlackPerson } from '../slack/support/slack-client.ts';
import { account, asksAnew, type AccountEnd } from '../support/account.ts';
import type { BotChat, PersonKey } from '../support/bot-chat.ts';
import { channel, threadOf } from '../support/channel-cards.ts';
import { eventually } from '../support/eventually.ts';
import { addMachines } from '../support/more-machines.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
/** Only Ana and Ben have a role: Chris has none, and Dirk isn't linked. */
const config = `
roles:
  operator: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}']
  approver: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}']
  admin: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}']
rules: [{ operation: protect, approvals: 1 }]
breakGlass: { group: ['user:${PEOPLE.ana}', 'user:${PEOPLE.ben}'], perMonth: 5 }
channels: [{ id: '${channel}', approvers: true }, { id: C0GENERAL1, approvers: true }]
`;

/** Every verb of a button, by what it is about. */
const verbs = {
  request: ['approve', 'deny', 'withdraw', 'begin', 'open-break-glass', 'break-glass', 'close-glass'],
  glass: ['review'],
  dialog: ['submit', 'change', 'back', 'again', 'cancel', 'show'],
  closed: ['reopen'],
  operation: ['cancel-backup', 'go-on', 'clean-up', 'choose-again'],
  alert: [
    ...['take-on', 'choose', 'assign', 'snooze-hour', 'snooze-day', 'snooze-until', 'wake-up', 'intended', 'back'],
  ],
  error: ['save-cause', 'remove-cause', 'close-cause'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
type On = keyof typeof verbs;
type Copy = { readonly conversation: string; readonly message: string };
const all = (Object.keys(verbs) as On[]).flatMap((on) => verbs[on].map((verb) => [verb, on] as const));

test('these are all the verbs that the code has a button for, or answers to', () => {
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  const found = (paths: readonly string[], pattern: RegExp) =>
    paths.flatMap((path) => [...text(path).matchAll(pattern)].map(([, verb]) => verb!));
  const src = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join('src', path));
  const answered = src.filter((path) => path.startsWith('src/bot/'));
  const switches = answered.filter((path) => /switch \((click\.)?verb\)/.test(text(path)));
  const known = new Set([
    ...found(src, /\bverb: '([a-z-]+)'/g),
    ...found(answered, /\bverb [!=]== '([a-z-]+)'/g),
    ...found(switches, /case '([a-z-]+)':/g),
  ]);
  expect(switches.length).toBeGreaterThan(2);
  // `command` types a command: each of those is below.
  expect([...known].toSorted()).toEqual([...new Set(['command', ...all.map(([verb]) => verb)])].toSorted());
});

let bot: TestBot;
/** The alert that is pressed on. */
let pressedAlert: string;
/** How somebody presses on each of these, in each chat; resolves with what they are told. */
type Presses = (who: string, verb: string, inputs: Record<string, string>) => Promise<string>;
const places: { readonly teams: Record<string, Presses>; readonly slack: Record<string, Presses> } = {
  ...{ teams: {}, slack: {} },
};
const slack = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'general' });

beforeAll(async () => {
  const waits = { vaultLook: 3_600_000, vaultIdle: 1_000 };
  bot = await startBot({ database: 'postgres', config, waits, leases: { sweep: 300 } });
  await bot.azure.failedLately();
  await addMachines(bot.azure, 1);
  await slack('ana').says('@Kluis help'); // so that the channel is known
  await bot.asks('ana', 'backup vaults');
  await (await bot.thread('ana', 'backup watch')).untilTitle(say('watch.on'));
  await eventually('an alert', async () => (await bot.rows('alert')).length > 0);
  await slack('ana').says('@Kluis backup watch');
  const isInBoth = ({ copies }: { copies: unknown }) =>
    ['teams:', 'slack:'].every((chat) => (copies as Copy[]).some(({ conversation }) => conversation.startsWith(chat)));
  const alert = await eventually('an alert in both', async () => (await bot.rows('alert')).find(isInBoth));
  const copyAt = (copies: unknown, chat: 'teams' | 'slack') => {
    const copy = (copies as Copy[]).find(({ conversation }) => conversation.startsWith(`${chat}:`));
    const posted = async () => (await bot.rows('message')).find(({ id }) => id === copy?.message)?.platform_id;
    return eventually(`the copy in ${chat}`, posted);
  };
  pressedAlert = alert.id;
  const ofAlert = await copyAt(alert.copies, 'teams');
  const message = (await bot.lab.messages(channel, 'ana')).find(({ id }) => id === ofAlert)!;
  const error = await jobFailed();
  const inTeams = (chat: BotChat, data: object, on?: typeof message): Presses => {
    return async (who, verb, inputs) => {
      const answer = await chat.as(who as PersonKey).sends({ verb, data: { ...data, ...inputs }, ...(on && { on }) });
      return answer.text ?? JSON.stringify(answer.card ?? {});
    };
  };
  const chat = await bot.asks('ana', 'backup vm-plain-01');
  const open = await bot.asks('ana', 'backup vm-off-01');
  const closed = await bot.asks('ana', 'backup vm-sql-01');
  const title = say('button.ask-approval-to', { what: 'Protect only' });
  await chat.clicks(title);
  await chat.untilWaits('0 of 1');
  await chat.clicks(say('button.break-glass'));
  await chat.untilButton(say('glass.go'));
  await closed.clicks(say('button.cancel'));
  const running = await bot.thread('ana', 'backup now vm-app-01');
  await running.untilTitle(/is backed up/);
  places.teams['request'] = inTeams(chat, await requestIn(chat.id));
  places.teams['dialog'] = inTeams(open, await dialogIn(open.id));
  places.teams['closed'] = inTeams(closed, await dialogIn(closed.id));
  places.teams['operation'] = inTeams(running, await operationIn(running.id));
  const below = threadOf(bot, { message }, 'ana');
  places.teams['alert'] = inTeams(below, { alert: alert.id }, message);
  places.teams['error'] = inTeams(below, { error }, message);

  const own = async (text: string, until: string | RegExp) => {
    const thread = slack('ana').in((await slack('ana').says(`@Kluis ${text}`)).ts as string);
    await thread.until(until);
    return thread;
  };
  const asked = await own('backup vm-cmk-01', title);
  await asked.presses(title);
  await asked.until('0 of 1 · until');
  const [opened, ended] = [
    await own('backup vm-agentless-01', 'vm-agentless-01'),
    await own('backup vm-sql-01', title),
  ];
  await ended.presses(say('button.cancel'));
  const done = await own('backup now vm-app-01', /is backed up/);
  places.slack['request'] = inSlack(asked, await requestIn(idOf(asked)));
  places.slack['dialog'] = inSlack(opened, await dialogIn(idOf(opened)));
  places.slack['closed'] = inSlack(ended, await dialogIn(idOf(ended)));
  places.slack['operation'] = inSlack(done, await operationIn(idOf(done)));
  const ts = await copyAt(alert.copies, 'slack');
  places.slack['alert'] = inSlack(slack('ana'), { alert: alert.id }, ts);
  places.slack['error'] = inSlack(slack('ana'), { error }, ts);

  const broken = await bot.asks('ana', 'backup vm-more-01');
  await broken.clicks(title);
  await broken.untilWaits('0 of 1');
  await broken.clicks(say('button.break-glass'));
  await broken.clicks(say('glass.go'), { vm: 'vm-more-01', reason: 'now' });
  await broken.untilButton(say('glass.review'));
  await eventually('their ends', async () => (await bot.rows('operation')).every(({ status }) => status !== 'running'));
  const { copies, ...glass } = (await bot.rows('approval_request')).find(({ state }) => state === 'started')!;
  const data = { request: glass.id, digest: glass.digest };
  places.teams['glass'] = inTeams(broken, data);
  places.slack['glass'] = inSlack(slack('ana'), data, await copyAt(copies, 'slack'));
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const idOf = ({ thread }: SlackChat) => `slack:T0CONTOSO1:C0GENERAL1:${thread}`;
const jobFailed = async () =>
  (await bot.azure.state('jobs')).jobs.findLast(({ status }) => status === 'Failed')!.id.slice(0, 8);
async function dialogIn(conversation: string) {
  const found = (await bot.rows('dialog')).find((one) => one.conversation_id === conversation)!;
  return { dialog: found.id, revision: found.revision, step: 'disks', go: 'protect' };
}
async function requestIn(conversation: string) {
  const { dialog } = await dialogIn(conversation);
  const { id, digest } = (await bot.rows('approval_request')).find((one) => one.dialog_id === dialog)!;
  return { request: id, digest };
}
async function operationIn(conversation: string) {
  const found = (await bot.rows('operation')).find((one) => one.conversation_id === conversation)!;
  return { operation: found.id, command: 'backup vm-app-01' };
}

/** A press that Slack signs, of a button with any value: on a thread’s newest card, or a message of the channel. */
function inSlack(at: SlackChat, data: object, on?: string): Presses {
  return async (who, verb, inputs) => {
    const thread = at.as(who as SlackPerson);
    const ts = on ?? (await at.said()).findLast(({ onlyYou }) => !onlyYou)!.ts;
    const user = { id: firstUsers()[who as SlackPerson].id, name: who };
    // What is said about a card of the channel is beside it, and how to sign in is below it.
    const here = on === undefined ? [thread] : [thread, thread.in(on)];
    const all = async () => (await Promise.all(here.map((one) => one.said()))).flat().filter(({ onlyYou }) => onlyYou);
    const before = new Set((await all()).map(({ ts: id }) => id));
    const below = at.thread === null ? {} : { thread_ts: at.thread };
    const fields = Object.entries(inputs).map(([id, value]) => [`in/text/${id}/`, { type: 'plain_text_input', value }]);
    const payload = {
      ...{ type: 'block_actions', user, team: { id: 'T0CONTOSO1' }, channel: { id: 'C0GENERAL1' } },
      ...{ message: { ts, ...below }, state: { values: { any: Object.fromEntries(fields) } } },
      container: { type: 'message', message_ts: ts, channel_id: 'C0GENERAL1', ...below },
      actions: [
        { type: 'button', action_id: 'any', value: JSON.stringify({ v: verb, d: data }), action_ts: `${++pressed}.1` },
      ],
    };
    await at.control('deliver', { kind: 'interaction', payload });
    const told = async () => (await all()).find(({ ts: id }) => !before.has(id));
    return textOf(await eventually(`an answer to ${verb}`, told));
  };
}
let pressed = 1;

/**
 * Everything that a person's click could change; what they are answered is a message of its own, and what Kluis does by
 * itself meanwhile is no part of it.
 */
async function rows() {
  const tables = [
    'operation',
    'kek_exception',
    'drill_approval',
    'break_glass',
    'alert_watch',
    'company_entry',
  ] as const;
  const whole = await Promise.all([...tables, 'person_link'].map((table) => bot.rows(table as 'operation')));
  const requests = (await bot.rows('approval_request')).map(({ id, state, votes, glass, terms }) => ({
    id,
    state,
    votes,
    glass,
    terms,
  }));
  const dialogs = (await bot.rows('dialog')).map(({ id, revision, status }) => ({ id, revision, status }));
  // Others come and end by what Kluis sees of Azure meanwhile; nobody has taken on or snoozed one.
  const alerts = (await bot.rows('alert')).flatMap(({ id, body, snoozed_until, closed_at }) => {
    const { takenOn } = body as { takenOn?: unknown };
    if (id === pressedAlert) return [{ id, takenOn, snoozed_until, closed_at }];
    return takenOn || snoozed_until ? [{ id, takenOn, snoozed_until }] : [];
  });
  const audit = (await bot.rows('audit')).map(({ entry }) => (entry as { what: string }).what);
  return { whole, requests, dialogs, alerts, audit };
}

/** What is said to somebody because of who they are; nothing else tells that a verb asked about that. */
type Unsaid =
  | 'not-approver'
  | 'not-your-request'
  | 'not-your-start'
  | 'not-break-glass'
  | 'not-allowed'
  | 'no-guests'
  | 'no-account'
  | 'not-linked';
const because = (...codes: Unsaid[]) => codes.map((code) => say(`refusal.${code}`));
const noRole = [
  ...because('not-approver', 'not-your-request', 'not-your-start', 'not-break-glass', 'not-allowed'),
  "You can't",
  'This needs',
];
const inputs = { vm: 'vm-plain-01', reason: 'because', note: 'seen', cause: 'mine', fix: 'none' };

type Being = { readonly who: string; readonly becomes?: AccountEnd; readonly isGuest?: true; readonly told: string[] };
const inTeams: Readonly<Record<string, Being>> = {
  'nobody’s role': { who: 'chris', told: noRole },
  'a guest of the tenant': { who: 'chris', becomes: 'guest', told: [...because('no-guests'), ...noRole] },
  'an approver whose account is disabled': { who: 'ben', becomes: 'disabled', told: because('no-account') },
};
const inSlackToo: Readonly<Record<string, Being>> = {
  ...inTeams,
  'a member who isn’t linked': {
    who: 'admin',
    told: [...because('not-linked', 'not-your-request', 'not-your-start'), 'know who you are'],
  },
  'a guest of the workspace who isn’t linked': {
    ...{
      who: 'admin',
      isGuest: true,
      told: [...because('not-linked', 'no-guests', 'not-your-request', 'not-your-start'), 'know who you are'],
    },
  },
};
const beings = [
  ...Object.entries(inTeams).map(([is, being]) => ({ chat: 'teams' as const, is, being })),
  ...Object.entries(inSlackToo).map(([is, being]) => ({ chat: 'slack' as const, is, being })),
];

describe.each(beings)('$is, in $chat', ({ chat, being }) => {
  const { who, becomes, isGuest, told } = being;
  const entra = PEOPLE[who === 'ben' ? 'ben' : 'chris'];
  let directory: Awaited<ReturnType<typeof bot.azure.state<'directory'>>>;
  beforeAll(async () => {
    directory = await bot.azure.state('directory');
    if (becomes) await account(bot, entra, becomes);
    if (isGuest) await slack('ana').control('person', { as: who, isGuest });
  });
  afterAll(async () => {
    await bot.azure.change(directory);
    if (becomes) await asksAnew(bot, entra);
    if (isGuest) await slack('ana').control('person', { as: who, isGuest: false });
  });

  test.each(all)('%s on %s: no row changes, and they are told that it is because of who they are', async (verb, on) => {
    const before = await rows();
    const answer = await places[chat][on]!(who, verb, inputs);
    expect(await rows()).toEqual(before);
    expect([verb, answer, told.some((one) => answer.includes(one))]).toEqual([verb, answer, true]);
  });

  test('no command changes any, and each is answered', async () => {
    const before = await rows();
    for (const { word } of commands) {
      const text = `backup ${word} vm-app-01`;
      if (chat === 'teams') {
        const own = bot.as(who as PersonKey);
        const seen = (await own.cards()).length;
        await own.says(text);
        await own.until(`an answer to ${word}`, async () => (await own.cards()).length > seen);
      } else {
        const own = slack(who as SlackPerson);
        const seen = (await own.said()).length;
        await own.says(`/${text}`);
        await eventually(`an answer to ${word}`, async () => (await own.said()).length > seen);
      }
    }
    expect(await rows()).toEqual(before);
  });
});
