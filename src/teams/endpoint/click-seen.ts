import type { InboundEvent } from '../../bot/port.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;
type Fields = Readonly<Record<string, unknown>>;

/** The key of the product's own data in a card's button, separate from the inputs that Teams merges in. */
const ownDataKey = 'kluis';

/** A press of an Action.Execute: `{ action: { verb, data } }`. Null if the value isn't one. */
export function executeClick(value: unknown, messageId: string | null): Click | null {
  const action = isFields(value) ? value['action'] : undefined;
  if (!isFields(action)) return null;
  return { kind: 'click', messageId, verb: textOf(action['verb']), ...split(action['data']) };
}

/** A press of an Action.Submit, which has no verb: it is in the button's data. */
export function submitClick(value: unknown, messageId: string | null): Click {
  const { data, inputs } = split(value);
  const verb = isFields(data) ? textOf(data['verb']) : '';
  return { kind: 'click', messageId, verb, data, inputs };
}

/**
 * Teams merges inputs by their IDs into the button's data. Our own data is under `kluis`; if a button has flat data the
 * two can't be distinguished, and both contain everything: they are claims in either case.
 */
function split(merged: unknown): Pick<Click, 'data' | 'inputs'> {
  if (!isFields(merged)) return { data: merged ?? null, inputs: {} };
  const { [ownDataKey]: own, msteams: _, ...inputs } = merged;
  return { data: ownDataKey in merged ? own : inputs, inputs };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
