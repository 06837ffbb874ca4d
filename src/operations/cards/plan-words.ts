/** A plan in words, and as the equivalent `az` commands. Pure. */
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../conversation.ts';
import { kindOf } from '../list.ts';
import type { Plan, Told } from '../plan.ts';

const nothingTold: Told = { names: {}, cost: null };

/** What a plan will do; of one that continues, what is left of it. */
export function planText(words: Words, plan: Plan, now: Date): PlanText {
  const done = plan.parts.filter(({ id }) => plan.continues?.done.includes(id));
  const left = plan.parts.filter((part) => !done.includes(part));
  const linesOf = (parts: Plan['parts']) => parts.flatMap((part) => kindOf(part).words.planLines(words, part, now));
  const notesOf = (parts: Plan['parts']) => parts.flatMap((part) => kindOf(part).words.planNotes?.(words, part) ?? []);
  const told = plan.parts.flatMap(
    (part) => kindOf(part).words.consequences?.(words, part, plan.told ?? nothingTold) ?? [],
  );
  return {
    lines: listOf(linesOf(left)),
    remarks: remarksOf(notesOf(left)),
    notes: [...continuedNotes(words, plan), ...told.flatMap(({ lines }) => lines)].map((text) => ({
      kind: 'text',
      text,
    })),
    more: [
      ...(done.length > 0
        ? [{ title: words.say('continue.done'), body: [listOf(linesOf(done)), ...remarksOf(notesOf(done))] }]
        : []),
      ...told.flatMap(({ more }) => more),
    ],
    commands: { kind: 'code', lines: left.map((part) => kindOf(part).words.command(part, now)) },
  };
}

function listOf(lines: readonly string[]): PlanText['lines'] {
  return { kind: 'list', ordered: true, items: lines.map((text) => ({ text })) };
}

function remarksOf(notes: readonly string[]): PlanText['remarks'] {
  return notes.length > 0 ? [{ kind: 'list', items: notes.map((text) => ({ text })) }] : [];
}

/** What it continues, if it doesn't start from the beginning. */
function continuedNotes(words: Words, { continues }: Plan): string[] {
  if (!continues) return [];
  const at = words.dateTime(new Date(continues.at));
  return [words.say('continue.note', { at, done: continues.done.length })];
}
