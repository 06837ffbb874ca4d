/** What does not fit on the form, in words. Pure. */
import type { Words } from '../../message/words.ts';
import { readFor, type PolicyKnown } from './flow.ts';
import { readForm, type FieldProblem } from './read-form.ts';

/** Why a field is not accepted. */
export function problemText({ say }: Words, problem: FieldProblem): string {
  switch (problem.why) {
    case 'day':
      return say('policy-wrong.day', { given: problem.given });
    case 'range':
      return say('policy-wrong.range', { min: String(problem.min), max: String(problem.max) });
    default:
      return say(`policy-wrong.${problem.why}`);
  }
}

/** What is wrong with the form as it stands, field by field; of several reasons the first. */
export function formProblems(words: Words, known: Partial<PolicyKnown>): Readonly<Record<string, string>> {
  if (!known.form || known.form.edit) return {};
  const read = readForm(known.form, readFor(known));
  if ('shape' in read) return {};
  return Object.fromEntries(read.problems.toReversed().map((problem) => [problem.field, problemText(words, problem)]));
}
