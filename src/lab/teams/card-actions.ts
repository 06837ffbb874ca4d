/** An element of a card, as it is in the JSON. */
export type Element = { type: string } & Record<string, unknown>;

/** A button of a card together with the inputs that its press would send along. */
export type CardAction = { action: Element; inputs: Element[] };

/**
 * Every button of a card, those in opened cards too. A button inside a ShowCard sends the inputs around it as well; one
 * outside does not send those inside: so does the renderer of Teams.
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

/** The buttons that carry this id, else this verb, else this title or tooltip (in any case). */
export function actionsCalled(card: unknown, called: string): CardAction[] {
  const all = actionsOf(card);
  const by = (key: string) => all.filter(({ action }) => action[key] === called);
  const says = (key: string) => (one: CardAction) =>
    String(one.action[key] ?? '').toLowerCase() === called.toLowerCase();
  return (
    [by('id'), by('verb'), all.filter(says('title')), all.filter(says('tooltip'))].find((each) => each.length > 0) ?? []
  );
}

/** Parts of an element that hold no elements. */
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
