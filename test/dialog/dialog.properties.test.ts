import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../src/core/refusal.ts';
import { advance, type DialogEvent } from '../../src/dialog/advance.ts';
import { revive } from '../../src/dialog/revive.ts';
import type { Known } from '../../src/dialog/flow.ts';
import { positionIn, type DialogState } from '../../src/dialog/state.ts';
import {
  eventOf,
  flowOf,
  flowSpecs,
  keepsWaiting,
  knownBefore,
  moves,
  offersOf,
  opened,
  play,
  readingEvent,
  readingOf,
  step,
  type Move,
  type StepSpec,
  type Taken,
} from './generated-flow.ts';

const runs = { numRuns: 1000 };
const dialogs = fc.record({ specs: flowSpecs, all: moves }).map(({ specs, all }) => ({ specs, ...play(specs, all) }));
type Dialog = { specs: readonly StepSpec[]; state: DialogState; taken: Taken[] };

const always = (holds: (dialog: Dialog) => void) => fc.assert(fc.property(dialogs, holds), runs);
const closed = (state: DialogState) => ['done', 'cancelled', 'expired'].includes(state.status);
const byPerson = (event: DialogEvent) => event.kind !== 'found' && event.kind !== 'expire';

/** Everything that could happen to a dialog in this state. */
const anyMove: fc.Arbitrary<Move> = moves.filter((some) => some.length > 0).map((some) => some[0] as Move);

describe('an event', () => {
  test('that is accepted adds one to the revision; the same event on the same state gives the same result', () => {
    always(({ specs, taken }) => {
      for (const { from, event, to } of taken) {
        expect(to.state.revision).toBe(from.revision + 1);
        expect(advance(flowOf(specs), structuredClone(from), event)).toEqual(to);
      }
    });
  });

  test('never alters the state it was given', () => {
    fc.assert(
      fc.property(dialogs, anyMove, ({ specs, state }, move) => {
        const event = eventOf(specs, state, move);
        if (!event) return;
        const before = structuredClone(state);
        advance(flowOf(specs), state, event);
        expect(state).toEqual(before);
      }),
      runs,
    );
  });

  test('that arrives twice is refused the second time, a click as well as a reading', () => {
    always(({ specs, taken }) => {
      for (const { event, to } of taken) {
        if ('revision' in event && event.revision === 'typed') continue;
        expect(isRefusal(advance(flowOf(specs), to.state, event))).toBe(true);
      }
    });
  });

  test('with the revision of an older card is refused as such', () => {
    always(({ specs, taken }) => {
      const last = taken.at(-1);
      if (!last || closed(last.to.state)) return;
      for (const { event } of taken) {
        if (!('revision' in event) || event.revision === 'typed') continue;
        expect(advance(flowOf(specs), last.to.state, event)).toMatchObject({ refused: 'outdated-card' });
      }
    });
  });

  test('changes nothing in a dialog that is closed', () => {
    fc.assert(
      fc.property(dialogs, anyMove, ({ specs, state }, move) => {
        const end = closed(state) ? state : (step(specs, state, { kind: 'expire' })?.state as DialogState);
        const event = eventOf(specs, end, move);
        if (event) expect(advance(flowOf(specs), end, event)).toMatchObject({ refused: 'dialog-closed' });
      }),
      runs,
    );
  });
});

describe('a dialog', () => {
  test('is done exactly when nothing is left to ask or to find, and only then its plan starts, once', () => {
    always(({ specs, taken }) => {
      for (const { to } of taken) {
        const starts = to.effects.filter((effect) => effect.do === 'start');
        expect(starts).toHaveLength(to.state.status === 'done' ? 1 : 0);
        const { next, known } = positionIn(flowOf(specs), to.state);
        const worse = to.effects.some((effect) => effect.do === 'draw' && effect.because?.refused === 'got-worse');
        if (to.state.status === 'open' && !worse) expect(next).not.toBeNull();
        if (to.state.status === 'checking') expect([next, to.state.pending.length > 0]).toEqual([null, true]);
        if (to.state.status !== 'done') continue;
        expect(next).toBeNull();
        expect(starts).toEqual([{ do: 'start', known }]);
      }
      expect(taken.flatMap(({ to }) => to.effects).filter((effect) => effect.do === 'start').length).toBeLessThan(2);
    });
  });

  test('says after every event what is next: a question, a reading, a start or the end', () => {
    always(({ specs, taken }) => {
      for (const { to } of taken) {
        const did = to.effects.map((effect) => effect.do);
        const { next } = positionIn(flowOf(specs), to.state);
        if (closed(to.state)) expect(did).toEqual([to.state.status === 'done' ? 'start' : 'close']);
        else if (to.state.status === 'checking' || next?.kind === 'find') expect(did).toContain('lookup');
        else expect(did).toEqual(['draw']);
      }
    });
  });

  test('starts only with values that were offered, at every step that applies and at no other', () => {
    always(({ specs, taken }) => {
      for (const effect of taken.flatMap(({ to }) => to.effects)) {
        if (effect.do !== 'start') continue;
        for (const spec of specs) expectSettled(spec, specs, effect.known);
      }
    });
  });

  test('starts only on readings made after a person’s last action', () => {
    always(({ specs, taken }) => {
      const last = taken.at(-1);
      const start = last?.to.effects.find((effect) => effect.do === 'start');
      if (!start) return;
      const since = taken.slice(taken.findLastIndex(({ event }) => byPerson(event)) + 1);
      const read = new Set(since.flatMap(({ event }) => (event.kind === 'found' ? [event.step] : [])));
      const used = specs.filter((spec) => spec.kind === 'find' && spec.id in start.known);
      // The opening counts as done by a person; readings after it are in `taken` too.
      for (const spec of used) expect([spec.id, read.has(spec.id)]).toEqual([spec.id, true]);
    });
  });

  test('doesn’t start on a reading that is worse than the one shown', () => {
    always(({ specs, taken }) => {
      const flow = flowOf(specs);
      for (const { from, event, to } of taken) {
        if (event.kind !== 'found' || from.status !== 'checking') continue;
        const shown = positionIn(flow, from).known[event.step] as number;
        if ((event.value as number) >= shown) continue;
        expect(to.state.status).toBe('open');
        expect(to.effects).toContainEqual(expect.objectContaining({ do: 'draw', because: expect.anything() }));
      }
    });
  });

  test('can always be brought to its end by somebody who answers, whatever happened before', () => {
    fc.assert(
      fc.property(dialogs, fc.nat(3), ({ specs, state }, weather) => {
        expect(closed(goOn(specs, state, weather))).toBe(true);
      }),
      runs,
    );
  });
});

describe('going back and changing', () => {
  test('Back undoes the last action, and refuses its late duplicate', () => {
    always(({ specs, taken }) => {
      for (const { from, event, to } of taken) {
        if (event.kind !== 'submit' || to.state.status !== 'open') continue;
        const undone = step(specs, to.state, { kind: 'back', revision: to.state.revision });
        if (!undone) continue;
        expect(undone.state.trail).toEqual(from.trail);
        const late = { ...event, revision: from.revision };
        expect(isRefusal(advance(flowOf(specs), undone.state, late))).toBe(true);
      }
    });
  });

  test('the first answer can’t be undone', () => {
    always(({ specs, taken }) => {
      for (const { to } of taken) {
        if (to.state.trail.length > 1) continue;
        const undone = advance(flowOf(specs), to.state, { kind: 'back', revision: to.state.revision });
        expect(isRefusal(undone)).toBe(true);
      }
    });
  });

  test('a changed answer, also a preset one, drops every later answer', () => {
    always(({ specs, taken }) => {
      for (const { from, event, to } of taken) {
        if (event.kind !== 'submit' || to.state.status !== 'open') continue;
        const [changed] = Object.keys(event.inputs) as [string];
        if (!(changed in positionIn(flowOf(specs), from).known)) continue;
        const { known } = positionIn(flowOf(specs), to.state);
        const later = specs.slice(specs.findIndex((spec) => spec.id === changed) + 1);
        const kept = later.filter((spec) => spec.kind === 'ask' && !spec.preset && spec.id in known);
        expect(kept.map((spec) => spec.id)).toEqual([]);
      }
    });
  });

  test('a removed preset has to be asked, and only that', () => {
    always(({ specs, taken }) => {
      for (const { from, event, to } of taken) {
        if (event.kind !== 'change') continue;
        const { next, known } = positionIn(flowOf(specs), to.state);
        expect(next?.id).toBe(event.step);
        expect(known).toEqual(knownBefore(specs, positionIn(flowOf(specs), from).known, event.step));
      }
    });
  });
});

describe('a dialog after a deploy', () => {
  const deploys = fc.record({ old: flowSpecs, now: flowSpecs, all: moves, weather: fc.nat(3) });

  test('is one that today’s flow accepts, and that can be brought to its end', () => {
    fc.assert(
      fc.property(deploys, ({ old, now, all, weather }) => {
        const stored = play(old, all).state;
        const { state } = revive(flowOf(now), stored);
        if (closed(stored)) return void expect(state).toEqual(stored);
        const { refusal, known } = positionIn(flowOf(now), state);
        expect(refusal).toBeNull();
        for (const spec of now) if (spec.kind === 'ask' && spec.id in known) expectSettled(spec, now, known);
        expect(closed(goOn(now, keepsWaiting(stored, state), weather))).toBe(true);
      }),
      runs,
    );
  });

  test('keeps the longest beginning that works, says when it is shorter, and is not shortened twice', () => {
    fc.assert(
      fc.property(deploys, ({ old, now, all }) => {
        const stored = play(old, all).state;
        const { state, shortened } = revive(flowOf(now), stored);
        expect(state.trail).toEqual(stored.trail.slice(0, state.trail.length));
        expect(shortened).toBe(state.trail.length < stored.trail.length);
        expect(revive(flowOf(now), state)).toEqual({ state, shortened: false });
      }),
      runs,
    );
  });

  test('that changed nothing changes nothing', () => {
    always(({ specs, state }) => {
      expect(revive(flowOf(specs), state)).toEqual({ state, shortened: false });
    });
  });

  test('keeps its answers under a step’s new name', () => {
    always(({ specs, state }) => {
      const rename = (id: string) => `${id}-now`;
      const renamed = Object.fromEntries(specs.map((spec) => [spec.id, rename(spec.id)]));
      const flow = { ...flowOf(specs.map((spec) => ({ ...spec, id: rename(spec.id) }))), renamed };
      const { known } = positionIn(flow, revive(flow, state).state);
      const before = positionIn(flowOf(specs), state).known;
      // Readings are made again under the new names, so only what precedes the first of them is certainly kept.
      const firstFind = specs.find((spec) => spec.kind === 'find');
      const kept = firstFind ? knownBefore(specs, before, firstFind.id) : before;
      const expected = Object.fromEntries(Object.entries(kept).map(([id, value]) => [rename(id), value]));
      if (!closed(state)) expect(known).toMatchObject(expected);
    });
  });
});

/** An answered step that applies has a value that was offered; one that doesn't apply has none. */
function expectSettled(spec: StepSpec, specs: readonly StepSpec[], known: Known): void {
  const before = knownBefore(specs, known, spec.id);
  const total = Object.values(before).reduce<number>((sum, value) => sum + Number(value), 0);
  const applies = spec.unless === 0 || total % spec.unless !== 0;
  expect([spec.id, spec.id in known]).toEqual([spec.id, applies]);
  if (!applies) return;
  const possible = spec.kind === 'ask' ? offersOf(spec, before) : [0, 1, 2, 3].map((sky) => readingOf(before, sky));
  expect(possible).toContain(known[spec.id]);
}

/** Somebody who continues: answers questions, waits for readings, and checks again when nothing else helps. */
function goOn(specs: readonly StepSpec[], from: DialogState, weather: number): DialogState {
  let state = from;
  for (let turns = 0; turns < 60 && !closed(state); turns += 1) {
    const { next, known } = positionIn(flowOf(specs), state);
    const asked = specs.find((spec) => spec.id === next?.id && spec.kind === 'ask');
    const events: (DialogEvent | null)[] = [
      asked && { kind: 'submit', revision: state.revision, inputs: { [asked.id]: offersOf(asked, known)[0] } },
      readingEvent(specs, state, weather),
      { kind: 'again', revision: state.revision },
    ].map((event) => (event as DialogEvent) ?? null);
    const moved = events.flatMap((event) => (event ? [step(specs, state, event)] : [])).find((to) => to !== null);
    if (!moved) return state;
    state = moved.state;
  }
  return state;
}

test('a new dialog asks or reads at once', () => {
  fc.assert(
    fc.property(flowSpecs, (specs) => {
      const { next } = positionIn(flowOf(specs), opened(specs));
      expect(next !== null || closed(opened(specs))).toBe(true);
    }),
    runs,
  );
});
