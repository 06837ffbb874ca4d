/** A plan in words, and as the equivalent `az` commands. Pure. */
import type { Block } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import { wordsOfPart } from './list.ts';
import type { Plan } from './plan.ts';

/** What a plan will do, one line per step. */
export function planLines(words: Words, plan: Plan, now: Date): Block {
  const lines = plan.parts.flatMap((part) => wordsOfPart(part).planLines(words, part, now));
  return { kind: 'list', ordered: true, items: lines.map((text) => ({ text })) };
}

/** The commands that do the same, each on a line of its own. */
export function planCommands(plan: Plan, now: Date): Block {
  return { kind: 'code', lines: plan.parts.map((part) => wordsOfPart(part).command(part, now)) };
}
