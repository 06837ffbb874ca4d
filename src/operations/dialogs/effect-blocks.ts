/** What a plan brings about, for those who decide: every consequence in sight, its steps in folds. Pure. */
import type { Block, Section } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText } from './dialog-kind.ts';

/** Every consequence, the gravest first. None is ever folded: nobody approves what they weren't shown. */
export function effectBlocks({ effects, lines, remarks }: PlanText): Block[] {
  // What has no consequence of its own says what it does.
  if (effects.length === 0) return [lines, ...remarks];
  return [{ kind: 'list', items: effects.map(({ text }) => ({ text })) }];
}

/** The consequences that a card adds to its own description of what is done, as sentences: for others, for the bill. */
export function asideBlocks({ effects }: PlanText): Block[] {
  return effects.flatMap(({ weight, text }): Block[] =>
    weight === 'reads' || weight === 'costs' || weight === 'doubts' ? [{ kind: 'text', text: `${text}.` }] : [],
  );
}

/** Whether something that exists is overwritten or deleted. */
export function destroys(text: PlanText | null): boolean {
  return text?.effects.some(({ weight }) => weight === 'overwrites' || weight === 'deletes') ?? false;
}

/** The folds of a plan: its steps and commands, and the digest that is approved. */
export function planSections(words: Words, text: PlanText | null, digest?: string): Section[] {
  const { say } = words;
  return [
    ...(text ? [stepsSection(words, text), ...text.more, { title: say('fold.commands'), body: [text.commands] }] : []),
    ...(digest === undefined
      ? []
      : [{ title: say('request.digest'), body: [{ kind: 'code' as const, lines: [digest] }] }]),
  ];
}

function stepsSection({ say }: Words, { lines, remarks }: PlanText): Section {
  return { title: say('request.all-steps', { count: lines.items.length }), body: [lines, ...remarks] };
}
