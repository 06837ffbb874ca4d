import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { idempotentWrite, onceWrite } from '../../src/operations/ground/idempotent-write.ts';
import { crashPoints, Model, type Fate, type Pause, type RunEnd, type WorkerRun } from './modelled-azure.ts';

const runs = { numRuns: 3000 };
const reconcileWindowMs = 60;

const honest = (fate: Fate) => {
  // What Azure refused or throttled it hasn't accepted; what it answered with success it has.
  const settled = !['unavailable', 'garbled'].includes(fate.answer);
  return { ...fate, takes: settled ? fate.answer === 'taken' : fate.takes };
};

const fates = (showsAfter: fc.Arbitrary<number>): fc.Arbitrary<Fate> =>
  fc
    .record({
      takes: fc.boolean(),
      showsAfterMs: showsAfter,
      answer: fc.constantFrom<Fate['answer'][]>('taken', 'taken', 'unavailable', 'garbled', 'throttled', 'refused'),
    })
    .map(honest);

const workers = (showsAfter: fc.Arbitrary<number>): fc.Arbitrary<WorkerRun[]> =>
  fc.array(
    fc.record({
      waitMs: fc.nat(100),
      fate: fates(showsAfter),
      crash: fc.option(fc.constantFrom(...crashPoints), { freq: 2 }),
      claimed: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
      trusted: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    }),
    { minLength: 1, maxLength: 12 },
  );

/** Azure shows what it took within the reconcile window: the case that the window was chosen for. */
const prompt = workers(fc.nat(reconcileWindowMs));
/** It may also take much longer. */
const late = workers(fc.nat(reconcileWindowMs * 4));

async function play(
  all: readonly WorkerRun[],
  writer: typeof idempotentWrite | typeof onceWrite = idempotentWrite,
): Promise<{ model: Model; ends: RunEnd[] }> {
  const model = new Model(reconcileWindowMs, writer);
  const ends: RunEnd[] = [];
  for (const one of all) ends.push(await model.run(one));
  return { model, ends };
}

const always = (
  kind: fc.Arbitrary<WorkerRun[]>,
  holds: (played: Awaited<ReturnType<typeof play>>) => void,
  how = runs,
) =>
  fc.assert(
    fc.asyncProperty(kind, async (all) => holds(await play(all))),
    how,
  );

const calm: WorkerRun = {
  waitMs: reconcileWindowMs,
  fate: { takes: true, showsAfterMs: 0, answer: 'taken' },
  crash: null,
  claimed: true,
  trusted: true,
};

const isAccepted = (end: RunEnd) => typeof end === 'object' && end.end === 'accepted';

describe('a write', () => {
  test('is never accepted twice if Azure shows what it accepted within the reconcile window', async () => {
    await always(prompt, ({ model }) => expect(model.taken.length).toBeLessThanOrEqual(1));
  });

  test('is accepted again only after the previous reconcile window ended without a trace', async () => {
    await always(late, ({ model }) => {
      model.taken.slice(1).forEach((again, before) => {
        const first = model.taken[before]!;
        expect(again.at - first.at).toBeGreaterThanOrEqual(reconcileWindowMs);
        expect(first.showsAt).toBeGreaterThan(first.at + reconcileWindowMs);
      });
    });
  });

  test('is never sent twice under one ID, nor without its stored intent', async () => {
    await always(late, ({ model }) => {
      expect(new Set(model.sent).size).toBe(model.sent.length);
      const intents = new Set(model.attempts.map(({ id }) => id));
      expect(model.sent.filter((id) => !intents.has(id))).toEqual([]);
    });
  });

  test('is not sent by a worker that lost its claim, nor while the safety gate is closed', async () => {
    await fc.assert(
      fc.asyncProperty(prompt, fc.boolean(), async (all, claimed) => {
        const { model } = await play(all);
        const before = { sent: model.sent.length, attempts: model.attempts.length };
        const end = await model.run({ ...calm, claimed, trusted: claimed ? false : true });
        expect({ sent: model.sent.length, attempts: model.attempts.length }).toEqual(before);
        if (end === 'claim lost') expect(claimed).toBe(false);
      }),
      runs,
    );
  });

  test('that was reported as accepted was accepted, stays reported as that, and is not sent again', async () => {
    await fc.assert(
      fc.asyncProperty(prompt, fc.array(fates(fc.nat(60)), { maxLength: 3 }), async (all, later) => {
        const { model, ends } = await play(all);
        const end = ends.findLast(isAccepted);
        if (!end || typeof end !== 'object' || end.end !== 'accepted') return;
        expect(model.taken.map(({ id }) => ({ job: id }))).toContainEqual(end.value);
        const sent = model.sent.length;
        for (const fate of later) {
          expect(await model.run({ ...calm, fate })).toMatchObject({ end: 'accepted', value: end.value });
        }
        expect(model.sent).toHaveLength(sent);
      }),
      runs,
    );
  });

  test.each<{ before: Fate['answer']; end: string }>([
    { before: 'throttled', end: 'waiting' },
    { before: 'forbidden', end: 'waiting' },
    { before: 'unauthenticated', end: 'refused' },
  ])('whose token is refused after five answers of $before: $end', async ({ before, end }) => {
    const answered = (answer: Fate['answer']) => ({ ...calm, fate: { takes: false, showsAfterMs: 0, answer } });
    const all = [...Array.from({ length: 5 }, () => answered(before)), answered('unauthenticated')];
    expect((await play(all)).ends.at(-1)).toMatchObject({ end });
  });

  test('is done in the end, once the crashes are over: accepted, adopted or sent again', async () => {
    await fc.assert(
      fc.asyncProperty(prompt, async (all) => {
        const { model } = await play(all);
        const ends = [await model.run(calm), await model.run(calm)];
        expect(isAccepted(ends[1]!)).toBe(true);
        expect(model.taken.length).toBe(1);
      }),
      runs,
    );
  });
});

/** Each step takes at most a third of the reconcile window: to be sent, to be processed, and then to show. */
const third = reconcileWindowMs / 3;
const punctual = fates(fc.nat(third)).chain((fate) => fc.nat(third).map((transitMs) => ({ ...fate, transitMs })));

const paused = (others: fc.Arbitrary<WorkerRun[]>): fc.Arbitrary<WorkerRun> =>
  fc.record({
    waitMs: fc.nat(100),
    fate: punctual,
    crash: fc.constant(null),
    claimed: fc.constant(true),
    trusted: fc.constant(true),
    pause: fc.record<Pause>({
      at: fc.constantFrom('after-begin', 'before-leaving', 'before-settle'),
      kind: fc.constantFrom('stopped', 'suspended', 'stopped-and-set-back'),
      ms: fc.nat(reconcileWindowMs * 3),
      others,
    }),
  });

const unpaused = workers(fc.nat(third)).map((all) =>
  all.map((one) => ({ ...one, fate: { ...one.fate, transitMs: one.fate.showsAfterMs } })),
);
/** Workers that are paused while others work, some of which are paused themselves. */
const withPauses = fc.array(paused(fc.oneof(unpaused, fc.array(paused(unpaused), { maxLength: 3 }))), {
  minLength: 1,
  maxLength: 5,
});

describe('a write of a paused worker', () => {
  test('is never accepted twice, whichever clock the pause stops and whatever the others do meanwhile', async () => {
    await always(withPauses, ({ model }) => expect(model.taken.length).toBeLessThanOrEqual(1));
  });

  test('leaves within a third of the reconcile window after its intent, or not at all', async () => {
    const late = withPauses.map((all) =>
      all.map((one) => ({
        ...one,
        pause: { ...one.pause!, at: 'before-leaving' as const, ms: third + one.pause!.ms },
      })),
    );
    await always(late, ({ model }) => {
      const intents = new Map(model.attempts.map(({ id, madeAt }) => [id, madeAt]));
      for (const { id, at } of model.taken) expect(at - intents.get(id)!).toBeLessThan(third + third);
    });
  });

  test('that wasn’t sent is in no doubt: the next worker sends it at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: third, max: 500 }), fc.boolean(), async (ms, holds) => {
        const pause = { at: 'before-leaving', kind: 'stopped', ms: holds ? ms : 0, others: [] } as const;
        const { model, ends } = await play([
          { ...calm, pause, holds },
          { ...calm, waitMs: 0 },
        ]);
        expect(ends[0]).toEqual({ end: 'waiting', inMs: 0, doubt: false });
        expect(ends[1]).toMatchObject({ end: 'accepted', attemptId: 'attempt-2' });
        expect(model.attempts.map(({ outcome }) => outcome)).toEqual(['not-sent', 'accepted']);
        expect(model.sent).toEqual(['attempt-2']);
      }),
      runs,
    );
  });

  test('whose answer arrives after it was given up counts as accepted, and nobody sends it again', async () => {
    const others = [{ ...calm, fate: { takes: false, showsAfterMs: 0, answer: 'unavailable' as const } }];
    const pause = { at: 'before-settle', kind: 'stopped', ms: 500, others } as const;
    const unseen = { takes: true, showsAfterMs: 10_000, answer: 'taken' as const };
    const { model, ends } = await play([{ ...calm, fate: unseen, pause }, calm]);
    expect(ends).toEqual([
      expect.objectContaining({ end: 'accepted', attemptId: 'attempt-1' }),
      expect.objectContaining({ end: 'accepted', attemptId: 'attempt-1' }),
    ]);
    expect(model.attempts[0]).toMatchObject({ outcome: 'accepted' });
  });
});

describe('by example', () => {
  const lost: Fate = { takes: true, showsAfterMs: 20, answer: 'unavailable' };
  const never: Fate = { takes: false, showsAfterMs: 0, answer: 'unavailable' };
  const soon = { ...calm, waitMs: 10 };

  test('the answer is lost: it waits for the trace, and adopts it', async () => {
    const { model, ends } = await play([{ ...calm, fate: lost }, soon, soon]);
    expect(ends).toEqual([
      { end: 'waiting', inMs: 5, doubt: true },
      { end: 'waiting', inMs: 5, doubt: true },
      { end: 'accepted', value: { job: 'attempt-1' }, attemptId: 'attempt-1', adopted: true },
    ]);
    expect(model.attempts.map(({ outcome }) => outcome)).toEqual(['adopted']);
  });

  test('it never arrived: after the reconcile window the attempt is given up, and a new one sent under a new id', async () => {
    const { model, ends } = await play([{ ...calm, fate: never }, soon, calm]);
    expect(ends.at(-1)).toMatchObject({ end: 'accepted', attemptId: 'attempt-2', adopted: false });
    expect(model.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'accepted']);
  });

  test('the process ends after Azure accepted it: the next one finds it', async () => {
    const { model, ends } = await play([{ ...calm, crash: 'after-send' }, soon]);
    expect(ends).toEqual(['crashed', expect.objectContaining({ end: 'accepted', adopted: true })]);
    expect(model.sent).toHaveLength(1);
  });

  test('throttling is no refusal: it is sent again later; a refusal is reported as it is', async () => {
    const throttled = { ...calm, fate: { ...never, answer: 'throttled' as const } };
    const refused = { ...calm, fate: { ...never, answer: 'refused' as const } };
    const { ends } = await play([throttled, refused]);
    expect(ends).toEqual([
      { end: 'waiting', inMs: 10, doubt: false },
      { end: 'refused', fault: expect.objectContaining({ kind: 'refused' }) },
    ]);
  });
});

describe('a write that must not be repeated', () => {
  /** However long Azure takes to show what it accepted. */
  const everLater = fc.oneof(
    late,
    withPauses.map((all) => all.map((one) => ({ ...one, fate: { ...one.fate, showsAfterMs: 100_000 } }))),
  );

  test('is never accepted twice, however late it shows, and whoever was killed or paused', async () => {
    await fc.assert(
      fc.asyncProperty(everLater, async (all) => {
        const { model } = await play(all, onceWrite);
        expect(model.taken.length).toBeLessThanOrEqual(1);
      }),
      runs,
    );
  });

  test('without a trace is given up: nobody sends it again', async () => {
    const unseen = { takes: true, showsAfterMs: 100_000, answer: 'unavailable' as const };
    const { model, ends } = await play([{ ...calm, fate: unseen }, calm, calm, calm], onceWrite);
    expect(ends.slice(1)).toEqual([{ end: 'lost' }, { end: 'lost' }, { end: 'lost' }]);
    expect(model.sent).toEqual(['attempt-1']);
  });
});
