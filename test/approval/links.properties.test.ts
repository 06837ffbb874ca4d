import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { decideOn } from '../../src/approval/decide.ts';
import { asksOf } from '../../src/operations/plan-rights.ts';
import { askForApproval } from '../../src/bot/approval/ask-for-approval.ts';
import { inTransaction } from '../../src/bot/deps.ts';
import { rightsOf } from '../../src/bot/rights/turn-rights.ts';
import type { Person } from '../../src/core/person.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { begin } from '../../src/dialog/advance.ts';
import { PEOPLE } from '../../src/sim/estate/known.ts';
import { requestById } from '../../src/store/approvals.ts';
import { link, linkOf } from '../../src/store/person-links.ts';
import { unlink } from '../support/unlink.ts';
import { addDialog } from '../store/sample-rows.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const plan = { version: 3, vms: [{ id: '/subscriptions/s/vm', name: 'vm' }], parts: [] } as const;
const accounts = [PEOPLE.ana, PEOPLE.ben, PEOPLE.chris] as const;
const members = ['T1/U1', 'T1/U2', 'T2/U1', 'T2/U2'] as const;
type Who = (typeof accounts)[number] | (typeof members)[number];

let bot: TestBot;
beforeAll(async () => {
  const config = `
roles: { operator: [everyone], approver: [everyone] }
people: [{ entra: ${PEOPLE.dirk}, name: Dirk }]
breakGlass: { group: [${accounts.map((id) => `'user:${id}'`).join(', ')}], perMonth: 5 }
`;
  bot = await startBot({ database: 'postgres', config, leases: { sweep: 24 * 3_600_000 } });
  await addDialog(bot.database.db, { conversationId: 'links' });
});
afterAll(() => bot?.[Symbol.asyncDispose]());

const keyOf = (member: string) => {
  const [team = '', platformId = ''] = member.split('/');
  return { team, platformId };
};

/** Somebody as the endpoint of their platform names them now. */
async function now(who: Who): Promise<Person> {
  if (!who.includes('/')) return { id: who, name: who, platformId: who };
  const key = keyOf(who);
  const entra = await linkOf(bot.database.db, key);
  const known = { name: who, ...key };
  return entra === null || entra === 'never' ? { id: who, ...known, unlinked: true } : { id: entra, ...known };
}

const who = fc.constantFrom<Who>(...accounts, ...members);
const step = fc.oneof(
  fc.record({
    does: fc.constant('link' as const),
    member: fc.constantFrom(...members),
    to: fc.constantFrom(...accounts),
  }),
  fc.record({ does: fc.constant('unlink' as const), member: fc.constantFrom(...members) }),
);
const steps = fc.array(step, { maxLength: 5 });

async function moves(all: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[]): Promise<void> {
  const { db } = bot.database;
  for (const one of all) {
    const was = await linkOf(db, keyOf(one.member));
    if (one.does === 'link') await link(db, keyOf(one.member), one.to);
    else if (was !== null && was !== 'never') await unlink(db, keyOf(one.member));
  }
}

test('whatever order of linking, unlinking, opening, changing and asking: one person gets one answer, by each identity', async () => {
  const { db } = bot.database;
  const refused = new Map<string, number>();
  const wrong: unknown[] = [];
  const property = fc.asyncProperty(
    fc.record({ opens: who, changes: fc.option(who), asks: who, between: fc.tuple(steps, steps, steps, steps) }),
    async ({ opens, changes, asks, between }) => {
      await db.deleteFrom('person_link').execute();
      await moves(between[0]);
      const openedBy = await now(opens);
      await moves(between[1]);
      const changedBy = changes === null ? [] : [await now(changes)];
      await moves(between[2]);
      const actor = await now(asks);
      if (actor.unlinked) return;
      const dialog = {
        ...{ id: randomUUID(), conversationId: 'links', channel: null, isPersonal: false, messageId: randomUUID() },
        ...{ state: begin('backup'), openedBy, changedBy, actor, locale: 'en' as const, timeZone: 'UTC', lookup: null },
      };
      const terms = { approvals: 2, withinMs: 3_600_000, startMs: 3_600_000 };
      const starting = { dialog, plan, terms, requester: actor.id, voters: [] };
      const { request } = await inTransaction(bot.deps, (unit) =>
        askForApproval({ deps: bot.deps, unit }, starting, terms),
      );
      await moves(between[3]);
      const stored = (await requestById(db, request.id))!;
      const answers = new Map<string, Set<string>>();
      for (const by of [...accounts, ...members]) {
        const person = await now(by);
        const rights = (await rightsOf(bot.deps, person, null))!;
        const voter = { ...rights.voter(asksOf(plan)), name: by };
        const event = { kind: 'approve', voter, digest: stored.request.digest } as const;
        const come = decideOn(stored.request, event, { now: stored.now, here: bot.deps.clock.now() });
        const answer = isRefusal(come) ? come.refused : 'counted';
        refused.set(answer, (refused.get(answer) ?? 0) + 1);
        if (!person.unlinked) answers.set(person.id, (answers.get(person.id) ?? new Set()).add(answer));
        // Whoever had a hand in it, by whichever account, isn't counted.
        const isMaker =
          [opens, changes, asks].includes(by) || [openedBy, ...changedBy, actor].some(({ id }) => id === person.id);
        if (isMaker && answer === 'counted') wrong.push({ by, answer, opens, changes, asks });
      }
      for (const [id, all] of answers) if (all.size > 1) wrong.push({ id, all: [...all], opens, changes, asks });
    },
  );
  await fc.assert(property, { numRuns: 120 });
  expect(wrong).toEqual([]);
  for (const each of ['counted', 'own-request', 'changed-it', 'not-linked'])
    expect(refused.get(each) ?? 0).toBeGreaterThan(10);
});
