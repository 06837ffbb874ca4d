/** A plan in words, and as the equivalent `az` commands. Pure. */
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../conversation.ts';
import { kindOf } from '../list.ts';
import type { Plan, Told } from '../plan.ts';

const nothingTold: Told = { names: {}, cost: null };

/** What a plan will do. */
export function planText(words: Words, plan: Plan, now: Date): PlanText {
  const lines = plan.parts.flatMap((part) => kindOf(part).words.planLines(words, part, now));
  const told = plan.parts.flatMap(
    (part) => kindOf(part).words.consequences?.(words, part, plan.told ?? nothingTold) ?? [],
  );
  return {
    lines: { kind: 'list', ordered: true, items: lines.map((text) => ({ text })) },
    notes: told.flatMap(({ lines: all }) => all.map((text) => ({ kind: 'text' as const, text }))),
    more: told.flatMap(({ more }) => more),
    commands: { kind: 'code', lines: plan.parts.map((part) => kindOf(part).words.command(part, now)) },
  };
}
