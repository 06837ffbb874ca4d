/** Where messages about a request are posted in addition to its cards, and whom they mention. */
import { words } from '../../message/words.ts';
import { memberIn } from '../../people/links.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Deciders, Within } from '../deps.ts';
import { threadBelow } from '../channel-places.ts';
import type { OutgoingMessage } from '../port.ts';
import { renderContextIn } from '../render-context.ts';
import { loadDialog } from '../stored-dialog.ts';

/** What is said, in the language of each conversation; `withQuiet`: also to those who were informed but not asked. */
type Telling = {
  readonly text: (said: ReturnType<typeof words>) => string;
  readonly deciders: Deciders;
  readonly withQuiet?: boolean;
};

/**
 * Posts it below each copy, and where the request was made if approvers read that or there is no copy. Those who can
 * decide are mentioned.
 */
export async function tellDeciders(within: Within, stored: StoredRequest, telling: Telling): Promise<void> {
  const { deps, unit } = within;
  for (const place of await placesOf(within, stored, telling.withQuiet ?? false)) {
    const said = words(renderContextIn(deps, place.id, place));
    const desired = mentioning(telling.deciders, place, telling.text(said));
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.id, desired });
    unit.wake({ to: 'deliver', id: place.id });
  }
}

async function placesOf(within: Within, { copies, dialogId }: StoredRequest, withQuiet: boolean) {
  const { q } = within.unit;
  const places: Conversation[] = [];
  for (const { message, conversation, quiet, glass } of copies) {
    const at = glass || (quiet && !withQuiet) ? null : await conversationById(q, conversation);
    const below = at && (at.kind === 'personal' ? at : await threadBelow(within, at, message));
    if (below) places.push(below);
  }
  const dialog = await loadDialog(q, dialogId);
  const isForApprovers = dialog?.channel != null && within.deps.approverChannels.includes(dialog.channel);
  if (!dialog || (places.length > 0 && !isForApprovers)) return places;
  const own = await conversationById(q, dialog.conversationId);
  return own ? [...places, own] : places;
}

function mentioning({ people, groups }: Deciders, place: Conversation, text: string): OutgoingMessage {
  const mentions = people.flatMap(({ id, name, slack }) => {
    const there = place.platform === 'slack' ? memberIn(place.id.split(':')[1] ?? '', slack) : id;
    return there === null ? [] : [{ id: there, name }];
  });
  const named = [...mentions.map(({ name }) => name), ...groups].join(', ');
  const marked = [...mentions.map(({ name }) => `<at>${name}</at>`), ...groups].join(', ');
  const before = (who: string) => (who === '' ? '' : `${who}: `);
  return { card: null, text: `${before(marked)}${text}`, summary: `${before(named)}${text}`, mentions };
}
