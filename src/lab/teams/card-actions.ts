/** A card element, as in the JSON. */
export type Element = { type: string } & Record<string, unknown>;

/** A card's button with the inputs that its press would send. */
export type CardAction = { action: Element; inputs: Element[] };

/**
 * Every button of a card, including those in nested cards. A button inside a ShowCard also sends the inputs around it;
 * one outside doesn't send those inside, as in the renderer of Teams.
 */
export function actionsOf(card: unknown, outer: Element[] = []): CardAction[] {
  const found: { inputs: Element[]; actions: Element[] } = { inputs: [], actions: [] };
  collect(card, found);
  const inputs = [...outer, ...found.inputs];
  return found.actions.flatMap((action) => [
    { action, inputs: action['associatedInputs'] === 'none' ? [] : inputs },
    ...(action.type === 'Action.ShowCard' ? actionsOf(action['card'], inputs) : []),
  ]);
}

/** The buttons with this ID, otherwise with this verb, otherwise with this title or tooltip (in any case). */
export function actionsCalled(card: unknown, called: string): CardAction[] {
  const all = actionsOf(card);
  const by = (key: string) => all.filter(({ action }) => action[key] === called);
  const says = (key: string) => (one: CardAction) =>
    String(one.action[key] ?? '').toLowerCase() === called.toLowerCase();
  return (
    [by('id'), by('verb'), all.filter(says('title')), all.filter(says('tooltip'))].find((each) => each.length > 0) ?? []
  );
}

/** Properties of an element that contain no elements. */
const opaque = new Set(['data', 'fallback', 'refresh', 'msteams', 'choices']);

function collect(value: unknown, found: { inputs: Element[]; actions: Element[] }): void {
  if (Array.isArray(value)) return value.forEach((each) => collect(each, found));
  if (typeof value !== 'object' || value === null) return;
  const element = value as Element;
  if (typeof element.type === 'string' && element.type.startsWith('Input.')) found.inputs.push(element);
  if (typeof element.type === 'string' && element.type.startsWith('Action.')) {
    found.actions.push(element);
    return;
  }
  for (const [key, part] of Object.entries(element)) if (!opaque.has(key)) collect(part, found);
}
