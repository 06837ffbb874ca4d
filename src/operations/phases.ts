import type { Step } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { BackUpPart } from './back-up-now/plan.ts';
import type { GrantPart } from './grant-key-vault-access/plan.ts';
import type { Part, PartState } from './part.ts';
import type { Plan } from './plan.ts';
import type { PartStates } from './progress.ts';

/** The phases of a plan in their order, each with what is known of it. Pure. */
export function phasesOf(words: Words, plan: Plan, at: { readonly states: PartStates; readonly now: Date }): Step[] {
  return plan.parts.flatMap((part) => phasesOfPart(words, part, at.states[part.id] as PartState));
}

function phasesOfPart(words: Words, part: Part, state: PartState): Step[] {
  switch (part.does) {
    case 'grant-key-vault-access':
      return grantPhases(words, part, state);
    case 'protect':
      return [{ state: markOf(state), text: words.say('phase.protect'), note: noteOf(words, state) }];
    case 'back-up-now':
      return backUpPhases(words, part, state);
  }
}

function grantPhases(words: Words, part: GrantPart, state: PartState): Step[] {
  const { say } = words;
  const text = say('phase.grant-write', { keyVault: part.keyVault.name });
  const waiting = state.stage === 'wait' && !state.outcome;
  if (state.outcome?.ended === 'failed') return [{ state: 'failed', text }];
  const written: Step = { state: waiting || state.outcome ? 'done' : markOf(state), text };
  if (part.then === 'nothing') return [written];
  const until = state.memo.until ? say('note.until', { at: words.time(new Date(state.memo.until)) }) : undefined;
  const wait: Step = {
    state: state.outcome ? markOf(state) : waiting ? 'now' : 'next',
    text: say('phase.grant-wait'),
    note: waiting ? until : undefined,
  };
  return [written, wait];
}

function backUpPhases(words: Words, _part: BackUpPart, state: PartState): Step[] {
  const { say } = words;
  const { phase, phaseSince } = state.memo;
  const since = phaseSince ? say('note.since', { at: words.time(new Date(phaseSince)) }) : undefined;
  const ended = state.outcome?.ended;
  const before = !phase && !ended;
  const snapshot = phase === 'snapshot' || (before && state.began !== null);
  const failed = ended === 'failed' || ended === 'cancelled' || ended === 'skipped';
  return [
    {
      state: failed && (phase === 'snapshot' || !phase) ? endMark(ended) : snapshot ? 'now' : before ? 'next' : 'done',
      text: say('phase.snapshot'),
      note: phase === 'snapshot' ? since : undefined,
    },
    {
      state:
        ended === 'half-done' || (failed && phase === 'transfer')
          ? 'failed'
          : phase === 'transfer' && !ended
            ? 'now'
            : ended === 'done'
              ? 'done'
              : 'next',
      text: say('phase.copy'),
      note: phase === 'transfer' && !ended ? since : ended ? undefined : say('note.no-percentage'),
    },
  ];
}

function endMark(ended: 'failed' | 'cancelled' | 'skipped' | undefined): Step['state'] {
  return ended === 'failed' ? 'failed' : 'skipped';
}

function markOf(state: PartState): Step['state'] {
  if (!state.outcome) return state.began ? 'now' : 'next';
  switch (state.outcome.ended) {
    case 'done':
    case 'half-done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'skipped':
    case 'cancelled':
      return 'skipped';
  }
}

function noteOf(words: Words, state: PartState): string | undefined {
  const { say } = words;
  if (state.outcome?.ended === 'done' && state.outcome.adopted) return say('note.already');
  if (state.outcome?.ended === 'done' && state.began && state.endedAt) {
    const took = words.duration(Date.parse(state.endedAt) - Date.parse(state.began));
    return say('note.took', { at: words.time(new Date(state.endedAt)), took });
  }
  if (!state.outcome && state.memo.tries)
    return say('note.retry', { at: words.time(new Date(state.dueAt)), n: state.memo.tries + 1 });
  return !state.outcome && state.began ? say('note.since', { at: words.time(new Date(state.began)) }) : undefined;
}
