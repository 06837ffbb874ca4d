import type { Button, Confirm, Overflow } from '@slack/types';
import { encodeAction, openForm } from './action-value.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import type { TranslationContext } from './translation-context.ts';
import type { PieceButton } from './piece.ts';
import { cut, plainObject } from './text-object.ts';

/** The button in Slack. */
export function makeButton(button: PieceButton, context: TranslationContext): Button {
  const { title, tooltip, action } = button;
  return {
    type: 'button',
    text: plainObject(cut(title, limits.button)),
    ...styleOf(button, context),
    ...(tooltip !== '' && { accessibility_label: cut(tooltip, limits.button) }),
    action_id: Array.from(`do:${context.next()}:${action.verb}`).slice(0, limits.actionId).join(''),
    value: encodeAction(action, context.overflow),
  };
}

/**
 * Whether it belongs in the menu behind the three dots. What Slack asks for confirmation of stays a button: a menu has
 * one question for all of its options. So does a title that is cut, which is told in words beside the buttons, and what
 * an option has no room for: a process of another release, which draws a button, would not know its key.
 */
export function isBehind({ behind, style, title, action }: PieceButton): boolean {
  if (!behind || style === 'destructive' || lengthOf(title) > limits.optionText) return false;
  return lengthOf(encodeAction(action, new Map())) <= limits.menuValue;
}

/**
 * The menu behind the three dots, of two to five buttons. An option's value is that of its button, so that a press
 * means the same to a process of another release, whichever of the two it was drawn as.
 */
export function makeMenu(buttons: readonly PieceButton[], context: TranslationContext): Overflow {
  const options = buttons.map(({ title, action }) => ({
    text: plainObject(title),
    value: encodeAction(action, context.overflow),
  }));
  return { type: 'overflow', action_id: `more:${context.next()}`, options };
}

function styleOf(button: PieceButton, context: TranslationContext): Pick<Button, 'style' | 'confirm'> {
  const { style, action } = button;
  if (style === 'positive') return { style: 'primary' };
  if (style === 'default') return {};
  // A form is a window of its own: opening it does nothing yet.
  return { style: 'danger', ...(action.verb !== openForm && { confirm: confirmOf(button, context) }) };
}

/**
 * Slack asks for confirmation before anything destructive: the text is what the button is for, or what the card is
 * about.
 */
function confirmOf({ title, tooltip }: PieceButton, { words, title: about }: TranslationContext): Confirm {
  // The tooltip starts with the button's title, which the confirming button already has.
  const purpose = tooltip.startsWith(`${title}: `) ? tooltip.slice(title.length + 2) : tooltip;
  return {
    title: plainObject(words.sure),
    text: plainObject(cut([purpose, about, title].find((said) => said !== '') ?? title, limits.confirmText)),
    confirm: plainObject(cut(title, limits.confirmButton)),
    deny: plainObject(words.back),
    style: 'danger',
  };
}
