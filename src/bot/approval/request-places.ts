/** Where messages about a request are posted in addition to its cards, and whom they mention. */
import { words } from '../../message/words.ts';
import { memberIn } from '../../people/links.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { memberLinkedTo } from '../../store/person-links.ts';
import type { Deciders, Within } from '../deps.ts';
import { threadBelow } from '../channel-places.ts';
import { renderContextIn } from '../render-context.ts';
import { messageAbout } from '../render-message.ts';
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
  for (const { place, messageId } of await placesOf(within, stored, telling.withQuiet ?? false)) {
    const said = words(renderContextIn(deps, place.id, place));
    const to = await addressees(within, telling.deciders, place);
    const desired = messageAbout({ messageId, words: said }, telling.text(said), to);
    await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.id, desired });
    unit.wake({ to: 'deliver', id: place.id });
  }
}

/** A place, and the card there. */
type Told = { readonly place: Conversation; readonly messageId: string };

async function placesOf(within: Within, { copies, dialogId }: StoredRequest, withQuiet: boolean) {
  const { q } = within.unit;
  const places: Told[] = [];
  for (const { message, conversation, quiet, glass } of copies) {
    const at = glass || (quiet && !withQuiet) ? null : await conversationById(q, conversation);
    const below = at && (at.kind === 'personal' ? at : await threadBelow(within, at, message));
    if (below) places.push({ place: below, messageId: message });
  }
  const dialog = await loadDialog(q, dialogId);
  const isForApprovers = dialog?.channel != null && within.deps.approverChannels.includes(dialog.channel);
  if (!dialog || (places.length > 0 && !isForApprovers)) return places;
  const own = await conversationById(q, dialog.conversationId);
  return own ? [...places, { place: own, messageId: dialog.messageId }] : places;
}

/** Those people who have an ID on a conversation's platform, and the groups, which have none anywhere. */
async function addressees(within: Within, { people, groups }: Deciders, place: Conversation) {
  const to: { readonly id: string | null; readonly name: string }[] = [];
  for (const person of people) {
    const id = await idAt(within, place, person);
    if (id !== null) to.push({ id, name: person.name });
  }
  return [...to, ...groups.map((name) => ({ id: null, name }))];
}

/** Somebody's ID on a conversation's platform: in Slack by `kluis.yaml` or their own sign-in. Null: they have none. */
async function idAt(
  { unit }: Within,
  { platform, id: place }: Conversation,
  { id, slack }: Deciders['people'][number],
): Promise<string | null> {
  if (platform !== 'slack') return id;
  const team = place.split(':')[1] ?? '';
  return memberIn(team, slack) ?? (await memberLinkedTo(unit.q, team, id));
}
