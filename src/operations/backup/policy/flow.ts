/**
 * The dialog behind `backup policy`: create or change, where, the form, and the resulting policy. The form accepts
 * anything that is typed; errors are shown on the form itself, so that no input is lost. Azure's state is read after
 * the form and again before the start.
 */
import { z } from 'zod';
import { policyBody, samePolicy, type PolicyShape } from '../../../azure/gateway.ts';
import { sameId } from '../../../core/arm-id.ts';
import { toJson, type Json } from '../../../core/json.ts';
import { refuse } from '../../../core/refusal.ts';
import { flow, neverKept, type Parsed } from '../../../dialog/flow.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { guardRequestOf } from '../../dialogs/guard.ts';
import { isWeaker, shortened } from './form/difference.ts';
import {
  namedPolicies,
  offeredPolicies,
  presetVault,
  type PolicyEstate,
  type PolicyRow,
  type VaultRow,
} from './estate.ts';
import { fields, type FormCard, type PolicyForm } from './form/form.ts';
import { readForm, type ReadFor } from './form/read-form.ts';
import type { Reason } from '../../../readiness/findings/assessment.ts';
import { reasonCodes } from '../../../readiness/findings/finding-codes.ts';
import { maxPolicies } from './form/rules.ts';
import { readEstate, readPlace, type Mode, type PolicyTarget } from './read-estate.ts';

/**
 * The dialog of a VM for which a policy is created on the way. `enhanced`: the VM can't have a Standard policy, and
 * `why`; absent in what an earlier version stored.
 */
type ForVm = { readonly dialog: string; readonly vm: string; readonly enhanced: boolean; readonly why?: Reason };

/** The form with its next card to send; without one, all cards were sent. */
export type OpenForm = PolicyForm & { readonly open?: FormCard };

/** What the dialog knows, in the order in which it learns it. `form.open`: the next card of the form to send. */
export type PolicyKnown = {
  readonly args: readonly string[];
  /** The backup dialog that it was opened from; null: none. */
  readonly returns: ForVm | null;
  readonly mode: Mode;
  readonly estate: PolicyEstate;
  readonly vault: string;
  readonly policy: string;
  readonly form: OpenForm;
  readonly shape: PolicyShape;
  readonly place: PolicyTarget;
  readonly clear: 'yes';
  readonly go: Mode;
  readonly sure: 'yes';
  readonly [step: string]: unknown;
};

/** Why a policy can't be written as chosen, although the form is valid. */
export type Obstacle = 'taken' | 'full' | 'vault-gone' | 'policy-gone' | 'same' | 'immutable';

const argsInput = z.array(z.string().max(300)).max(20);
const param = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const reason = z.strictObject({ code: z.enum(reasonCodes), params: z.record(z.string(), param) });
const forVm = z
  .strictObject({ dialog: z.uuid(), vm: z.string(), enhanced: z.boolean(), why: reason.optional() })
  .nullable();
const typed = Object.fromEntries(fields.map((field) => [field, z.string().max(2000).optional()]));
const formInput = z.strictObject({ ...typed, open: z.enum(['kind', 'rest']).optional() });

/** The flow. */
export const policyFlow = flow<PolicyKnown, Estate>({
  name: 'policy',
  steps: [
    { kind: 'ask', id: 'args', parse: (input) => valueOf(argsInput.safeParse(input)) },
    { kind: 'ask', id: 'returns', preset: () => null, parse: (input) => valueOf(forVm.safeParse(input)) },
    { kind: 'ask', id: 'mode', preset: ({ args }) => modeIn(args) ?? undefined, parse: parseMode },
    {
      kind: 'find',
      id: 'estate',
      lookup: async (known, estate) => toJson(await readEstate(estate, known.mode, askedName(known))),
    },
    {
      kind: 'ask',
      id: 'vault',
      when: ({ mode }) => mode === 'new',
      preset: (known) => presetVault({ vaults: offeredVaults(known) }, askedName(known))?.id,
      parse: (input, known) =>
        oneOf(
          input,
          offeredVaults(known).map(({ id }) => id),
        ),
    },
    {
      kind: 'ask',
      id: 'policy',
      when: ({ mode }) => mode === 'change',
      preset: presetPolicy,
      parse: (input, known) =>
        oneOf(
          input,
          offeredPolicies(known.estate, askedName(known)).map(({ facts }) => facts.id),
        ),
    },
    { kind: 'ask', id: 'form', parse: (input) => valueOf(formInput.safeParse(input)) },
    { kind: 'ask', id: 'shape', preset: shapeOf, parse: () => refuse('not-offered') },
    {
      kind: 'find',
      id: 'place',
      shape: 2,
      lookup: async (known, estate) => toJson(await readPlace(estate, policyRefOf(known))),
      worse,
    },
    {
      kind: 'ask',
      id: 'clear',
      preset: (known) => (obstacleOf(known) === null ? 'yes' : undefined),
      parse: () => refuse('not-offered'),
    },
    { kind: 'ask', id: 'go', parse: (input, { mode }) => oneOf(input, [mode]), reopened: neverKept },
    { kind: 'ask', id: 'sure', when: deletesPoints, parse: (input) => oneOf(input, ['yes']), reopened: neverKept },
  ],
});

/** What was named after the command: a vault for a new policy, a policy to change; null if nothing was. */
export function askedName({ args }: Pick<PolicyKnown, 'args'>): string | null {
  return (modeIn(args) === null ? args[0] : args[1]) ?? null;
}

/** The vaults in which the policy can be created; for a VM only the one that was chosen for it. */
export function offeredVaults(known: Pick<PolicyKnown, 'args' | 'estate' | 'returns'>): readonly VaultRow[] {
  const { vaults } = known.estate;
  return known.returns === null ? vaults : vaults.filter(({ id }) => sameId(id, askedName(known) ?? ''));
}

/** The policy that is being changed; null for a new one. */
export function changedPolicy({ mode, estate, policy }: Partial<PolicyKnown>): PolicyRow | null {
  if (mode !== 'change' || !estate || !policy) return null;
  return estate.policies.find(({ facts }) => sameId(facts.id, policy)) ?? null;
}

/** The vault that the policy is of. */
export function vaultOf(known: Partial<PolicyKnown>): VaultRow | null {
  const id = changedPolicy(known)?.vaultId ?? known.vault;
  return (id && known.estate?.vaults.find((vault) => sameId(vault.id, id))) || null;
}

/** Where the policy is, or will be. */
export function policyRefOf(known: PolicyKnown): { readonly vaultId: string; readonly policyId: string } {
  const changed = changedPolicy(known);
  if (changed) return { vaultId: changed.vaultId, policyId: changed.facts.id };
  return { vaultId: known.vault, policyId: `${known.vault}/backupPolicies/${known.shape.name}` };
}

/** The body that would be sent. A changed policy is built on Azure's current one, and names what a guard needs. */
export function bodyOf(known: Pick<PolicyKnown, 'mode' | 'shape' | 'place'>): Json {
  const { mode, shape, place } = known;
  const base = mode === 'change' ? (place.held?.body ?? null) : null;
  return policyBody(shape, base, isGuarded(known) ? guardRequestOf(place) : null);
}

/** What blocks it; null: nothing. */
export function obstacleOf(known: Pick<PolicyKnown, 'mode' | 'shape' | 'place'>): Obstacle | null {
  const { mode, place } = known;
  if (place.vault === null) return 'vault-gone';
  if (mode === 'new') return place.held ? 'taken' : place.policies >= maxPolicies ? 'full' : null;
  if (!place.held?.facts) return 'policy-gone';
  if (samePolicy(bodyOf(known), place.held.body)) return 'same';
  if (!keepsShorter(known)) return null;
  return /^(locked|unlocked)$/i.test(place.vault.immutability ?? '') ? 'immutable' : null;
}

/** Whether it is a change that a Resource Guard protects against, if there is one. */
export function isGuarded({ mode, shape, place }: Pick<PolicyKnown, 'mode' | 'shape' | 'place'>): boolean {
  return mode === 'change' && place.held?.facts ? isWeaker(place.held.facts, shape) : false;
}

/** Whether backups would be kept for less time than now. Azure protects that, whether or not a VM uses the policy. */
function keepsShorter({ mode, shape, place }: Pick<PolicyKnown, 'mode' | 'shape' | 'place'>): boolean {
  return mode === 'change' && place.held?.facts ? shortened(place.held.facts, shape).length > 0 : false;
}

/** Whether existing points would be deleted sooner than now: a policy that no VM uses has none. */
export function deletesPoints(known: Pick<PolicyKnown, 'mode' | 'shape' | 'place'>): boolean {
  return keepsShorter(known) && (known.place.held?.facts?.protectedItems ?? 0) > 0;
}

function modeIn(args: readonly string[]): Mode | null {
  const word = args[0]?.toLowerCase();
  return word === 'new' || word === 'change' ? word : null;
}

function parseMode(input: unknown): Parsed {
  return oneOf(input, ['new', 'change']);
}

function presetPolicy(known: PolicyKnown): string | undefined {
  const asked = askedName(known);
  const named = asked === null ? [] : namedPolicies(known.estate, asked);
  return named.length === 1 ? named[0]?.facts.id : undefined;
}

/** The context in which the form is read. */
export function readFor(known: Partial<PolicyKnown>): ReadFor {
  return { was: changedPolicy(known)?.facts ?? null, onlyEnhanced: known.returns?.enhanced ?? false };
}

function shapeOf(known: PolicyKnown): Json | undefined {
  if (known.form.open) return undefined;
  const read = readForm(known.form, readFor(known));
  return 'shape' in read ? toJson(read.shape) : undefined;
}

/** Somebody else changed the policy since it was shown, so the difference is another one now; or its guard. */
function worse(shown: PolicyKnown, now: PolicyKnown): boolean {
  if (obstacleOf(now) !== null) return true;
  if (isGuarded(now) && JSON.stringify(shown.place.guard) !== JSON.stringify(now.place.guard)) return true;
  const [before, after] = [shown.place.held, now.place.held];
  return before !== null && after !== null && !samePolicy(before.body, after.body);
}

function oneOf(input: unknown, offered: readonly string[]): Parsed {
  const match = offered.find((offer) => typeof input === 'string' && (offer === input || sameId(offer, input)));
  return match === undefined ? refuse('not-offered') : { value: match };
}

function valueOf(parsed: { success: boolean; data?: unknown }): Parsed {
  return parsed.success ? { value: toJson(parsed.data) } : refuse('not-offered');
}
