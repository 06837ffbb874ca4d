/** The engine in readable examples: a small backup dialog, its events, and the resulting states. */
import { describe, expect, test } from '@jest/globals';
import { isRefusal, refuse } from '../../src/core/refusal.ts';
import { advance, begin, canGoBack, type Advanced, type DialogEvent } from '../../src/dialog/advance.ts';
import { revive } from '../../src/dialog/revive.ts';
import { flow, neverKept, type Flow } from '../../src/dialog/flow.ts';
import { positionIn, type DialogState } from '../../src/dialog/state.ts';

type Known = { vm: string; reading: { vaults: string[]; ready: boolean }; vault: string; days: number; go: string };

const backup: Flow<Known> = flow<Known, unknown>({
  name: 'backup',
  steps: [
    { kind: 'ask', id: 'vm', parse: (input) => oneOf(input, ['sql', 'web']) },
    {
      kind: 'find',
      id: 'reading',
      lookup: () => Promise.reject(new Error('looked at by the test')),
      worse: (shown, now) => shown.reading.ready && !now.reading.ready,
    },
    {
      kind: 'ask',
      id: 'vault',
      preset: (known) => known.reading.vaults[0],
      parse: (input, known) => oneOf(input, known.reading.vaults),
    },
    { kind: 'ask', id: 'days', when: (known) => known.vault === 'locked', parse: (input) => oneOf(input, [30, 90]) },
    { kind: 'ask', id: 'go', parse: (input) => oneOf(input, ['protect', 'back-up']), reopened: neverKept },
  ],
});

function oneOf(input: unknown, offered: readonly (string | number)[]) {
  return offered.includes(input as string) ? { value: input as string } : refuse('not-offered');
}

type Play = { state: DialogState; last: Advanced<Known> | ReturnType<typeof refuse> };
type Happening = (play: Play) => DialogEvent;

const submit =
  (inputs: Record<string, unknown>, revision?: number | 'typed'): Happening =>
  ({ state }) => ({ kind: 'submit', inputs, revision: revision ?? state.revision });
const typed = (inputs: Record<string, unknown>) => submit(inputs, 'typed');
const found =
  (vaults: string[], ready = true): Happening =>
  ({ state, last }) => {
    const lookup = isRefusal(last) ? undefined : last.effects.find((effect) => effect.do === 'lookup');
    const basis = lookup?.basis ?? state.found['reading']?.basis ?? 'none';
    return { kind: 'found', step: 'reading', value: { vaults, ready }, at: '2026-11-24T03:00:00Z', basis };
  };
const back: Happening = ({ state }) => ({ kind: 'back', revision: state.revision });
const again: Happening = ({ state }) => ({ kind: 'again', revision: state.revision });
const cancel: Happening = ({ state }) => ({ kind: 'cancel', revision: state.revision });
const change =
  (step: string): Happening =>
  ({ state }) => ({ kind: 'change', step, revision: state.revision });
const expire: Happening = () => ({ kind: 'expire' });

function play(...all: Happening[]): Play {
  let now: Play = { state: begin('backup'), last: { state: begin('backup'), effects: [] } };
  for (const happening of all) {
    const last = advance(backup, now.state, happening(now));
    // A refusal leaves the dialog, and the reading that it waits for, unchanged.
    now = isRefusal(last) ? { ...now, last } : { state: last.state, last };
  }
  return now;
}

const asked = [typed({ vm: 'sql' }), found(['prod', 'locked'])];

/** In one line: what was done or refused last, the status, and the next step. */
function told({ state, last }: Play): string {
  const did = isRefusal(last) ? `refused ${last.refused}` : last.effects.map(effectWords).join(', ');
  return `${did}; ${state.status}, next ${positionIn(backup, state).next?.id ?? 'nothing'}`;
}

function effectWords(effect: Advanced<Known>['effects'][number]): string {
  if (effect.do === 'draw') return effect.because ? `draw because ${effect.because.refused}` : 'draw';
  if (effect.do === 'lookup') return `look up ${effect.step}`;
  if (effect.do === 'start') return `start ${JSON.stringify({ ...effect.known, reading: undefined })}`;
  return effect.do === 'close' ? effect.how : effect.do;
}

test.each<[string, Happening[], string]>([
  ['typed words answer the first question', [typed({ vm: 'sql' })], 'draw, look up reading; open, next reading'],
  ['what is not offered is refused', [typed({ vm: 'oracle' })], 'refused not-offered; open, next vm'],
  ['a step that does not exist is refused', [submit({ vm: 'sql', owner: 'me' })], 'refused not-offered; open, next vm'],
  ['a step that is not reached yet is refused', [submit({ go: 'protect' })], 'refused not-offered; open, next vm'],
  ['a card that answers nothing is refused', [submit({})], 'refused not-offered; open, next vm'],
  ['a preset needs no question', asked, 'draw; open, next go'],
  [
    'one of a card’s answers is invalid: none counts',
    [...asked, submit({ vault: 'prod', go: 'delete' })],
    'refused not-offered; open, next go',
  ],
  [
    'before the start everything is read again',
    [...asked, submit({ go: 'protect' })],
    'draw, look up reading; checking, next nothing',
  ],
  [
    'the same picture: it starts',
    [...asked, submit({ go: 'protect' }), found(['prod', 'locked'])],
    'start {"vm":"sql","vault":"prod","go":"protect"}; done, next nothing',
  ],
  [
    'a better one too',
    [...asked, submit({ go: 'protect' }), found(['prod', 'locked', 'more'])],
    'start {"vm":"sql","vault":"prod","go":"protect"}; done, next nothing',
  ],
  [
    'a worse reading: it is shown, and the button asks again',
    [...asked, submit({ go: 'protect' }), found(['prod', 'locked'], false)],
    'draw because got-worse; open, next go',
  ],
  [
    'a worse reading: earlier choices stay, so that one press starts it',
    [
      ...asked,
      submit({ vault: 'locked', days: 30, go: 'protect' }),
      found(['prod', 'locked'], false),
      submit({ go: 'protect' }),
      found(['prod', 'locked'], false),
    ],
    'start {"vm":"sql","vault":"locked","days":30,"go":"protect"}; done, next nothing',
  ],
  [
    'the chosen vault is gone: the answer that named it goes with it',
    [...asked, submit({ vault: 'locked', days: 30, go: 'protect' }), found(['prod'])],
    'draw because got-worse; open, next go',
  ],
  [
    'while it is checked, the card’s buttons are refused',
    [...asked, submit({ go: 'protect' }), submit({ go: 'back-up' })],
    'refused outdated-card; checking, next nothing',
  ],
  ['another choice brings another question', [...asked, submit({ vault: 'locked' })], 'draw; open, next days'],
  [
    'one card answers several steps, also one that only its own answers require',
    [...asked, submit({ vault: 'locked', days: 90, go: 'back-up' }), found(['prod', 'locked'])],
    'start {"vm":"sql","vault":"locked","days":90,"go":"back-up"}; done, next nothing',
  ],
  [
    'Back past a choice that is no longer offered undoes that one as well',
    [...asked, submit({ vault: 'locked' }), submit({ vault: 'prod' }), again, found(['prod']), back],
    'draw; open, next go',
  ],
  ['change opens a preset', [...asked, change('vault')], 'draw; open, next vault'],
  ['change of what is not known yet is refused', [...asked, change('go')], 'refused not-offered; open, next go'],
  ['a finding cannot be changed by a person', [...asked, change('reading')], 'refused not-offered; open, next go'],
  ['back undoes the last answer', [...asked, submit({ vault: 'locked' }), back], 'draw; open, next go'],
  ['back undoes a change', [...asked, change('vault'), back], 'draw; open, next go'],
  ['the opening words stay', [...asked, back], 'refused first-step; open, next go'],
  [
    'a click on an older card is refused',
    [...asked, submit({ vault: 'locked' }), submit({ vault: 'prod' }, 2)],
    'refused outdated-card; open, next days',
  ],
  [
    'after Back an old click doesn’t fit again',
    [...asked, submit({ vault: 'locked' }), back, submit({ vault: 'locked' }, 2)],
    'refused outdated-card; open, next go',
  ],
  ['a late second reading changes nothing', [...asked, found(['evil'])], 'refused outdated-card; open, next go'],
  [
    'another VM: the reading of the first does not count',
    [...asked, typed({ vm: 'web' })],
    'draw, look up reading; open, next reading',
  ],
  ['check again looks anew', [...asked, again], 'draw, look up reading; open, next reading'],
  [
    'Check again finds that the chosen vault is gone: it is said, and the choice is open',
    [...asked, submit({ vault: 'locked' }), again, found(['prod'])],
    'draw because got-worse; open, next go',
  ],
  ['cancel ends it', [...asked, cancel], 'cancelled; cancelled, next go'],
  ['what is cancelled stays so', [...asked, cancel, typed({ vm: 'web' })], 'refused dialog-closed; cancelled, next go'],
  [
    'nobody answers: it expires, also in its last check',
    [...asked, submit({ go: 'protect' }), expire],
    'expired; expired, next nothing',
  ],
  [
    'what expired takes no reading',
    [typed({ vm: 'sql' }), expire, found(['prod'])],
    'refused dialog-closed; expired, next reading',
  ],
])('%s', (_title, happenings, expected) => expect(told(play(...happenings))).toBe(expected));

test('a reading made for other answers is refused, even for the right step', () => {
  const { state } = play(typed({ vm: 'sql' }));
  const event = { kind: 'found', step: 'reading', value: {}, at: '', basis: 'of another VM' } as const;
  expect(advance(backup, state, event)).toMatchObject({ refused: 'outdated-card' });
  expect(advance(backup, state, { ...event, step: 'vault' })).toMatchObject({ refused: 'not-offered' });
});

test('back is offered where it would undo something', () => {
  expect(canGoBack(play(...asked).state)).toBe(false);
  expect(canGoBack(play(...asked, change('vault')).state)).toBe(true);
  expect(canGoBack(play(...asked, change('vault'), cancel).state)).toBe(false);
});

describe('after a deploy', () => {
  const { state: stored } = play(...asked, submit({ vault: 'locked', days: 30 }));
  const without = (id: string): Flow<Known> => ({ ...backup, steps: backup.steps.filter((step) => step.id !== id) });

  test('the same flow continues where it was', () => {
    expect(revive(backup, stored)).toEqual({ state: stored, shortened: false });
  });

  test('a removed step ends the trail before it; the person is told', () => {
    const revived = revive(without('days'), stored);
    expect(revived.shortened).toBe(true);
    expect(positionIn(without('days'), revived.state)).toMatchObject({ known: { vm: 'sql', vault: 'prod' } });
  });

  test('a new step is asked, and later answers stay as far as they fit', () => {
    const reason = { kind: 'ask' as const, id: 'reason', parse: (input: unknown) => oneOf(input, ['test']) };
    const longer: Flow<Known> = { ...backup, steps: [backup.steps[0]!, reason, ...backup.steps.slice(1)] };
    const { state, shortened } = revive(longer, stored);
    expect([positionIn(longer, state).next?.id, shortened]).toEqual(['reason', false]);
  });

  test('a renamed step keeps its answer', () => {
    const steps = backup.steps.map((step) => (step.id === 'vm' ? { ...step, id: 'machine' } : step));
    const { state, shortened } = revive({ ...backup, steps, renamed: { vm: 'machine' } }, stored);
    expect([state.trail[0], shortened]).toEqual([{ did: 'answer', inputs: { machine: 'sql' } }, false]);
  });

  test('an answer that today’s flow can’t read is asked again', () => {
    const throws = { ...backup.steps[0]!, parse: () => JSON.parse('{') as never };
    const broken: Flow<Known> = { ...backup, steps: [throws, ...backup.steps.slice(1)] };
    expect(revive(broken, stored)).toMatchObject({ state: { trail: [] }, shortened: true });
  });

  test('a last check that waits for a removed reading is opened again', () => {
    const { state: checking } = play(...asked, submit({ go: 'protect' }));
    const table = backup.steps.filter((step) => step.id === 'vm' || step.id === 'go');
    const { state } = revive({ ...backup, steps: table }, checking);
    expect(state).toMatchObject({ status: 'open', pending: [], trail: checking.trail });
  });

  test('one that is approved makes a reading in today’s form anew, and starts without being asked again', () => {
    const { state: checking } = play(...asked, submit({ go: 'protect' }));
    const steps = backup.steps.map((step) => (step.kind === 'find' ? { ...step, shape: 2 } : step));
    const today: Flow<Known> = { ...backup, steps };
    const waiting: DialogState = { ...checking, status: 'waiting', pending: [] };
    const approved = advance(today, waiting, { kind: 'approved' }) as Advanced<Known>;
    expect(approved).toMatchObject({ state: { status: 'checking', pending: ['reading'] } });
    expect(revive(today, approved.state)).toEqual({ state: approved.state, shortened: false });
    const reading = found(['prod', 'locked'])({ state: approved.state, last: approved });
    const started = advance(today, approved.state, reading) as Advanced<Known>;
    expect(started.state.status).toBe('done');
    expect(started.effects).toMatchObject([{ do: 'start', known: { vm: 'sql', go: 'protect' } }]);
    const gone = advance(today, approved.state, found(['locked'])({ state: approved.state, last: approved }));
    expect(gone).toMatchObject({ state: { status: 'open', approved: false } });
    // Nobody approved it: who pressed sees that reading first.
    expect(revive(today, checking).state.status).toBe('open');
  });

  test('a closed dialog stays as it was', () => {
    const { state: done } = play(...asked, cancel);
    expect(revive(without('vm'), done)).toEqual({ state: done, shortened: false });
  });
});
