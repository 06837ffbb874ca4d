import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { openForm } from './action-value.ts';
import { actionOf, sendsInputs } from './buttons.ts';
import { text, type Node } from './card-node.ts';
import { fitted } from './fit.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import { plainLines } from './lines.ts';
import type { TranslationContext } from './translation-context.ts';
import { isTooLong, option } from './inputs/options.ts';
import { said, type Piece } from './piece.ts';
import { choiceAction, choiceBlock, writeMetadata } from './inputs/submission.ts';
import { cut, plainObject } from './text-object.ts';

const typed = new Set(['Input.Text', 'Input.Number', 'Input.Date', 'Input.Time']);
/** More choices than this make a message's inputs a form, too. */
const choicesInMessage = 3;

/**
 * Whether the card is a form: several inputs, one of them typed, or more choices than a message shows well, and a
 * button that sends them; a single line that may stay empty, such as a reason, makes none. Slack checks required inputs
 * only in a modal. A destructive button is pressed there, too: its window asks once more, with what has to be typed.
 */
export function isForm(pieces: readonly Piece[]): boolean {
  const inputs = inputsOf(pieces.filter(({ kind }) => kind === 'input'));
  if (inputs.length < inputsOf(pieces).length) return false; // a fold stays in the message, with the inputs in it
  const [line, ...lines] = inputs.filter(({ type }) => type === 'Input.Text');
  const asked = inputs.filter((input) => input !== line || lines.length > 0 || input['isRequired'] === true);
  const isMuch = asked.length > choicesInMessage || asked.some(({ type }) => typed.has(String(type)));
  return asked.length > 1 && isMuch && sendersOf(pieces).length > 0;
}

/** The inputs of a card, in their order. */
export function inputsOf(pieces: readonly Piece[]): readonly Node[] {
  return pieces.flatMap((piece) => {
    if (piece.kind === 'fold') return inputsOf(piece.pieces);
    return piece.kind === 'input' ? [piece.input] : [];
  });
}

function sendersOf(pieces: readonly Piece[]): readonly Node[] {
  return pieces.flatMap((piece) => (piece.kind === 'buttons' ? piece.buttons.filter(isSender) : []));
}

/** "Back" stays in the message: a modal has one submit button, and its purpose must be clear. */
const isSender = (node: Node) => sendsInputs(node) && node['isEnabled'] !== false && actionOf(node).verb !== 'back';

/** The card without its form: one button that opens it, and the buttons that send no inputs. */
export function withoutForm(pieces: readonly Piece[], { words }: TranslationContext): readonly Piece[] {
  const open: Node = {
    type: 'Action.Execute',
    title: words.fillIn,
    verb: openForm,
    data: null,
    style: sendersOf(pieces).every(({ style }) => style === 'destructive') ? 'destructive' : 'positive',
    associatedInputs: 'none',
  };
  const first = pieces.findIndex((piece) => piece.kind === 'buttons' && piece.buttons.some(isSender));
  return pieces.flatMap((piece, index): readonly Piece[] => {
    if (piece.kind === 'input') return [];
    if (piece.kind !== 'buttons') return [piece];
    const others = piece.buttons.filter((button) => !isSender(button));
    const buttons = index === first ? [open, ...others] : others;
    return buttons.length > 0 ? [{ kind: 'buttons', buttons }] : [];
  });
}

/** The form as a modal: the card's texts, its inputs, and if it can be sent in several ways, a choice between them. */
export function formView(pieces: readonly Piece[], context: TranslationContext, origin: string): ModalView {
  const senders = sendersOf(pieces);
  const isOne = senders.length === 1;
  const submit = isOne ? text(senders[0] as Node, 'title') : context.words.submit;
  const told = (isOne ? [submit].filter((title) => lengthOf(title) > limits.viewTitle) : []).flatMap(plainLines);
  const shown = [...pieces.filter(belongs), ...(told.length > 0 ? [said(told, 'quiet')] : [])];
  const choice = isOne ? [] : choiceOf(senders, context);
  const room = limits.blocksInView - choice.length;
  return {
    type: 'modal',
    callback_id: 'card.form',
    // A title that Slack would cut is in the form itself, in full; the window is named after the button that opened it.
    title: plainObject(isShort(context.title) ? context.title : context.words.fillIn),
    submit: plainObject(cut(submit, limits.viewTitle)),
    close: plainObject(context.words.close),
    private_metadata: writeMetadata(senders.map(actionOf), origin, context.overflow),
    blocks: [...inOneView(shown, context, room), ...choice],
  };
}

const isShort = (title: string) => title !== '' && lengthOf(title) <= limits.viewTitle;

/** Folds stay in the message, and so do the buttons that send nothing. */
function belongs({ kind }: Piece): boolean {
  return kind === 'text' || kind === 'facts' || kind === 'code' || kind === 'table' || kind === 'input';
}

/** The texts are in the message as well, so inputs go first if not everything fits. */
function inOneView(pieces: readonly Piece[], context: TranslationContext, room: number): readonly KnownBlock[] {
  const layout = { context, isOpen: true };
  const [all = [], ...more] = fitted(pieces, layout, { blocks: room });
  if (more.length === 0) return all;
  const [inputs = [], ...left] = fitted(
    pieces.filter(({ kind }) => kind === 'input'),
    layout,
    { blocks: room },
  );
  if (left.length > 0) context.warn('more inputs than a modal holds');
  return inputs;
}

function choiceOf(senders: readonly Node[], { words, overflow }: TranslationContext): readonly KnownBlock[] {
  const titles = senders.map((node) => text(node, 'title'));
  const options = titles.map((title, index) => option({ title, value: String(index) }, overflow));
  const preset = Math.max(
    0,
    senders.findIndex(({ style }) => style === 'positive'),
  );
  const picked = { options, initial_option: options[preset], action_id: choiceAction };
  const block: InputBlock = {
    type: 'input',
    block_id: choiceBlock,
    label: plainObject(words.next),
    element:
      options.length <= limits.radios ? { type: 'radio_buttons', ...picked } : { type: 'static_select', ...picked },
  };
  const long = titles.filter(isTooLong);
  return long.length > 0 ? [{ type: 'section', text: plainObject(cut(long.join('\n'), limits.text)) }, block] : [block];
}
