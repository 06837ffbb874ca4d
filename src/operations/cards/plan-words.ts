/** A plan in words, and as the equivalent `az` commands. Pure. */
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../dialogs/dialog-kind.ts';
import { partKindOf } from '../list.ts';
import type { Plan, Told } from '../parts/plan.ts';
import { weights, type Effect } from '../wording/part-words.ts';

const nothingTold: Told = { names: {}, cost: null };

/** What a plan will do; of one that continues, what is left of it. */
export function planText(words: Words, plan: Plan, now: Date): PlanText {
  const done = plan.parts.filter(({ id }) => plan.continues?.done.includes(id));
  const left = plan.parts.filter((part) => !done.includes(part));
  const linesOf = (parts: Plan['parts']) => parts.flatMap((part) => partKindOf(part).words.planLines(words, part, now));
  const notesOf = (parts: Plan['parts']) =>
    parts.flatMap((part) => partKindOf(part).words.planNotes?.(words, part) ?? []);
  const inFull = plan.parts.flatMap(
    (part) => partKindOf(part).words.inFull?.(words, part, plan.told ?? nothingTold) ?? [],
  );
  return {
    lines: listOf(linesOf(left)),
    remarks: remarksOf(notesOf(left)),
    effects: effectsOf(words, plan, now),
    more: [
      ...(done.length > 0
        ? [{ title: words.say('continue.done'), body: [listOf(linesOf(done)), ...remarksOf(notesOf(done))] }]
        : []),
      ...inFull,
    ],
    commands: { kind: 'code', lines: left.map((part) => partKindOf(part).words.command(part, now)) },
  };
}

/** Of what is done already, these are still worth knowing: the rest isn't done again. */
const lasting: ReadonlySet<Effect['weight']> = new Set(['reads', 'costs', 'doubts']);

/** Every consequence of a plan, the gravest first, whichever part has it. */
function effectsOf(words: Words, plan: Plan, now: Date): readonly Effect[] {
  const done = new Set(plan.continues?.done);
  const around = { plan, told: plan.told ?? nothingTold, now };
  const kinds = [...Map.groupBy(plan.parts, ({ does, id }) => `${does} ${done.has(id)}`).values()];
  const effects = kinds.flatMap((parts) => {
    const all = parts.slice(0, 1).flatMap((first) => partKindOf(first).words.effects(words, parts, around));
    return parts.some(({ id }) => done.has(id)) ? all.filter(({ weight }) => lasting.has(weight)) : all;
  });
  const sorted = effects.toSorted((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  return [...sorted, ...continuedEffects(words, plan)].map(({ weight, text }) => ({ weight, text: itemText(text) }));
}

/** An item of a plan's lists ends without a full stop, whether it is a fragment or a sentence that others use too. */
function itemText(text: string): string {
  return text.replace(/\.$/, '');
}

const itemsOf = (texts: readonly string[]) => texts.map((text) => ({ text: itemText(text) }));

function listOf(lines: readonly string[]): PlanText['lines'] {
  return { kind: 'list', ordered: true, items: itemsOf(lines) };
}

function remarksOf(notes: readonly string[]): PlanText['remarks'] {
  return notes.length > 0 ? [{ kind: 'list', items: itemsOf(notes) }] : [];
}

/** What it continues, if it doesn't start from the beginning. */
function continuedEffects(words: Words, { continues }: Plan): Effect[] {
  if (!continues) return [];
  const at = words.dateTime(new Date(continues.at));
  return [{ weight: 'doubts', text: words.say('continue.note', { at, done: continues.done.length }) }];
}
