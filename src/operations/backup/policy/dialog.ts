import { policyAsk } from '../../parts/policy.ts';
import type { DialogKind, Inputs, Offer } from '../../dialogs/dialog-kind.ts';
import { namedPolicies, offeredPolicies, presetVault } from './estate.ts';
import { changedPolicy, type OpenForm, policyRefOf, policyFlow, type PolicyKnown, vaultOf } from './flow.ts';
import { fields, fieldsOn, type FormCard, type PolicyForm } from './form/form.ts';
import { askedCard, formProblems } from './form-problems.ts';
import { drawPolicy } from './draw-policy.ts';
import { planPolicy } from './plan-policy.ts';

/** The dialog behind `backup policy`. */
export const policyDialog: DialogKind<PolicyKnown> = {
  flow: policyFlow,
  draw: drawPolicy,
  about: ({ args = [] }) => ['backup policy', ...args].join(' '),
  answers: ['mode', 'vault', 'policy', 'form', 'go', 'sure', ...fields],
  inputs: inputsOf,
  back: backOf,
  opensFor: ({ args }) => [
    /^change$/i.test(String((args as readonly unknown[])[0])) ? 'change-policy' : 'create-policy',
  ],
  onlyForms: true,
  offers: offersOf,
  plan: planPolicy,
  returns: (known) =>
    known.returns && {
      dialog: known.returns.dialog,
      inputs: { vault: known.vault, policy: policyRefOf(known).policyId },
    },
  wrong: ({ form }, known, words) => formProblems(words, { ...known, form: form as OpenForm }),
  typed: typedChoice,
};

type Fields = Readonly<Record<string, string>>;

/** All fields of the form are one answer, whichever of its cards they were sent on: a card replaces its own fields. */
function inputsOf(given: Fields, known: Partial<PolicyKnown>): Inputs {
  if (given['form'] === 'kind') return { form: { ...filledIn('kind', given, known), open: 'rest' } };
  if (given['form'] !== undefined) return { form: filledIn('rest', given, known) };
  const steps = ['mode', 'vault', 'policy', 'go', 'sure'];
  return Object.fromEntries(Object.entries(given).filter(([name]) => steps.includes(name)));
}

/** From the summary to the form, and from its second card to its first, with everything that was typed. */
function backOf(given: Fields, known: Partial<PolicyKnown>): Inputs | null {
  if (known.clear) return { form: { ...known.form, open: 'rest' } };
  const { card } = askedCard(known);
  return card === 'kind' ? null : { form: { ...filledIn(card, given, known), open: 'kind' } };
}

/** A field that was left empty on the card is empty; without any field (a typed "back") the form stays as it was. */
function filledIn(card: FormCard, given: Fields, known: Partial<PolicyKnown>): PolicyForm {
  const { open: _, ...before } = known.form ?? {};
  const typed = Object.fromEntries(Object.entries(given).filter(([name]) => fields.some((field) => field === name)));
  if (Object.keys(typed).length === 0) return before;
  const there = fieldsOn(card, { ...before, ...typed }, changedPolicy(known)?.facts ?? null);
  return { ...before, ...Object.fromEntries(there.map((field) => [field, ''])), ...typed };
}

/** Its rights depend on the vault alone: they are checked before the form, and the plan comes after it. */
function offersOf(known: Partial<PolicyKnown>): readonly Offer[] {
  const vault = vaultOf(known);
  if (!vault) return [];
  const operation = known.mode === 'change' ? 'change-policy' : 'create-policy';
  return [{ go: known.mode ?? 'new', asks: [policyAsk(operation, { vaultId: vault.id, vaultName: vault.name })] }];
}

/** A typed name answers the question which vault or which policy. */
function typedChoice(text: string, { estate, args }: Partial<PolicyKnown>, next: string | null): Inputs | null {
  const word = text.trim();
  if (next === 'mode' && /^(new|change)$/i.test(word)) return { mode: word.toLowerCase() };
  if (!estate || !args) return null;
  if (next === 'vault') {
    const vault = presetVault(estate, word);
    return vault && { vault: vault.id };
  }
  if (next !== 'policy') return null;
  const named = namedPolicies({ policies: offeredPolicies(estate, null) }, word);
  return named.length === 1 && named[0] ? { policy: named[0].facts.id } : null;
}
