/** Where messages about a request are posted in addition to its cards, and whom they mention. */
import { words } from '../../message/words.ts';
import { memberIn } from '../../people/links.ts';
import { requestTitle } from '../../operations/cards/approval-card.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import { conversationById, type Conversation } from '../../store/conversations.ts';
import { enqueueMessage } from '../../store/messages.ts';
import { memberLinkedTo } from '../../store/person-links.ts';
import type { Deciders, Within } from '../deps.ts';
import { threadBelow } from '../channel-places.ts';
import { renderContextIn } from '../render-context.ts';
import { messageAbout } from '../render-message.ts';
import { loadDialog } from '../stored-dialog.ts';
import { decidersOf, isRead } from './show-request.ts';

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
  for (const copy of copies) {
    const { message, conversation, quiet, glass } = copy;
    const at = glass || (quiet && !withQuiet) ? null : await conversationById(q, conversation);
    const below =
      at && isRead(within.deps, copy, at) && (at.kind === 'personal' ? at : await threadBelow(within, at, message));
    if (below) places.push({ place: below, messageId: message });
  }
  const own = await whereMade(within, dialogId, places.length > 0);
  return own ? [...places, own] : places;
}

/** Where a request was made, if approvers read that, or it is shown to them nowhere else. */
async function whereMade({ deps, unit }: Within, dialogId: string, isElsewhere: boolean): Promise<Told | null> {
  const dialog = await loadDialog(unit.q, dialogId);
  const isForApprovers = dialog?.channel != null && deps.approverChannels.includes(dialog.channel);
  if (!dialog || (isElsewhere && !isForApprovers)) return null;
  const place = await conversationById(unit.q, dialog.conversationId);
  return place && { place, messageId: dialog.messageId };
}

/** Those who can decide now, haven't been asked in person, and can be mentioned in a channel. */
export async function mentionsIn(within: Within, stored: StoredRequest, place: Conversation) {
  const asked = [...stored.copies, ...stored.unreached.filter(({ is }) => is === 'opening')];
  const inPerson = asked.flatMap(({ person, quiet }) => (person === undefined || quiet ? [] : [person]));
  const { people } = decidersOf(within.deps, stored);
  const others = people.filter(({ id }) => !inPerson.includes(id));
  const to = await addressees(within, { people: others, groups: [] }, place);
  return to.flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]));
}

/**
 * Mentions those who can decide in the channel where a request was made, below its card, which was edited for that: an
 * edit notifies nobody. A copy in another channel mentions them itself.
 */
export async function mentionWhereMade(within: Within, stored: StoredRequest): Promise<void> {
  const { deps, unit } = within;
  const own = await whereMade(
    within,
    stored.dialogId,
    stored.copies.some(({ quiet }) => !quiet),
  );
  if (!own || own.place.kind === 'personal') return;
  const to = await mentionsIn(within, stored, own.place);
  if (to.length === 0) return;
  const said = words(renderContextIn(deps, own.place.id, own.place));
  const title = requestTitle(said, stored.request, { plan: readPlan(stored.plan), who: stored.requestedBy.name });
  const desired = messageAbout({ messageId: own.messageId, words: said }, said.say('request.ring', { title }), to);
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: own.place.id, desired });
  unit.wake({ to: 'deliver', id: own.place.id });
}

/** The most people whom one message mentions. */
const maxMentions = 10;

/** Those people who have an ID on a conversation's platform, and the groups, which have none anywhere. */
async function addressees(within: Within, { people, groups }: Deciders, place: Conversation) {
  const to: { readonly id: string | null; readonly name: string }[] = [];
  for (const person of people.slice(0, maxMentions)) {
    const id = await idAt(within, place, person);
    if (id !== null) to.push({ id, name: person.name });
  }
  return [...to, ...groups.map((name) => ({ id: null, name }))];
}

/**
 * Somebody's ID on a conversation's platform: in Slack by `kluis.yaml` or their own sign-in. Null: they have none, or
 * are a guest in Slack, who decides nothing there.
 */
async function idAt(
  { deps, unit }: Within,
  { platform, id: place }: Conversation,
  { id, slack }: Deciders['people'][number],
): Promise<string | null> {
  if (platform !== 'slack') return id;
  if (deps.authority.isGuestInSlack(id)) return null;
  const team = place.split(':')[1] ?? '';
  return memberIn(team, slack) ?? (await memberLinkedTo(unit.q, team, id));
}
