/** Which card of the form is asked, and what is invalid on it, in words. Pure. */
import type { Words } from '../../../message/words.ts';
import { changedPolicy, obstacleOf, readFor, type OpenForm, type PolicyKnown } from './flow.ts';
import { fieldsOn, type FormCard } from './form/form.ts';
import { readForm, type FieldProblem } from './form/read-form.ts';

/** The card of the form that is asked, and which of the fields sent on it are invalid. */
type AskedCard = { readonly card: FormCard; readonly problems: readonly FieldProblem[] };

/** A card that wasn't sent yet has no problems; an invalid first card comes back. */
export function askedCard(known: Partial<PolicyKnown>): AskedCard {
  const { form } = known;
  if (!form || form.open === 'kind') return { card: 'kind', problems: [] };
  const first = problemsOn('kind', form, known);
  if (first.length > 0 || cannotBeThere(known)) return { card: 'kind', problems: first };
  return { card: 'rest', problems: form.open ? [] : problemsOn('rest', form, known) };
}

/** What is wrong with the card that was sent, field by field; of several reasons the first. */
export function formProblems(words: Words, known: Partial<PolicyKnown>): Readonly<Record<string, string>> {
  const { problems } = askedCard(known);
  const textOf = (problem: FieldProblem) => ofVm(words, problem, known) ?? problemText(words, problem);
  return Object.fromEntries(problems.toReversed().map((problem) => [problem.field, textOf(problem)]));
}

function problemsOn(card: FormCard, form: OpenForm, known: Partial<PolicyKnown>): readonly FieldProblem[] {
  const read = readForm(form, readFor(known));
  const there = fieldsOn(card, form, changedPolicy(known)?.facts ?? null);
  return 'shape' in read ? [] : read.problems.filter(({ field }) => there.includes(field));
}

/** An obstacle to creating a new policy, such as a name that is taken, has nothing to do with its second card. */
function cannotBeThere({ mode, form, shape, place }: Partial<PolicyKnown>): boolean {
  return mode === 'new' && !form?.open && !!shape && !!place && obstacleOf({ mode, shape, place }) !== null;
}

/** Why the VM for which it is created can't have such a policy. */
function ofVm(words: Words, { why }: FieldProblem, { returns }: Partial<PolicyKnown>): string | null {
  if (why !== 'vm-needs-enhanced' || !returns?.why) return null;
  return words.say('policy-wrong.vm-because', { vm: returns.vm, reason: words.finding(returns.why).text });
}

/** Why a field isn't accepted. */
function problemText({ say }: Words, problem: FieldProblem): string {
  switch (problem.why) {
    case 'day':
      return say('policy-wrong.day', { given: problem.given });
    case 'range':
      return say('policy-wrong.range', { min: String(problem.min), max: String(problem.max) });
    default:
      return say(`policy-wrong.${problem.why}`);
  }
}
