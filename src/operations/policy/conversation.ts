import { policyAsk } from './asks.ts';
import type { Conversation, Inputs, Offer } from '../conversation.ts';
import { namedPolicies, offeredPolicies, presetVault } from './estate.ts';
import { placeOf, policyFlow, vaultOf, type PolicyKnown, type PolicyPorts } from './flow.ts';
import { fields, type PolicyForm } from './form.ts';
import { formProblems } from './form-problems.ts';
import { drawPolicy } from './messages.ts';
import { planPolicy } from './plan-policy.ts';

/** The dialog behind `backup policy`. */
export const policyConversation: Conversation<PolicyKnown, PolicyPorts> = {
  flow: policyFlow,
  draw: drawPolicy,
  answers: ['mode', 'vault', 'policy', 'form', 'edit', 'go', 'sure', ...fields],
  inputs: inputsOf,
  // Who may not write policies is told before a form has cost them time, and again at the button.
  opensFor: ({ args }) =>
    /^change$/i.test(String((args as readonly unknown[])[0])) ? 'change-policy' : 'create-policy',
  offers: offersOf,
  earlySteps: ['vault', 'policy', 'form', 'go'],
  plan: planPolicy,
  returns: (known) =>
    known.returns && {
      dialog: known.returns.dialog,
      inputs: { vault: known.vault, policy: placeOf(known).policyId },
    },
  wrong: ({ form }, known, words) => formProblems(words, { ...known, form: form as PolicyForm }),
  typed: typedChoice,
};

/** All fields of the form are one answer. "Back to the form" gives the same answer again, to be shown once more. */
function inputsOf(given: Readonly<Record<string, string>>, known: Partial<PolicyKnown>): Inputs {
  if (given['edit'] !== undefined) return { form: { ...known.form, edit: 'yes' } };
  if (given['form'] !== undefined) {
    return {
      form: Object.fromEntries(Object.entries(given).filter(([name]) => fields.some((field) => field === name))),
    };
  }
  const steps = ['mode', 'vault', 'policy', 'go', 'sure'];
  return Object.fromEntries(Object.entries(given).filter(([name]) => steps.includes(name)));
}

/** The vault is all that its rights depend on. */
function offersOf(known: Partial<PolicyKnown>): readonly Offer[] {
  const vault = vaultOf(known);
  if (!vault) return [];
  const operation = known.mode === 'change' ? 'change-policy' : 'create-policy';
  return [{ go: known.mode ?? 'new', asks: [policyAsk(operation, { vaultId: vault.id, vaultName: vault.name })] }];
}

/** A name that is typed answers which vault or which policy. */
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
