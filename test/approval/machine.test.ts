import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { ApprovalEvent, Voter } from '../../src/approval/decide.ts';
import { begin } from '../../src/dialog/advance.ts';
import { askForApproval } from '../../src/bot/approval/ask-for-approval.ts';
import { approvalFor, noteStarted, refuseAtStart, type Starting } from '../../src/bot/approval/start-approved.ts';
import { moveRequest } from '../../src/bot/approval/move-request.ts';
import { inTransaction, type Deps } from '../../src/bot/deps.ts';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import type { Plan } from '../../src/operations/plan.ts';
import { requestById } from '../../src/store/approvals.ts';
import { breakGlassCounts } from '../../src/store/break-glass.ts';
import type { Database, Queries } from '../../src/store/database.ts';
import { link } from '../../src/store/person-links.ts';
import { unlink } from '../support/unlink.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { addDialog } from '../store/sample-rows.ts';
import { Expected, latestStart, people, perMonth, requester, standings, within } from './machine-model.ts';
import type { As, Deed, Person } from './machine-model.ts';

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
    const terms = { approvals, withinMs: within * minute, startMs: latestStart * minute };
    const starting: Starting = { dialog, plan, terms, requester, voters: [] };
    const { request } = await inTransaction(bot.deps, (unit) =>
      askForApproval({ deps: bot.deps, unit }, starting, terms),
    );
    return new Real(request.id, starting, { member, sides });
  }

  async row() {
    const stored = await requestById(bot.database.db, this.id);
    const { state, votes, terms, glass } = stored!.request;
    const yes = votes.filter(({ decision }) => decision === 'approve').map(({ person }) => person);
    await sql`update break_glass set at = now()`.execute(bot.database.db); // another month may have begun
    const { used } = await breakGlassCounts(bot.database.db);
    const isReviewed = Boolean(glass?.review);
    return { state, yes: yes.toSorted(), needed: terms.approvals, glass: glass?.person ?? null, isReviewed, used };
  }

  async passes(minutes: number): Promise<void> {
    const by = sql`${minutes} * interval '1 minute'`;
    await sql`update approval_request set created_at = created_at - ${by}, approved_at = approved_at - ${by},
      ends_at = ends_at - ${by} where id = ${this.id}`.execute(bot.database.db);
  }

  /** Who has approved or broken the glass, as a start reads it before its transaction. */
  async known(): Promise<ReadonlySet<Person>> {
    const { yes, glass } = await this.row();
    return new Set([...yes, ...(glass ? [glass] : [])] as Person[]);
  }

  /** Whether it was accepted. */
  async does(deed: Deed, { side, dies, known }: How & { known: ReadonlySet<Person> }): Promise<boolean> {
    const deps = this.#sides[side];
    const work = deed.does === 'start' ? this.#start(deps, deed, known) : this.#move(deps, deed);
    try {
      return await inTransaction(deps, async (unit) => {
        const taken = await work(unit);
        if (dies) throw new Crash();
        return taken;
      });
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    }
  }

  #move(deps: Deps, deed: Exclude<Deed, { does: 'start' }>) {
    return async (unit: Parameters<typeof moveRequest>[0]['unit']) => {
      if (deed.does === 'link') return this.#link(unit.q, deed.who);
      const refused = { dialog: this.starting.dialog, because: refuse('denied-by-rule') };
      if (deed.does === 'refuse')
        return (await refuseAtStart({ deps, unit }, refused, () => Promise.resolve(true))) ?? false;
      const stored = await requestById(unit.q, this.id, 'toMove');
      return !isRefusal(await moveRequest({ deps, unit }, stored!, eventOf(deed, stored!.request.digest)));
    };
  }

  async #link(q: Queries, who: Person | null): Promise<boolean> {
    const member = { team: 'T1', platformId: this.#member };
    await q.deleteFrom('person_link').where('entra', '=', who).execute(); // a person is one member of a workspace
    if (who === null) await unlink(q, member);
    else await link(q, member, who);
    return true;
  }

  #start(deps: Deps, deed: Extract<Deed, { does: 'start' }>, known: ReadonlySet<Person>) {
    const { isOwnPlan, needed, lost, isRead } = deed;
    const voters = [...known].map((who) =>
      voterAs(who, lost.includes(who) ? 'no-approver' : isRead ? 'approver' : 'read-long-ago'),
    );
    const terms = needed === null ? null : { ...this.starting.terms!, approvals: needed };
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

function eventOf(deed: Exclude<Deed, { does: 'start' | 'refuse' | 'link' }>, own: string): ApprovalEvent {
  if (deed.does === 'expire') return { kind: 'expire' };
  if (deed.does === 'withdraw') return { kind: 'withdraw', person: deed.who };
  const digest = deed.isOwnPlan ? own : '0'.repeat(64);
  const decision = { voter: voterAs(deed.who, deed.as), digest };
  if (deed.does === 'break-glass') return { kind: 'break-glass', ...decision, reason: 'now', typed: 'vm' };
  if (deed.does === 'review') return { kind: 'review', ...decision, note: null };
  return deed.does === 'approve' ? { kind: 'approve', ...decision } : { kind: 'deny', ...decision, reason: 'no' };
}

/** On which store, and whether the process dies before its commit. */
type How = { readonly side: 0 | 1; readonly dies: boolean };
type Step = Deed & How;
type Command = fc.AsyncCommand<Expected, Real>;

const seen = (model: Expected) => ({
  state: model.state,
  yes: [...model.approvers].toSorted(),
  needed: model.needed,
  glass: model.glass,
  isReviewed: model.isReviewed,
  used: model.used,
});

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
      const expected = !step.dies && model.does(step, known);
      expect({ step, taken: await real.does(step, { ...step, known }) }).toEqual({ step, taken: expected });
      const row = await real.row();
      // A denial replaces that person's own approval.
      if (step.does === 'deny' && expected) model.approvers.delete(step.who);
      expect(row).toEqual(seen(model));
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
  fc.record({ does: fc.constant(does), who, as: mostly(...standings), isOwnPlan: mostly(true, false) });
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
      who: fc.constantFrom<Person | null>(null, 'ben', 'chris', 'dirk', 'eva'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'refuse' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('start' as const),
      isOwnPlan: mostly(true, false),
      needed: fc.constantFrom(null, 1, 1, 2, 3),
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
  .oneof({ weight: 4, arbitrary: fc.constantFrom(0, 5, 29) }, fc.constantFrom(60, 239, 240))
  .map((minutes) => new Passes(minutes));

/** Every change is in the audit log, in the same transaction: it shows how often the request was started. */
async function startsById(): Promise<ReadonlyMap<string, number>> {
  const starts = new Map<string, number>();
  for (const { entry } of await bot.rows('audit')) {
    const { request, state, move } = entry as { request: string; state: string; move: string };
    if (state === 'started' && move !== 'review') starts.set(request, (starts.get(request) ?? 0) + 1);
  }
  return starts;
}

test('whatever people, files, processes and the clock do, on two stores: it starts at most once, and only as allowed', async () => {
  await addDialog(bot.database.db, { conversationId: 'machine' });
  const ends = new Map<string, number>();
  const ids: { id: string; model: Expected }[] = [];
  const broken: boolean[] = [];
  const commands = fc.commands([alone, alone, atOnce, passes], { maxCommands: 24, size: 'max' });
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
