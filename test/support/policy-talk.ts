/** A dialog about a policy without a bot: its engine, its cards, and canned answers of Azure. */
import { policyBody, type PolicyFacts, type PolicyShape } from '../../src/azure/gateway.ts';
import { backIn } from '../../src/bot/turn/back-in.ts';
import { isRefusal } from '../../src/core/refusal.ts';
import { advance, begin, type DialogEvent, type Effect } from '../../src/dialog/advance.ts';
import { type DialogState, positionIn } from '../../src/dialog/state.ts';
import { words } from '../../src/message/words.ts';
import { render } from '../../cards/render.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { policyDialog } from '../../src/operations/backup/policy/dialog.ts';
import { type PolicyEstate } from '../../src/operations/backup/policy/estate.ts';
import { policyFlow, type PolicyKnown } from '../../src/operations/backup/policy/flow.ts';
import { formOf, newForm, type PolicyForm } from '../../src/operations/backup/policy/form/form.ts';
import { planText } from '../../src/operations/cards/plan-words.ts';
import { viewOf } from './card-view.ts';

export const group = '/subscriptions/s/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults';
export const now = new Date('2026-11-24T12:00:00Z');
export const vault = (name: string, isDefault = false) => ({
  id: `${group}/${name}`,
  name,
  resourceGroup: 'rg-backup',
  subscription: 's',
  region: 'westeurope',
  isDefault,
});

export const goldShape: PolicyShape = {
  name: 'gold',
  kind: 'Standard',
  timeZone: 'W. Europe Standard Time',
  schedule: { frequency: 'Daily', times: ['01:00'] },
  daily: { count: 90, unit: 'Days' },
  weekly: { count: 52, unit: 'Weeks' },
  monthly: null,
  yearly: null,
  snapshotDays: 2,
};
export const facts = (vaultName: string, shape: PolicyShape = goldShape): PolicyFacts => ({
  ...shape,
  id: `${group}/${vaultName}/backupPolicies/${shape.name}`,
  crashConsistentOnly: false,
  restorePointGroup: null,
  protectedItems: 3,
});
export const row = (vaultName: string, shape?: PolicyShape) => ({
  vaultId: `${group}/${vaultName}`,
  vaultName,
  facts: facts(vaultName, shape),
});

export const estate: PolicyEstate = {
  vaults: [vault('rsv-a'), vault('rsv-b', true)],
  policies: [row('rsv-a'), row('rsv-b'), row('rsv-b', { ...goldShape, name: 'silver' })],
  more: 0,
  unread: [],
};
export type PolicyTarget = PolicyKnown['place'];

export const free: PolicyTarget = {
  vault: { immutability: 'Disabled' },
  policies: 4,
  held: null,
  guard: 'none',
  guardOwners: null,
};
export const held = (shape: PolicyShape = goldShape): PolicyTarget => ({
  ...free,
  held: { facts: facts('rsv-b', shape), body: policyBody(shape, null) },
});

export type Answers = { readonly estate?: PolicyEstate; readonly place?: PolicyTarget | (() => PolicyTarget) };

/** An open dialog: its events go through the engine, and its readings are answered at once. */
export class Talk {
  state: DialogState = begin('policy');
  started: PolicyKnown | null = null;
  because: string | null = null;
  answers: Answers;

  constructor(answers: Answers) {
    this.answers = answers;
  }

  get known(): Partial<PolicyKnown> {
    return positionIn(policyFlow, this.state).known;
  }

  get next(): string | null {
    return positionIn(policyFlow, this.state).next?.id ?? null;
  }

  /** What a click with these fields does, converted to inputs as the bot does. */
  clicks(fields: Readonly<Record<string, string>>): string | null {
    return this.event({ kind: 'submit', inputs: policyDialog.inputs!(fields, this.known), revision: 'typed' });
  }

  /** What "Back" does there, with the card's present values. */
  back(fields: Readonly<Record<string, string>>): string | null {
    return this.event(backIn({ state: this.state }, { fields, revision: 'typed' }));
  }

  event(event: DialogEvent): string | null {
    const moved = advance(policyFlow, this.state, event);
    if (isRefusal(moved)) return moved.refused;
    this.state = moved.state;
    for (const effect of moved.effects) this.does(effect);
    return null;
  }

  does(effect: Effect<PolicyKnown>): void {
    if (effect.do === 'start') this.started = effect.known;
    if (effect.do === 'draw') this.because = effect.because?.refused ?? null;
    if (effect.do !== 'lookup') return;
    const { place = free } = this.answers;
    const value =
      effect.step === 'estate' ? (this.answers.estate ?? estate) : typeof place === 'function' ? place() : place;
    this.event({ kind: 'found', step: effect.step, basis: effect.basis, value: value as never, at: now.toISOString() });
  }

  card(locale: 'en' | 'nl' = 'en') {
    const { known, next } = positionIn(policyFlow, this.state);
    const spoken = words({ locale, timeZone: 'Europe/Amsterdam', simulated: false });
    const drawn = policyDialog.draw({
      words: spoken,
      planText: (plan) => planText(spoken, plan, now),
      known,
      next: next?.id ?? null,
      status: this.state.status,
      dialog: 'd-1',
      revision: this.state.revision,
      canGoBack: false,
      blockedOffers: [],
      toApprove: [],
      because: this.because ? { refused: this.because as 'got-worse', params: {} } : null,
      takenOverBy: null,
      checksAgain: null,
      may: () => false,
      now,
    });
    return viewOf(render(asSheet(drawn), { locale, simulated: false }));
  }
}

export function talk(typed: string, answers: Answers = {}): Talk {
  const one = new Talk(answers);
  one.event({ kind: 'submit', inputs: { args: typed.split(' ').filter(Boolean) }, revision: 'typed' });
  return one;
}

export const filled: PolicyForm = { ...newForm('Europe/Amsterdam'), name: 'silver-30' };
export const sent = (form: PolicyForm) => ({ form: 'sent', ...form });
export const goldForm = formOf(facts('rsv-b'));
