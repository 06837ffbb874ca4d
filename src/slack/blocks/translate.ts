/**
 * A message in Slack's form: a typed card as Block Kit. Pure: the same message gives the same blocks, ids and
 * keys, so anyone who has the message can translate it again to read a press, to open its form, or to answer its
 * type-ahead.
 *
 * Folds are closed Slack containers. They open in place, immediately, for that reader only, and need no answer.
 */
import type { KnownBlock } from '@slack/types';
import type { OutgoingMessage } from '../../bot/port.ts';
import { mentionTag } from '../../core/mentions.ts';
import { fieldOf } from './inputs/input-block.ts';
import { fitted } from './fit.ts';
import { onlyShown } from './card/only-shown.ts';
import { formView, inputsOf, isForm, withoutForm } from './form.ts';
import type { OverflowStore } from './overflow-store.ts';
import { limits } from './limits.ts';
import { textOf } from './lines.ts';
import type { TranslationContext } from './translation-context.ts';
import type { Piece } from './piece.ts';
import { piecesIn } from './card/pieces-in.ts';
import { notification, textMessage } from './spoken-text.ts';
import { plainObject } from './text-object.ts';
import type { Translated, TranslateOptions } from './translation.ts';
import { ownWords } from './wording.ts';

/** Translates a message. Never refuses: what Slack can't show becomes text and a warning. */
export function translate(drawn: OutgoingMessage, options: TranslateOptions = {}): Translated {
  const mention = options.mention ?? (() => null);
  const said = notification(drawn, mention);
  const read = piecesIn(drawn);
  if (!read) {
    const messages = [textMessage(drawn, mention)].filter(({ length }) => length > 0);
    return { text: said, messages, modal: null, overflow: new Map(), fields: [], warnings: [] };
  }
  const { locale } = drawn;
  const head = mentionsOf(drawn, mention);
  const { messages, ...rest } = translateCard(read, { locale, ...options, taken: head.length });
  const [first = [], ...more] = messages;
  return { text: said, messages: head.length > 0 ? [[...head, ...first], ...more] : messages, ...rest };
}

/** Those whom a card is posted for: blocks hide the text, and only what is shown notifies. */
function mentionsOf(drawn: OutgoingMessage, mention: (id: string) => string | null): readonly KnownBlock[] {
  const text = drawn.mentions.map(({ name }) => mentionTag(name)).join(', ');
  return text === '' ? [] : textMessage({ ...drawn, text }, mention);
}

function translateCard(
  read: readonly Piece[],
  options: TranslateOptions & { readonly taken: number },
): Omit<Translated, 'text'> {
  const warnings = new Set<string>();
  const overflow: OverflowStore = new Map();
  const pieces = options.surface === 'aside' ? onlyShown(read, ownWords(options.locale)) : read;
  const context = contextOf({ pieces, options, overflow, warn: (warning) => warnings.add(warning) });
  const isFormed = isForm(pieces);
  const isHome = options.surface === 'home';
  const layout = { context, isOpen: isHome || options.folds === 'open' };
  const shown = isFormed ? withoutForm(pieces, context) : pieces;
  const lists = fitted(shown, layout, isHome ? inView : { ...inMessage, blocks: inMessage.blocks - options.taken });
  const messages = lists.length > 1 ? [...lists].with(0, [...(lists[0] ?? []), shortened(context)]) : lists;
  const modal = isFormed ? formView(pieces, context, options.origin ?? '') : null;
  if (messages.length > 1) warnings.add(`${messages.length} messages: too much for one`);
  const there = idsIn([...messages.flat(), ...(modal?.blocks ?? [])] as readonly KnownBlock[]);
  const fields = inputsOf(pieces)
    .map(fieldOf)
    .filter(({ blockId }) => there.has(blockId));
  return { messages, modal, overflow, fields, warnings: [...warnings] };
}

const inView = { blocks: limits.blocksInView };
const inMessage = { blocks: limits.blocksInMessage, characters: limits.charactersInMessage };

/** The note at the end of a message that doesn't contain everything. */
function shortened({ words }: TranslationContext): KnownBlock {
  return { type: 'context', elements: [plainObject(words.shortened)] };
}

type Given = {
  readonly pieces: readonly Piece[];
  readonly options: TranslateOptions;
  readonly overflow: OverflowStore;
  readonly warn: (warning: string) => void;
};

function contextOf({ pieces, options, overflow, warn }: Given): TranslationContext {
  const head = pieces.find(({ kind }) => kind === 'text');
  let number = 0;
  return {
    words: ownWords(options.locale),
    title: head?.kind === 'text' ? textOf(head.lines) : '',
    overflow,
    warn,
    next: () => ++number,
  };
}

function idsIn(blocks: readonly KnownBlock[]): ReadonlySet<string> {
  return new Set(blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [block_id])));
}
