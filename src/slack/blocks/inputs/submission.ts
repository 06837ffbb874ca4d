import { storableIn } from '../../../core/storable.ts';
import { encodeAction, readAction, type SlackAction } from '../action-value.ts';
import { fetchOverflow, type OverflowStore, type OverflowLookup } from '../overflow-store.ts';
import { limits } from '../limits.ts';
import { readInputs } from './read-inputs.ts';

/** The IDs of the block and the element with which a form asks which of several things to do. */
export const choiceBlock = 'form.next';
export const choiceAction = 'form.next';

/** A card's form as sent. `action` is null if what the form would do is no longer known. */
type Submission = {
  readonly origin: string;
  readonly action: SlackAction | null;
  readonly inputs: Readonly<Record<string, string>>;
};

/** A form's `private_metadata`: where it comes from and what it can do. What is too long goes to the overflow. */
export function writeMetadata(actions: readonly SlackAction[], origin: string, overflow: OverflowStore): string {
  const whole = JSON.stringify({ o: origin, a: actions.map((action) => encodeAction(action, overflow)) });
  if (whole.length <= limits.metadata) return whole;
  return JSON.stringify({ o: origin, a: actions.map((action) => encodeAction(action, overflow, 0)) });
}

/** Reads a sent form: its `private_metadata` and its `state.values`. Never throws. */
export function readSubmission(
  metadata: string,
  values: unknown,
  lookup: OverflowLookup = () => undefined,
): Submission {
  const { o, a } = parsed(metadata);
  const actions: readonly unknown[] = Array.isArray(a) ? a : [];
  const chosen = actions.length > 1 ? chosenIn(values, lookup) : '0';
  return {
    origin: typeof o === 'string' ? o : '',
    action: readAction(/^\d+$/.test(chosen) ? actions[Number(chosen)] : undefined, lookup),
    inputs: readInputs(values, lookup),
  };
}

/** Only where a form comes from. */
export function originOf(metadata: string): string {
  const { o } = parsed(metadata);
  return typeof o === 'string' ? o : '';
}

type Fields = { readonly [key: string]: unknown };

function chosenIn(values: unknown, lookup: OverflowLookup): string {
  const state = at(at(values, choiceBlock), choiceAction);
  const value = at(at(state, 'selected_option'), 'value');
  return typeof value === 'string' ? (fetchOverflow(value, lookup) ?? '') : '';
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Fields)[key] : undefined;
}

function parsed(json: string): Fields {
  const value = storableIn(json);
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
