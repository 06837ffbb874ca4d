import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { openForm } from './action-value.ts';
import type { ShownInput } from '../../message/rendering/shown-input.ts';
import { fitted } from './fit.ts';
import { lengthOf } from './overflow-store.ts';
import { limits } from './limits.ts';
import { plainLines } from './lines.ts';
import type { TranslationContext } from './translation-context.ts';
import { option } from './inputs/options.ts';
import { said, type Piece, type PieceButton } from './piece.ts';
import { choiceAction, choiceBlock, writeMetadata } from './inputs/submission.ts';
import { cut, plainObject } from './text-object.ts';

/** More choices than this make a message's inputs a form, too. */
const choicesInMessage = 3;

/**
 * Whether the card is a form: several inputs, one of them typed, or more choices than a message shows well, and a
 * button that sends them; a single line that may stay empty, such as a reason, makes none. Slack checks required inputs
 * only in a modal. A destructive button is pressed there, too: its window asks once more, with what has to be typed.
 */
export function isForm(pieces: readonly Piece[]): boolean {
  const inputs = inputsOf(pieces);
  const [line, ...lines] = inputs.filter(({ kind }) => kind === 'text');
  const asked = inputs.filter((input) => input !== line || lines.length > 0 || isRequired(input));
  const isMuch = asked.length > choicesInMessage || asked.some(({ kind }) => kind === 'text' || kind === 'date');
  return asked.length > 1 && isMuch && sendersOf(pieces).length > 0;
}

const isRequired = (input: ShownInput) => 'required' in input && input.required;

/** The inputs of a card, in their order. */
export function inputsOf(pieces: readonly Piece[]): readonly ShownInput[] {
  return pieces.flatMap((piece) => (piece.kind === 'input' ? [piece.input] : []));
}

function sendersOf(pieces: readonly Piece[]): readonly PieceButton[] {
  return pieces.flatMap((piece) => (piece.kind === 'buttons' ? piece.buttons.filter(isSender) : []));
}

/** "Back" stays in the message: a modal has one submit button, and its purpose must be clear. */
const isSender = ({ action }: PieceButton) => action.withInputs && action.verb !== 'back';

/** The card without its form: one button that opens it, and the buttons that send no inputs. */
export function withoutForm(pieces: readonly Piece[], { words }: TranslationContext): readonly Piece[] {
  const open: PieceButton = {
    title: words.fillIn,
    tooltip: '',
    style: sendersOf(pieces).every(({ style }) => style === 'destructive') ? 'destructive' : 'positive',
    behind: false,
    action: { verb: openForm, data: null, withInputs: false },
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
  const submit = isOne ? (senders[0] as PieceButton).title : context.words.submit;
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
    private_metadata: writeMetadata(
      senders.map(({ action }) => action),
      origin,
      context.overflow,
    ),
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

function choiceOf(senders: readonly PieceButton[], { words, overflow }: TranslationContext): readonly KnownBlock[] {
  const titles = senders.map(({ title }) => title);
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
  return [block];
}
