import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { ApprovalEvent, Voter } from '../../src/approval/decide.ts';
import { begin } from '../../src/dialog/advance.ts';
import { remind } from '../../src/bot/approval/remind.ts';
import { askForApproval } from '../../src/bot/approval/ask-for-approval.ts';
import { approvalFor, noteStarted, refuseAtStart, type Starting } from '../../src/bot/approval/start-approved.ts';
import { moveRequest } from '../../src/bot/decisions/move-request.ts';
import { inTransaction, type Deps, type Unit } from '../../src/bot/deps.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import { requestById } from '../../src/store/approvals.ts';
import { breakGlassCounts } from '../../src/store/break-glass.ts';
import type { Database, Queries } from '../../src/store/database.ts';
import { link } from '../../src/store/person-links.ts';
import { unlink } from '../support/unlink.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { addDialog } from '../store/sample-rows.ts';
import {
  type As,
  type Deed,
  Expected,
  latestStart,
  people,
  perMonth,
  type Person,
  requester,
  standings,
  type Team,
  type Today,
  within,
} from './machine-model.ts';
import { walks } from './machine-walks.ts';

const plan = { version: 3, vms: [{ id: '/subscriptions/s/vm', name: 'vm' }], parts: [] } as const satisfies Plan;
const changed = { ...plan, vms: [{ id: '/subscriptions/s/other', name: 'other' }] } as const satisfies Plan;
const minute = 60_000;

let bot: TestBot;
let second: Database;
beforeAll(async () => {
  const config = `breakGlass: { group: 'user:00000000-0000-0000-0000-0000000000d1', perMonth: ${perMonth} }`;
  // The bot's own sweep would end a request in between.
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 24 * 60 * minute } });
  second = await bot.second();
  await addDialog(bot.database.db, { conversationId: 'machine' });
});
afterAll(async () => {
  await second?.close();
  await bot?.[Symbol.asyncDispose]();
});

class Crash extends Error {}

/** The member of Slack who began a plan, and the two stores. */
type Made = { readonly member: string; readonly sides: readonly [Deps, Deps] };

/** A request in the database, and the two stores that change it. */
class Real {
  readonly id: string;
  readonly starting: Starting;
  readonly #member: string;
  readonly #sides: readonly [Deps, Deps];

  private constructor(id: string, starting: Starting, { member, sides }: Made) {
    this.id = id;
    this.#member = member;
    this.starting = starting;
    this.#sides = sides;
  }

  static async asks(approvals: number): Promise<Real> {
    const member = `U${randomUUID()}`;
    await bot.database.db.deleteFrom('person_link').execute();
    await link(bot.database.db, { team: 'T1', platformId: member }, 'eva');
    await link(bot.database.db, { team: 'T2', platformId: member }, 'ben');
    const sides = [bot.deps, { ...bot.deps, database: second }] as const;
    const who = (name: Person) => ({ id: name, name, platformId: name });
    const dialog = {
      id: randomUUID(),
      conversationId: 'machine',
      channel: null,
      isPersonal: false,
      messageId: randomUUID(),
      state: begin('backup'),
      openedBy: { ...who(requester), id: `T1/${member}`, platformId: member, team: 'T1', unlinked: true as const },
      actor: who(requester),
      locale: 'en' as const,
      timeZone: 'UTC',
      lookup: null,
    };
    const terms = termsOf({ approvals });
    const starting: Starting = { dialog, plan, terms, requester, voters: [] };
    const { request } = await inTransaction(bot.deps, (unit) =>
      askForApproval({ deps: bot.deps, unit }, starting, terms),
    );
    return new Real(request.id, starting, { member, sides });
  }

  async row() {
    const stored = await requestById(bot.database.db, this.id);
    const { state, votes, terms, glass, createdAt } = stored!.request;
    const yes = votes.filter(({ decision }) => decision === 'approve').map(({ person }) => person);
    await sql`update break_glass set at = now()`.execute(bot.database.db); // another month may have begun
    const { used } = await breakGlassCounts(bot.database.db);
    const isReviewed = Boolean(glass?.review);
    const { approvals: needed, withinMs, startMs, startedBy } = terms;
    const now = { glass: glass?.person ?? null, isReviewed, used, remindAt: minutesFrom(createdAt, stored!.remindAt) };
    const byRequester = startedBy === 'requester';
    return { state, yes: yes.toSorted(), needed, terms: [withinMs, startMs, byRequester], ...now };
  }

  async passes(minutes: number): Promise<void> {
    const by = sql`${minutes} * interval '1 minute'`;
    await sql`update approval_request set created_at = created_at - ${by}, approved_at = approved_at - ${by},
      started_at = started_at - ${by}, ends_at = ends_at - ${by}, remind_at = remind_at - ${by} where id = ${this.id}`.execute(
      bot.database.db,
    );
  }

  /** Who has approved or broken the glass, as a start reads it before its transaction. */
  async known(): Promise<ReadonlySet<Person>> {
    const { yes, glass } = await this.row();
    return new Set([...yes, ...(glass ? [glass] : [])] as Person[]);
  }

  /** Whether it was accepted. */
  async does(deed: Deed, { side, dies, known }: How & { known: ReadonlySet<Person> }): Promise<boolean> {
    const deps = this.#sides[side];
    if (deed.does === 'remind') return !dies && this.#remind(deps);
    const work = deed.does === 'start' ? this.#start(deps, deed, known) : this.#move(deps, deed);
    try {
      const moving = async (unit: Unit) => {
        const taken = await work(unit);
        if (dies) throw new Crash();
        return taken;
      };
      return await inTransaction(deps, moving);
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    }
  }

  /** Whoever is reminded is looked up for it, and only then. */
  async #remind(deps: Deps): Promise<boolean> {
    let reminds = 0;
    const deciders: Deps['authority']['deciders'] = (...of) => {
      reminds += 1;
      return deps.authority.deciders(...of);
    };
    await remind({ ...deps, authority: { ...deps.authority, deciders } }, this.id);
    return reminds > 0;
  }

  #move(deps: Deps, deed: Exclude<Deed, { does: 'start' | 'remind' }>) {
    return async (unit: Parameters<typeof moveRequest>[0]['unit']) => {
      if (deed.does === 'link') return this.#link(unit.q, deed);
      const refused = { dialog: this.starting.dialog, because: refuse('denied-by-rule') };
      if (deed.does === 'refuse')
        return (await refuseAtStart({ deps, unit }, refused, () => Promise.resolve(true))) ?? false;
      const stored = await requestById(unit.q, this.id, 'toMove');
      return !isRefusal(await moveRequest({ deps, unit }, stored!, this.#eventOf(deed, stored!.request.digest)));
    };
  }

  async #link(q: Queries, { team, who }: Extract<Deed, { does: 'link' }>): Promise<boolean> {
    const member = { team, platformId: this.#member };
    // A person is one member of a workspace.
    await q.deleteFrom('person_link').where('entra', '=', who).where('team', '=', team).execute();
    if (who === null) await unlink(q, member);
    else await link(q, member, who);
    return true;
  }

  #eventOf(deed: Exclude<Deed, { does: 'start' | 'refuse' | 'link' | 'remind' }>, own: string): ApprovalEvent {
    if (deed.does === 'expire') return { kind: 'expire' };
    if (deed.does === 'withdraw') return { kind: 'withdraw', person: deed.who };
    const slack = deed.from && { slack: { team: deed.from, user: this.#member } };
    const digest = deed.isOwnPlan ? own : '0'.repeat(64);
    const decision = { voter: { ...voterAs(deed.who, deed.as), ...slack }, digest };
    if (deed.does === 'break-glass') return { kind: 'break-glass', ...decision, reason: 'now', typed: 'vm' };
    if (deed.does === 'review') return { kind: 'review', ...decision, note: null };
    return deed.does === 'approve' ? { kind: 'approve', ...decision } : { kind: 'deny', ...decision, reason: 'no' };
  }

  #start(deps: Deps, deed: Extract<Deed, { does: 'start' }>, known: ReadonlySet<Person>) {
    const { isOwnPlan, today, lost, isRead } = deed;
    const voters = [...known].map((who) =>
      voterAs(who, lost.includes(who) ? 'no-approver' : isRead ? 'approver' : 'read-long-ago'),
    );
    const terms = today && termsOf(today);
    const starting = { ...this.starting, voters, terms, plan: isOwnPlan ? plan : changed };
    return async (unit: Parameters<typeof approvalFor>[1]) => {
      const approved = await approvalFor(deps, unit, starting);
      if (isRefusal(approved) || !approved.request) return false;
      if (approved.is === 'start') await noteStarted({ deps, unit }, approved.request, randomUUID());
      return true;
    };
  }
}

function voterAs(who: Person, as: As): Voter {
  const ago = as === 'read-long-ago' ? 61_000 : as === 'read-in-future' ? -5_000 : 0;
  return {
    person: as === 'unlinked' ? null : who,
    name: who,
    guest: as === 'guest',
    approver: as !== 'no-approver',
    mayBreakGlass: as !== 'no-approver',
    readAt: new Date(bot.deps.clock.now().getTime() - ago),
  };
}

/** What the rules require, as the gate says it. */
function termsOf({ approvals, within: wait = within, latestStart: unused = latestStart, byRequester }: Today) {
  const startedBy = byRequester && { startedBy: 'requester' as const };
  return { approvals, withinMs: wait * minute, startMs: unused * minute, ...startedBy };
}

const minutesFrom = (start: Date, at: Date | null) => at && Math.round((at.getTime() - start.getTime()) / minute);

/** On which store, and whether the process dies before its commit. */
type How = { readonly side: 0 | 1; readonly dies: boolean };
type Step = Deed & How;
type Command = fc.AsyncCommand<Expected, Real>;

const seen = (model: Expected) => ({
  state: model.state,
  yes: [...model.approvers].toSorted(),
  needed: model.needed,
  terms: [model.within * minute, model.latestStart * minute, model.byRequester],
  glass: model.glass,
  isReviewed: model.isReviewed,
  used: model.used,
  remindAt: model.remindAt,
});

/** What was reached, so that the test proves something of it, and how often. */
const reached = new Map<string, number>();

function reach(model: Expected, before: Expected, { step, taken }: { step: Step; taken: boolean }): void {
  const whats = [
    step.does === 'remind' && taken && `reminded while ${model.state}`,
    model.within < before.within && taken && 'less time to approve',
    model.latestStart < before.latestStart && taken && 'less time to start',
    model.age < 0 && taken && 'set back',
    model.byRequester && !before.byRequester && `left to the requester, then ${model.state}`,
    model.byRequester && model.state === 'started' && before.state !== 'started' && 'started by the requester',
    'from' in step && step.from && `${step.from} ${taken ? 'counts' : 'refused'}`,
  ];
  for (const what of whats) if (what) reached.set(what, (reached.get(what) ?? 0) + 1);
}

/** One after the other, `times` times: repeating an accepted command changes nothing. */
class Alone implements Command {
  readonly steps: readonly Step[];
  constructor(step: Step, isRepeated: boolean) {
    this.steps = isRepeated ? [step, { ...step, side: step.side === 0 ? 1 : 0 }] : [step];
  }
  check = () => true;
  toString = () => JSON.stringify(this.steps);

  async run(model: Expected, real: Real): Promise<void> {
    for (const step of this.steps) {
      const known = await real.known();
      const before = model.copy();
      const expected = !step.dies && model.does(step, known);
      expect({ step, taken: await real.does(step, { ...step, known }) }).toEqual({ step, taken: expected });
      const row = await real.row();
      // A denial replaces that person's own approval.
      if (step.does === 'deny' && expected) model.approvers.delete(step.who);
      expect(row).toEqual(seen(model));
      reach(model, before, { step, taken: expected });
    }
  }
}

/** Two at the same time, on two stores: the result is as if one came after the other, in either order. */
class AtOnce implements Command {
  readonly both: readonly [Deed, Deed];
  constructor(both: readonly [Deed, Deed]) {
    this.both = both;
  }
  check = () => true;
  toString = () => `at once ${JSON.stringify(this.both)}`;

  async run(model: Expected, real: Real): Promise<void> {
    const [one, other] = this.both;
    const known = await real.known();
    const taken = await Promise.all([
      real.does(one, { side: 0, dies: false, known }),
      real.does(other, { side: 1, dies: false, known }),
    ]);
    const row = await real.row();
    const ends = [[0, 1] as const, [1, 0] as const].map((order) => {
      const end = model.copy();
      const told = [false, false];
      for (const at of order) {
        const deed = this.both[at];
        told[at] = end.does(deed, known);
        if (deed.does === 'deny' && told[at]) end.approvers.delete(deed.who);
      }
      return { end, told };
    });
    const fits = ends.find(({ end, told }) => {
      return JSON.stringify([seen(end), told]) === JSON.stringify([row, taken]);
    });
    expect({ row, taken, fits: fits ? true : ends.map(({ end, told }) => [seen(end), told]) }).toEqual({
      row,
      taken,
      fits: true,
    });
    Object.assign(model, fits!.end);
  }
}

class Passes implements Command {
  readonly minutes: number;
  constructor(minutes: number) {
    this.minutes = minutes;
  }
  check = () => true;
  toString = () => `${this.minutes} min`;
  async run(model: Expected, real: Real): Promise<void> {
    await real.passes(this.minutes);
    model.passes(this.minutes);
  }
}

const mostly = <T>(usual: T, ...odd: T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
const who = fc.constantFrom<Person>('ben', 'chris', 'dirk', 'ben', 'chris', 'dirk', 'ana', 'eva');
const decision = (does: 'approve' | 'deny' | 'break-glass' | 'review') =>
  fc.record({
    does: fc.constant(does),
    who,
    as: mostly(...standings),
    from: mostly<Team | null>(null, 'T1', 'T2'),
    isOwnPlan: mostly(true, false),
  });
/** Mostly what it was made under, otherwise stricter in one or more respects. */
const today: fc.Arbitrary<Today> = fc.record({
  approvals: fc.constantFrom(1, 1, 2, 3),
  within: fc.constantFrom(within, within, within, 20, 60, 500),
  latestStart: fc.constantFrom(latestStart, latestStart, latestStart, 5, 500),
  byRequester: fc.boolean(),
});
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 9, arbitrary: decision('approve') },
  { weight: 1, arbitrary: decision('deny') },
  { weight: 3, arbitrary: decision('break-glass') },
  { weight: 2, arbitrary: decision('review') },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('withdraw' as const), who: fc.constantFrom(...people) }) },
  { weight: 1, arbitrary: fc.constant({ does: 'expire' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('link' as const),
      team: fc.constantFrom<Team>('T1', 'T2'),
      who: fc.constantFrom<Person | null>(null, 'ben', 'chris', 'dirk', 'eva'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'refuse' as const }) },
  { weight: 3, arbitrary: fc.constant({ does: 'remind' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('start' as const),
      isOwnPlan: mostly(true, false),
      today: fc.option(today, { freq: 4 }),
      lost: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.subarray<Person>(['ben', 'chris', 'dirk'])),
      isRead: mostly(true, false),
    }),
  },
);
const alone = fc
  .tuple(deed, fc.constantFrom<0 | 1>(0, 1), mostly(false, true), mostly(false, true))
  .map(([does, side, dies, isRepeated]) => new Alone({ ...does, side, dies }, isRepeated));
const atOnce = fc.tuple(deed, deed).map((both) => new AtOnce(both));
const passes = fc
  .oneof({ weight: 4, arbitrary: fc.constantFrom(0, 5, 29) }, fc.constantFrom(60, 90, 239, 240, -5, -60, -240))
  .map((minutes) => new Passes(minutes));

/** What has to be reached, otherwise the run proved little about it. */
const everything = [
  ...['T1 refused', 'T2 counts', 'less time to approve', 'less time to start'],
  ...['left to the requester, then approved', 'started by the requester'],
  ...['reminded while pending', 'reminded while started', 'set back'],
];

/** Every change is in the audit log, in the same transaction: it shows how often the request was started. */
async function startsById(): Promise<ReadonlyMap<string, number>> {
  const starts = new Map<string, number>();
  for (const { entry } of await bot.rows('audit')) {
    const { request, state, move } = entry as { request: string; state: string; move: string };
    if (state === 'started' && move !== 'review') starts.set(request, (starts.get(request) ?? 0) + 1);
  }
  return starts;
}

test.each(Object.entries(walks))('%s', async (_, { needs, steps }) => {
  const [model, real] = [new Expected(needs), await Real.asks(needs)];
  await sql`delete from break_glass`.execute(bot.database.db);
  for (const step of steps) {
    const command = typeof step === 'number' ? new Passes(step) : new Alone({ ...step, side: 0, dies: false }, false);
    await command.run(model, real);
  }
});

test('these have reached everything that they are for', () => {
  expect(everything.filter((what) => !reached.has(what))).toEqual([]);
});

test('whatever people, files, processes and the clock do, on two stores: it starts at most once, and only as allowed', async () => {
  const ends = new Map<string, number>();
  const ids: { id: string; model: Expected }[] = [];
  const broken: boolean[] = [];
  const commands = fc.commands([alone, alone, alone, atOnce, passes], { maxCommands: 24, size: 'max' });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 3 }), commands, async (needed, all) => {
      await sql`delete from break_glass`.execute(bot.database.db);
      const [model, real] = [new Expected(needed), await Real.asks(needed)];
      await fc.asyncModelRun(() => ({ model, real }), all);
      ends.set(model.state, (ends.get(model.state) ?? 0) + 1);
      ids.push({ id: real.id, model });
      const { started } = model;
      if (started) {
        if (started.glass) broken.push(model.isReviewed);
        else expect(started.by.length).toBeGreaterThanOrEqual(Math.max(needed, started.needed));
        expect(started.by).not.toContain(requester);
        expect(started.by).not.toContain(started.author);
      }
    }),
    { numRuns: 150 },
  );
  const starts = await startsById();
  for (const { id, model } of ids) expect([id, starts.get(id) ?? 0]).toEqual([id, model.started ? 1 : 0]);
  // Every end was reached, otherwise it would have proved little; and so were starts by break-glass, reviewed and not.
  expect(new Set(broken).size).toBe(2);
  const all = ['approved', 'denied', 'expired', 'pending', 'refused', 'revoked', 'started', 'superseded', 'withdrawn'];
  for (const state of all) expect([state, ends.get(state) ?? 0]).not.toEqual([state, 0]);
});
