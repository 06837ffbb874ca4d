import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { isDeepStrictEqual } from 'node:util';
import { decideOn } from '../../src/approval/decide.ts';
import { approvalFor } from '../../src/bot/approval/start-approved.ts';
import { inTransaction, type Unit } from '../../src/bot/deps.ts';
import type { Inbound } from '../../src/bot/port.ts';
import { rightsOf } from '../../src/bot/rights/turn-rights.ts';
import { readingRights } from '../../src/bot/reading-rights.ts';
import { turnClick } from '../../src/bot/turn/turn-click.ts';
import type { Person } from '../../src/core/person.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { words } from '../../src/message/words.ts';
import { planDigest, type Plan } from '../../src/operations/parts/plan.ts';
import { readPlan } from '../../src/operations/stored-operation.ts';
import { requestById, saveRequest } from '../../src/store/approvals.ts';
import { conversationById } from '../../src/store/conversations.ts';
import { dialogById } from '../../src/store/dialogs.ts';
import type { BotChat } from '../support/bot-chat.ts';
import { SlackChat, textOf, type SlackPerson } from '../slack/support/slack-client.ts';
import { eventually } from '../support/eventually.ts';
import { choosesNewVm, requestsRestore } from '../support/restore-talk.ts';
import { mutated } from '../support/mutated.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ids = { ana: '00000000-0000-0000-0000-0000000000a1', ben: '00000000-0000-0000-0000-0000000000b1' };
const config = `
roles:
  operator: [everyone]
  approver: ['user:${ids.ana}', 'user:${ids.ben}']
rules:
  - { approvals: 1 }
channels: [{ id: C0GENERAL1, approvers: true }]
`;
const grants = 'Give access, protect and back up';

let bot: TestBot;
let chat: BotChat;
let plan: Plan;
let restoring: Plan;
let genuine: { readonly request: string; readonly digest: string };
let dialog: { readonly id: string; readonly revision: number };

/** The pending request. */
const pending = async () => (await bot.rows('approval_request')).find(({ state }) => state === 'pending')!;

/** Ana has requested a new VM, and withdrawn that; and access to a key vault, protection and a backup. */
beforeAll(async () => {
  bot = await startBot({ database: 'postgres', config });
  const restore = await choosesNewVm(bot, 'vm-app-01', 'vm-app-01-new');
  await requestsRestore(restore);
  restoring = readPlan((await pending()).plan)!;
  await restore.clicks(say('button.withdraw'));
  await restore.untilTitle('request withdrawn');
  await inSlack('chris').says('@Kluis help');
  chat = await bot.asks('ana', 'backup vm-web-01');
  await chat.clicks((await chat.card()).titles.find((title) => title.endsWith(grants))!);
  await chat.untilWaits('0 of 1');
  const row = await pending();
  genuine = { request: row.id, digest: row.digest };
  dialog = { id: row.dialog_id, revision: (await dialogById(bot.database.db, row.dialog_id))!.state.revision };
  plan = readPlan(row.plan)!;
});
afterAll(() => bot?.[Symbol.asyncDispose]());

/** The approvers' channel in Slack, where the request is shown too. */
const inSlack = (person: SlackPerson) => new SlackChat(() => bot.url, { person, channel: 'general' });

const requestNow = async () => (await requestById(bot.database.db, genuine.request))!.request;
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');
/** Whether two plans do the same. What is told along with one, such as names and amounts, doesn't count. */
const doTheSame = (one: unknown, other: unknown) => isDeepStrictEqual(withoutTold(one), withoutTold(other));
const withoutTold = (plan: unknown) => {
  const read = asJson(plan);
  if (typeof read === 'object' && read !== null) Reflect.deleteProperty(read, 'told');
  return read;
};

/** A plan without a canonical form has no digest and can't start. */
function digestIfAny(made: unknown): string | null {
  try {
    return planDigest(made as Plan);
  } catch {
    return null;
  }
}

test('10,000 plans changed after the approval: none equals the approved one, not even with one letter changed', async () => {
  expect(plan.parts.map(({ does }) => does)).toEqual(['grant-key-vault-access', 'protect', 'back-up-now']);
  const ofRestore = restoring.parts.map(({ does }) => does);
  expect(ofRestore.slice(0, 4)).toEqual([
    'restore-disks',
    'restore-key-and-secret',
    'point-disks-to-keys',
    'create-vm',
  ]);
  const now = new Date();
  const request = await requestNow();
  let changed = 0;
  const wrong: unknown[] = [];
  for (const asked of [plan, restoring]) {
    const approved = { ...request, digest: planDigest(asked), state: 'approved' as const, approvedAt: now };
    const terms = { ...approved.terms, approvals: 0 };
    const start = (digest: string) =>
      decideOn(approved, { kind: 'start', digest, voters: [], terms }, { now, here: now });
    fc.assert(
      fc.property(mutated([() => structuredClone(asked)]), (made) => {
        const isSame = doTheSame(made, asked);
        changed += isSame ? 0 : 1;
        const digest = digestIfAny(made);
        if (digest === null) return;
        const come = isSame ? null : start(digest);
        const isReplaced = come !== null && !isRefusal(come) && come.state === 'superseded';
        if ((digest === approved.digest) !== isSame || (!isSame && !isReplaced)) wrong.push(made);
      }),
      { numRuns: 6_000 },
    );
  }
  expect(wrong).toEqual([]);
  expect(changed).toBeGreaterThan(10_000);
});

/** Does it and undoes it, so that the request is as before. */
async function undone<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
  let done: [T] | null = null;
  const undo = new Error('undone');
  await inTransaction(bot.deps, async (unit) => {
    done = [await work(unit)];
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return done![0];
}

test('and none of those starts from the store, while the approved one does', async () => {
  const waiting = (await dialogById(bot.database.db, dialog.id))!;
  const starts = (of: Plan, asked: Plan) =>
    undone(async (unit) => {
      // Read each time: what was read a minute ago counts for nothing, and a busy machine takes longer for all of them.
      const ben = (await rightsOf(bot.deps, { id: ids.ben, name: 'Ben', platformId: '29:ben' }, null))!;
      await sql`update approval_request set plan = ${JSON.stringify(asked)}::jsonb, digest = ${planDigest(asked)}
        where id = ${genuine.request}`.execute(unit.q);
      const { request } = (await requestById(unit.q, genuine.request, 'toMove'))!;
      const vote = { person: ids.ben, name: 'Ben', decision: 'approve', reason: null, at: new Date() } as const;
      const approved = { ...request, state: 'approved' as const, approvedAt: new Date(), votes: [vote] };
      await saveRequest(unit.q, approved, { openUntil: new Date(Date.now() + 60_000) });
      const voters = [{ ...ben.voter([]), name: 'Ben', guest: false }];
      const starting = { dialog: waiting, plan: of, terms: request.terms, requester: ids.ana, voters };
      const outcome = await approvalFor(bot.deps, unit, starting);
      return isRefusal(outcome) ? outcome.refused : outcome.is;
    });
  for (const asked of [plan, restoring]) {
    expect(await starts(asked, asked)).toBe('start');
    const readable = mutated([() => structuredClone(asked)]).map((made) => readPlan(asJson(made)));
    const different = readable.filter((made) => made !== null && !doTheSame(made, asked));
    for (const made of fc.sample(different, { numRuns: 75 })) {
      // A change that removes a name needed for the difference is a fault, and starts nothing either.
      const outcome = await starts(made!, asked).catch(() => 'fault');
      expect(outcome).toMatch(/^replaced$|^fault$/);
    }
  }
});

type Forged = {
  readonly who: 'ana' | 'ben' | 'chris' | 'guest' | 'unlinked';
  readonly here: boolean;
  readonly verb: unknown;
  readonly data: unknown;
  readonly inputs: unknown;
};

const persons: Readonly<Record<Forged['who'], Person>> = {
  ana: { id: ids.ana, name: 'Ana de Vries', platformId: '29:ana' },
  ben: { id: ids.ben, name: 'Ben Jansen', platformId: '29:ben' },
  chris: { id: '00000000-0000-0000-0000-0000000000c1', name: 'Chris Meier', platformId: '29:chris' },
  guest: { id: ids.ben, name: 'Ben Jansen', platformId: '29:ben', guest: true },
  unlinked: { id: 'U0DIRK', name: 'Ben Jansen', platformId: 'U0DIRK', unlinked: true },
};

/** Whether the card offers this very click to this person: then it is no forgery. */
function isOffered({ who, here, verb, data, inputs }: Forged): boolean {
  const { request, digest } = (data ?? {}) as Record<string, unknown>;
  const isIt = here && typeof request === 'string' && request.toLowerCase() === genuine.request;
  if (who === 'ana' && (verb === 'withdraw' || verb === 'cancel')) return true;
  if (!isIt || digest !== genuine.digest) return false;
  const reason = (inputs as Record<string, unknown> | null)?.['reason'];
  const denies = verb === 'deny' && typeof reason === 'string' && reason.trim() !== '';
  return who === 'ben' && (verb === 'approve' || denies);
}

const offered = () => ({ ...genuine });
const onDialog = () => ({ dialog: dialog.id, revision: dialog.revision });
const forged: fc.Arbitrary<Forged> = fc.record({
  who: fc.constantFrom<Forged['who']>('ben', 'ben', 'ben', 'ana', 'chris', 'guest', 'unlinked'),
  here: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  verb: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('approve', 'deny', 'withdraw') },
    fc.constantFrom('APPROVE', 'approve ', 'start', 'approved', 'submit', 'cancel', 'again', 'reopen', '__proto__', ''),
  ),
  data: fc.oneof(
    { weight: 2, arbitrary: fc.constant(null).map(offered) },
    { weight: 4, arbitrary: mutated([offered, () => ({ ...offered(), ...onDialog() }), onDialog]) },
    fc
      .constantFrom(
        (d: typeof genuine) => ({ ...d, digest: d.digest.toUpperCase() }),
        (d: typeof genuine) => ({ ...d, digest: d.digest.slice(0, 8) }),
        (d: typeof genuine) => ({ ...d, digest: `${d.digest} ` }),
        (d: typeof genuine) => ({ ...d, request: d.digest.slice(0, 36) }),
      )
      .map((change) => change(genuine)),
  ),
  inputs: fc.constantFrom({}, { reason: ' ' }, { reason: 'no' }, { digest: '0' }, { reason: ['no'] }),
});

test('10,000 forged clicks, read as the bot reads them: none counts, but the genuine one does', async () => {
  const { db } = bot.database;
  const here = (await conversationById(db, chat.id))!;
  const seen = { ...here, platform: 'teams', kind: 'channel' } as Inbound['conversation'];
  const rights = new Map<Forged['who'], Awaited<ReturnType<typeof rightsOf>>>();
  // What was read of a person counts for a minute, which a busy machine may need for some of the clicks.
  const readRights = async () => {
    for (const [who, person] of Object.entries(persons))
      rights.set(who as Forged['who'], await rightsOf(bot.deps, person, here.channel));
  };
  const before = (await dialogById(db, dialog.id))!;
  const refusals = new Map<string, number>();
  const press = async (unit: Unit, { who, here: isHere, verb, data, inputs }: Forged) => {
    const conversation = isHere ? seen : { ...seen, id: `${seen.id};elsewhere` };
    const reader = { locale: 'en' as const, timeZone: null };
    const event = { kind: 'click', messageId: null, verb, data, inputs } as Extract<
      Inbound['event'],
      { kind: 'click' }
    >;
    const inbound: Inbound = { key: 'k', conversation, person: persons[who], reader, event };
    const context = { locale: 'en' as const, timeZone: 'UTC', simulated: true };
    const read = { rights: rights.get(who)!, voters: [], tags: new Map() };
    const answer = await turnClick({ deps: bot.deps, unit, inbound, context, ...read }, event);
    const told = isRefusal(answer) ? answer.refused : answer.show;
    refusals.set(told, (refusals.get(told) ?? 0) + 1);
  };
  const clicks = fc.sample(
    forged.filter((one) => !isOffered(one)),
    { numRuns: 10_000 },
  );
  for (let at = 0; at < clicks.length; at += 250) {
    await readRights();
    await inTransaction(bot.deps, async (unit) => {
      for (const click of clicks.slice(at, at + 250)) {
        // Whom the directory names may have to be asked for again in between.
        await readingRights(() => press(unit, click)).catch((error: unknown) => {
          throw new Error(`${JSON.stringify(click)}: ${String(error)}`);
        });
      }
    });
    const { state, votes } = await requestNow();
    expect({ at, state, votes }).toEqual({ at, state: 'pending', votes: [] });
  }
  expect((await dialogById(db, dialog.id))!.state).toEqual(before.state);
  // They reached each check, otherwise they would have proved little.
  for (const code of [
    'unreadable-click',
    'unknown-dialog',
    'other-plan',
    'own-request',
    'not-approver',
    'no-guests',
    'not-linked',
  ])
    expect([code, refusals.get(code) ?? 0]).not.toEqual([code, 0]);
  expect(await bot.rows('operation')).toEqual([]);
});

test('some of them over HTTP, each refused with its reason, and then the genuine one, which alone counts', async () => {
  const elsewhere = await bot.asks('ben', 'backup vaults');
  const sends = (at: BotChat, { who, verb, data, inputs }: Pick<Forged, 'who' | 'verb' | 'data' | 'inputs'>) =>
    at.as(who as 'ana').sends({ verb: String(verb), data, inputs: inputs as Record<string, unknown> });
  const approves = { who: 'ben', verb: 'approve', data: genuine, inputs: {} } as const;
  const refused = [
    ['unknown-dialog', elsewhere, approves],
    ['unreadable-click', chat, { ...approves, verb: 'start' }],
    ['unreadable-click', chat, { ...approves, data: { request: genuine.request } }],
    ['other-plan', chat, { ...approves, data: { ...genuine, digest: genuine.digest.toUpperCase() } }],
    ['own-request', chat, { ...approves, who: 'ana' }],
    ['not-approver', chat, { ...approves, who: 'chris' }],
    ['not-your-request', chat, { ...approves, verb: 'withdraw' }],
    ['reason-missing', chat, { ...approves, verb: 'deny' }],
  ] as const;
  for (const [code, at, click] of refused)
    expect([code, (await sends(at, click)).text]).toEqual([code, say(`refusal.${code}`)]);
  await inSlack('chris').control('person', { as: 'chris', isGuest: true });
  for (const [person, text] of [
    ['chris', say('refusal.no-guests')],
    ['admin', 'know who you are in Microsoft Entra ID'],
  ] as const) {
    const there = inSlack(person);
    await there.until('0 of 1 · until');
    await there.presses(say('button.approve'));
    const told = async () => (await there.said()).find((one) => one.onlyYou && textOf(one).includes(text));
    await eventually(`what ${person} is told`, told);
  }
  const passesThePlatform = ({ who, verb, data }: Forged) =>
    verb !== '' && ['ben', 'ana', 'chris'].includes(who) && fc.stringify(data).startsWith('{');
  const clicks = fc.sample(
    forged.filter((one) => !isOffered(one) && passesThePlatform(one)),
    { numRuns: 100 },
  );
  for (const click of clicks) await sends(click.here ? chat : elsewhere, click);
  expect(await requestNow()).toMatchObject({ state: 'pending', votes: [] });
  expect(await bot.rows('operation')).toEqual([]);
  await chat.as('ben').clicks(say('button.approve'));
  await chat.untilTitle(/vm-web-01 is backed up/);
  expect(await requestNow()).toMatchObject({ state: 'started', votes: [{ person: ids.ben }] });
  expect(await bot.rows('operation')).toHaveLength(1);
});
