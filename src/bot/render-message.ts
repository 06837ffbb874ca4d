import type { CardMessage, RenderContext } from '../message/card-data.ts';
import { keyOfId } from '../core/arm-id.ts';
import type { Mark } from '../message/card-data.ts';
import { mentionTag } from '../core/mentions.ts';
import { isPerson, type Actor } from '../core/person.ts';
import type { OutgoingMessage, End } from './port.ts';
import { asWritten } from '../message/timed-text.ts';
import { captionsOf } from '../message/rendering/captions.ts';
import { asSheet } from '../message/rendering/as-sheet.ts';
import { words, type Words } from '../message/words.ts';
import { drawOperation } from '../operations/cards/operation-card.ts';
import type { OperationToDraw } from '../operations/cards/operation-drawing.ts';
import { stepsOfVms } from '../operations/cards/steps-of-vms.ts';
import type { Part } from '../operations/parts/parts.ts';
import { forPreviousRelease } from './for-previous-release.ts';
import { withoutWrites } from './rights/without-writes.ts';

/** A card as a message for a platform; where Kluis is read-only, without what would write. */
export function renderMessage(whole: CardMessage, context: RenderContext): OutgoingMessage {
  const message = context.readOnly ? withoutWrites(whole, words(context)) : whole;
  const sheet = asSheet(message);
  const { locale, simulated } = context;
  const { summary, fallbackText } = captionsOf(sheet, context);
  return {
    sheet,
    ...(simulated && { simulated }),
    // The verdict keeps its times as instants: the root of a thread shows each reader their own.
    ...{ text: asWritten(fallbackText), summary, mentions: [], locale, mark: sheet.mark },
    ...forPreviousRelease(message, context),
  };
}

/** The card that a message is about, and the words of those who read it. */
type About = { readonly messageId: string; readonly words: Words };

/** Who a message is for, by their ID on its platform. `id` null: they are named but can't be mentioned. */
type Addressee = { readonly id: string | null; readonly name: string };
/** Where and when a card is rendered. `forOwner`: what it becomes in one person's own chat. */
type Rendering = {
  readonly context: RenderContext;
  readonly now: Date;
  readonly forOwner?: (card: CardMessage) => CardMessage;
};

/** Renders an operation's card. */
export function renderOperation(
  operation: OperationToDraw,
  { context, now, forOwner = (card) => card }: Rendering,
): OutgoingMessage {
  const kinds = (parts: readonly Part[]) => parts.map(({ does }) => does);
  const does = stepsOfVms(operation.plan, operation.parts).map(({ vm, done, open }) => ({
    vm: keyOfId(vm.id),
    done: kinds(done),
    open: kinds(open),
  }));
  const card = forOwner(drawOperation({ words: words(context), operation, now }));
  return { ...renderMessage(card, context), does };
}

/**
 * A short new message about a card that is already posted, since an edited card notifies nobody. It says by itself what
 * happened, mentions those it is for, waits until the card shows its newest state, and links to it.
 */
export function messageAbout(
  { messageId, words: { say } }: About,
  text: string,
  to: readonly Addressee[] = [],
): OutgoingMessage {
  const headed = (who: (one: Addressee) => string) =>
    [...(to.length > 0 ? [to.map(who).join(', ')] : []), text].join(': ');
  return {
    card: null,
    text: headed(({ id, name }) => (id === null ? name : mentionTag(name))),
    summary: asWritten(headed(({ name }) => name)),
    mentions: to.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }])),
    after: messageId,
    linksAs: say('ping.open'),
  };
}

/** Somebody as the one whom a message mentions; nobody if no person acts. */
export function mentionOf(actor: Actor): readonly Addressee[] {
  return isPerson(actor) ? [{ id: actor.platformId, name: actor.name }] : [];
}

/** How a request ends with an answer of this status: whatever isn't in order needs attention. */
export function endBy(mark: Mark): End {
  return mark === 'ok' || mark === 'info' ? 'done' : 'failed';
}
