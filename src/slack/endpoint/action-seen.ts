import { z } from 'zod';
import type { OutgoingMessage, InboundEvent } from '../../bot/port.ts';
import { openForm, readAction } from '../blocks/action-value.ts';
import { missingFields, type Field } from '../blocks/inputs/field.ts';
import type { OverflowLookup } from '../blocks/overflow-store.ts';
import { readInputs } from '../blocks/inputs/read-inputs.ts';
import { inSlack } from '../message-parts.ts';
import type { SlackActionsSeen } from './bodies.ts';

type Action = SlackActionsSeen['actions'][number];
type Click = Extract<InboundEvent, { kind: 'click' }>;

/** What a click claims. */
type Claims = Pick<Click, 'verb' | 'data' | 'inputs'>;

/** What a press means: a form to open, a click, or what has to be filled in first. */
type Press =
  | { readonly kind: 'form' }
  | { readonly kind: 'missing'; readonly fields: readonly Field[] }
  | { readonly kind: 'click'; readonly claims: Claims };

/** A click without content: the product refuses it in words. */
export const unreadable: Claims = { verb: '', data: null, inputs: {} };

const overflow = z.object({ selected_option: z.object({ value: z.string() }) });

/** The value of the pressed element; null if nothing was pressed: a choice that isn't sent yet. */
export function pressedValue(action: Action): string | null {
  if (action.type === 'overflow') return overflow.safeParse(action).data?.selected_option.value ?? '';
  return action.type === 'button' ? (action.value ?? '') : null;
}

/** Reads a press with the message that it is on (null: unknown), which says what is required. */
export function readPress(
  value: string,
  values: unknown,
  { on, lookup }: { readonly on: OutgoingMessage | null; readonly lookup: OverflowLookup },
): Press {
  const action = readAction(value, lookup);
  if (!action) return { kind: 'click', claims: unreadable };
  if (action.verb === openForm) return { kind: 'form' };
  if (!action.withInputs) return { kind: 'click', claims: { verb: action.verb, data: action.data, inputs: {} } };
  const inputs = readInputs(values, lookup);
  const missing = on ? missingFields(inSlack(on).fields, inputs) : [];
  if (missing.length > 0) return { kind: 'missing', fields: missing };
  return { kind: 'click', claims: { verb: action.verb, data: action.data, inputs } };
}
