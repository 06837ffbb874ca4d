import type { Button, Confirm } from '@slack/types';
import { encodeAction, openForm, type SlackAction } from './action-value.ts';
import { part, text, type Node } from './card-node.ts';
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
