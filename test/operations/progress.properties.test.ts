import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Kind, Next, Outcome, PartRunner } from '../../src/operations/ground/part.ts';
import type { Part } from '../../src/operations/parts/parts.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import {
  afterFault,
  afterStage,
  dueIn,
  dueParts,
  firstStates,
  expedite,
  skipHopeless,
  statusOf,
  type PartStates,
} from '../../src/operations/wording/progress.ts';

const runs = { numRuns: 1000 };
const epoch = Date.parse('2026-11-24T03:00:00Z');
const runner = (): PartRunner<Kind> => ({ first: 'one', stages: {} });

const waiting = fc.record({ before: fc.array(fc.nat(5), { maxLength: 3 }), always: fc.boolean() });

/** A plan of one to six parts in any order; each waits for some others, never in a circle; some always run. */
const plans: fc.Arbitrary<Plan> = fc
  .array(waiting, { minLength: 1, maxLength: 6 })
  .map((waits) =>
    waits.map(({ before: after, always: runsAlways }, at) => ({
      id: `p${at}`,
      after: [...new Set(after.filter((before) => before < at))].map((before) => `p${before}`),
      ...(runsAlways && { runs: 'always' }),
      does: 'protect',
    })),
  )
  .chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length }))
  .map((parts) => ({ version: 3, vms: [], parts: parts as unknown as Part[] }));

const endings = ['done', 'half-done', 'failed', 'cancelled'] as const;
const outcomeOf = (ended: (typeof endings)[number]) => ({ ended }) as unknown as Outcome;

/** The result of a stage: mostly it continues, sooner or later, or it ends. */
const nexts: fc.Arbitrary<Next> = fc.oneof(
  fc.record({ stage: fc.constantFrom('one', 'two'), inMs: fc.nat(60_000), memo: fc.constant({ tries: 1 }) }),
  fc.constantFrom(...endings, 'done' as const, 'done' as const).map((ended) => ({ outcome: outcomeOf(ended) })),
);

type Ran = { readonly part: string; readonly before: PartStates };

/** Runs a plan as the worker does: each due part runs its next stage, then time advances to when something is due. */
function runPlan(plan: Plan, script: readonly Next[]): { states: PartStates; ran: Ran[]; stuck: boolean } {
  let now = new Date(epoch);
  let states = firstStates(plan, runner, now);
  const ran: Ran[] = [];
  let at = 0;
  for (let turns = 0; turns < 300; turns += 1) {
    const due = dueParts(plan, states, now);
    for (const part of due) {
      ran.push({ part: part.id, before: states });
      // When the script is over, everything that is left succeeds, so that a run ends.
      const next: Next = script[at++] ?? { outcome: outcomeOf('done') };
      states = { ...states, [part.id]: afterStage(states[part.id]!, next, now) };
    }
    states = skipHopeless(plan, states, now);
    const wait = dueIn(plan, states, now);
    if (wait === null) return { states, ran, stuck: false };
    if (due.length === 0 && wait === 0) return { states, ran, stuck: true };
    now = new Date(now.getTime() + wait);
  }
  return { states, ran, stuck: true };
}

const ended = fc.record({ plan: plans, script: fc.array(nexts, { maxLength: 25 }) });
const always = (holds: (plan: Plan, run: ReturnType<typeof runPlan>) => void) =>
  fc.assert(
    fc.property(ended, ({ plan, script }) => holds(plan, runPlan(plan, script))),
    runs,
  );

describe('a running plan', () => {
  test('ends: every part has an outcome, and then nothing is due', () => {
    always((plan, { states, stuck }) => {
      expect(stuck).toBe(false);
      for (const part of plan.parts) expect(states[part.id]?.outcome).not.toBeNull();
      expect(dueParts(plan, states, new Date(epoch + 1e12))).toEqual([]);
      expect(dueIn(plan, states, new Date(epoch))).toBeNull();
    });
  });

  test('never begins a part before its dependencies have succeeded, or, if it always runs, have ended', () => {
    always((plan, { ran }) => {
      for (const { part, before } of ran) {
        const { after, runs: when } = plan.parts.find(({ id }) => id === part)!;
        const open = after.filter((id) => !before[id]?.outcome);
        expect(open).toEqual([]);
        if (when !== 'always') expect(after.filter((id) => before[id]?.outcome?.ended !== 'done')).toEqual([]);
      }
    });
  });

  test('never runs a part again that has ended', () => {
    always((_plan, { ran }) => {
      for (const { part, before } of ran) expect(before[part]?.outcome).toBeNull();
    });
  });

  test('skips exactly the parts that depend, however indirectly, on one that didn’t succeed; and says on which', () => {
    always((plan, { states }) => {
      for (const part of plan.parts) {
        const outcome = states[part.id]!.outcome!;
        const bad = part.after.filter((id) => states[id]!.outcome!.ended !== 'done');
        const hopeless = part.runs === 'always' ? [] : bad;
        expect([part.id, outcome.ended === 'skipped']).toEqual([part.id, hopeless.length > 0]);
        if (outcome.ended === 'skipped') expect(hopeless).toContain(outcome.because);
      }
    });
  });

  test('skips all of them in one step, also if a part is listed before its dependency', () => {
    const parts = ['c', 'b', 'a', 'd'].map((id) => ({ id, after: { c: ['b'], b: ['a'] }[id] ?? [] }));
    const plan: Plan = { version: 3, vms: [], parts: parts as unknown as Part[] };
    const now = new Date(epoch);
    const first = firstStates(plan, runner, now);
    const states = skipHopeless(plan, { ...first, a: { ...first['a']!, outcome: outcomeOf('failed') } }, now);
    expect(['b', 'c', 'd'].map((id) => states[id]!.outcome)).toEqual([
      { ended: 'skipped', because: 'a' },
      { ended: 'skipped', because: 'b' },
      null,
    ]);
    expect(dueParts(plan, states, now).map(({ id }) => id)).toEqual(['d']);
  });

  test('skips the same parts a second time', () => {
    always((plan, { states }) => expect(skipHopeless(plan, states, new Date(epoch + 1e9))).toEqual(states));
  });

  test('has a start where it ran, and an end time', () => {
    always((plan, { states, ran }) => {
      const begun = new Set(ran.map(({ part }) => part));
      for (const { id } of plan.parts) {
        expect([id, states[id]!.began !== null]).toEqual([id, begun.has(id)]);
        expect(Date.parse(states[id]!.endedAt!)).toBeGreaterThanOrEqual(epoch);
      }
    });
  });
});

describe('the state of a plan', () => {
  const anyOutcome = fc.constantFrom(...endings, 'skipped' as const, null);

  test('as a whole follows from its parts', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { minLength: 1, maxLength: 5 }), (outcomes) => {
        const parts = outcomes.map((_, at) => ({ id: `p${at}`, after: [] }) as unknown as Part);
        const plan: Plan = { version: 3, vms: [], parts };
        const states = Object.fromEntries(
          outcomes.map((ended, at) => [`p${at}`, { outcome: ended && { ended } }]),
        ) as unknown as PartStates;
        const has = (ended: string) => outcomes.includes(ended as never);
        const expected = () => {
          if (outcomes.includes(null)) return 'running';
          if (outcomes.every((ended) => ended === 'done')) return 'succeeded';
          if (has('cancelled') && !has('failed') && !has('half-done')) return 'cancelled';
          return has('done') || has('half-done') ? 'partly' : 'failed';
        };
        expect(statusOf(plan, states)).toBe(expected());
      }),
      runs,
    );
  });

  test('a part is due at its time, not before, and the plan is due with its earliest part', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 100, max: 100_000 }), (plan, inMs) => {
        const now = new Date(epoch);
        const first = plan.parts.find(({ after }) => after.length === 0)!;
        const states = firstStates({ ...plan, parts: [first] }, runner, now);
        const alone = { ...plan, parts: [first] };
        const waiting = { [first.id]: afterStage(states[first.id]!, { stage: 'two', inMs }, now) };
        expect(dueIn(alone, waiting, now)).toBe(inMs);
        expect(dueParts(alone, waiting, new Date(epoch + inMs - 50))).toEqual([]);
        expect(dueParts(alone, waiting, new Date(epoch + inMs))).toEqual([first]);
        expect(dueIn(alone, waiting, new Date(epoch + inMs + 5000))).toBe(0);
      }),
      runs,
    );
  });
});

test('after the clock was set back by an hour, waiting parts are due at once, and nothing is ever put off for that long', () => {
  const plan = fc.sample(plans, { numRuns: 1, seed: 1 })[0]!;
  const first = plan.parts.find(({ after }) => after.length === 0)!;
  const alone = { ...plan, parts: [first] };
  const now = new Date(epoch);
  const inMs = [0, 1_000, 600_000, 86_400_000];
  for (const wait of inMs) {
    const state = afterStage(firstStates(alone, runner, now)[first.id]!, { stage: 'two', inMs: wait }, now);
    const hourBefore = new Date(epoch - 3_600_000);
    expect(dueParts(alone, { [first.id]: state }, hourBefore)).toEqual([first]);
    expect(dueIn(alone, { [first.id]: state }, hourBefore)).toBe(0);
    expect(dueIn(alone, { [first.id]: state }, now)).toBe(Math.min(wait, 900_000));
  }
});

test('a hint expedites stages that only read, at most to now, and touches nothing that waits on purpose or has ended', () => {
  const now = new Date(epoch);
  const runners = () => ({ ...runner(), readStages: ['two'] });
  always((plan, { states }) => expect(expedite(plan, states, { runners, now })).toEqual(states));
  fc.assert(
    fc.property(plans, fc.constantFrom('one', 'two'), fc.integer({ min: -9000, max: 9000 }), (plan, stage, inMs) => {
      const first = firstStates(plan, runner, now);
      const ids = Object.keys(first);
      const states = Object.fromEntries(ids.map((id) => [id, afterStage(first[id]!, { stage, inMs }, now)]));
      const expedited = expedite(plan, states, { runners, now });
      for (const id of ids) {
        const dueMs = Date.parse(expedited[id]!.dueAt) - epoch;
        expect(dueMs).toBe(stage === 'two' ? Math.min(inMs, 0) : inMs);
        expect({ ...expedited[id], dueAt: states[id]!.dueAt }).toEqual(states[id]);
      }
    }),
    runs,
  );
});

test('a stage without a memo leaves none; an end keeps the last', () => {
  const now = new Date(epoch);
  const state = {
    stage: 'one',
    dueAt: '',
    began: null,
    memo: { jobId: 'j' },
    silentSince: null,
    outcome: null,
    endedAt: null,
  };
  expect(afterStage(state, { stage: 'two', inMs: 0 }, now).memo).toEqual({});
  expect(afterStage(state, { outcome: outcomeOf('done') }, now).memo).toEqual({ jobId: 'j' });
  expect(afterStage({ ...state, began: 'before' }, { stage: 'two', inMs: 0 }, now).began).toBe('before');
});

test('a part whose stage fails by a fault of the program ends after five times in a row, and one that passes counts again', () => {
  const now = new Date(epoch);
  const gaveUp = outcomeOf('failed');
  const begun = Object.values(
    firstStates({ version: 3, vms: [], parts: [{ id: 'a', after: [], does: 'protect' }] } as never, runner, now),
  )[0]!;
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (faulty) => {
      let [state, inARow] = [begun, 0];
      for (const isFaulty of faulty) {
        if (state.outcome) break;
        inARow = isFaulty ? inARow + 1 : 0;
        state = isFaulty
          ? afterFault(state, { inMs: 10_000, gaveUp }, now)
          : afterStage(state, { stage: 'one', inMs: 0 }, now);
        expect(state.outcome).toEqual(inARow === 5 ? gaveUp : null);
        if (isFaulty && !state.outcome) expect(Date.parse(state.dueAt)).toBe(epoch + 10_000);
      }
    }),
  );
});
