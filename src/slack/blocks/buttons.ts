import type { Button, Confirm, Overflow } from '@slack/types';
import { encodeAction, openForm, type SlackAction } from './action-value.ts';
import { part, text, type Node } from './card-node.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import type { TranslationContext } from './translation-context.ts';
import { cut, plainObject } from './text-object.ts';

/** What a press of this card button means. A button of the older kind has its verb in its data. */
export function actionOf(node: Node): SlackAction {
  const verb = node['type'] === 'Action.Submit' ? text(part(node, 'data') ?? {}, 'verb') : text(node, 'verb');
  return { verb, data: node['data'] ?? null, withInputs: node['associatedInputs'] !== 'none' };
}

/** Whether a press sends the card's inputs. */
export function sendsInputs(node: Node): boolean {
  return node['type'] !== 'Action.OpenUrl' && actionOf(node).withInputs;
}

/** The button in Slack; null for a link to an unsafe URL and for a disabled button. */
export function makeButton(node: Node, context: TranslationContext): Button | null {
  if (node['isEnabled'] === false) return null;
  const look = {
    type: 'button' as const,
    text: plainObject(cut(text(node, 'title'), limits.button)),
    ...styleOf(node, context),
    ...(text(node, 'tooltip') !== '' && { accessibility_label: cut(text(node, 'tooltip'), limits.button) }),
  };
  if (node['type'] === 'Action.OpenUrl') return link(node, { ...look, action_id: `link:${context.next()}` });
  const action = actionOf(node);
  const id = Array.from(`do:${context.next()}:${action.verb}`).slice(0, limits.actionId).join('');
  return { ...look, action_id: id, value: encodeAction(action, context.overflow) };
}

/**
 * Whether it belongs in the menu behind the three dots. What Slack asks for confirmation of stays a button: a menu has
 * one question for all of its options. So does a title that is cut, which is told in words beside the buttons, and what
 * an option has no room for: a process of another release, which draws a button, would not know its key.
 */
export function isBehind(node: Node): boolean {
  if (node['mode'] !== 'secondary' || node['type'] === 'Action.OpenUrl') return false;
  const isPlain = node['style'] !== 'destructive' && node['isEnabled'] !== false;
  const isShort = lengthOf(text(node, 'title')) <= limits.optionText;
  return isPlain && isShort && lengthOf(encodeAction(actionOf(node), new Map())) <= limits.menuValue;
}

/**
 * The menu behind the three dots, of two to five buttons. An option's value is that of its button, so that a press
 * means the same to a process of another release, whichever of the two it was drawn as.
 */
export function makeMenu(nodes: readonly Node[], context: TranslationContext): Overflow {
  const options = nodes.map((node) => ({
    text: plainObject(text(node, 'title')),
    value: encodeAction(actionOf(node), context.overflow),
  }));
  return { type: 'overflow', action_id: `more:${context.next()}`, options };
}

function link(node: Node, button: Button): Button | null {
  const url = text(node, 'url');
  return /^https?:\/\//.test(url) && url.length <= limits.buttonUrl ? { ...button, url } : null;
}

function styleOf(node: Node, context: TranslationContext): Pick<Button, 'style' | 'confirm'> {
  if (node['style'] === 'positive') return { style: 'primary' };
  if (node['style'] !== 'destructive') return {};
  // A form is a window of its own: opening it does nothing yet.
  return { style: 'danger', ...(actionOf(node).verb !== openForm && { confirm: confirmOf(node, context) }) };
}

/**
 * Slack asks for confirmation before anything destructive: the text is what the button is for, or what the card is
 * about.
 */
function confirmOf(node: Node, { words, title: about }: TranslationContext): Confirm {
  const title = text(node, 'title');
  // The tooltip starts with the button's title, which the confirming button already has.
  const tooltip = text(node, 'tooltip');
  const purpose = tooltip.startsWith(`${title}: `) ? tooltip.slice(title.length + 2) : tooltip;
  return {
    title: plainObject(words.sure),
    text: plainObject(cut([purpose, about, title].find((said) => said !== '') ?? title, limits.confirmText)),
    confirm: plainObject(cut(title, limits.confirmButton)),
    deny: plainObject(words.back),
    style: 'danger',
  };
}
