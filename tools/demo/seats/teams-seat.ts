/** A seat in the lab's Teams side, over its HTTP API: what the page in the browser does, without a browser. */
import { call } from '../call.ts';
import { cardText } from '../card-text.ts';
import type { ChangeStream } from './change-stream.ts';
import { nodesIn, readAdaptiveCard, type CardNode } from './read-adaptive-card.ts';
import {
  clientLocale,
  type BotMessage,
  type Filled,
  type MessageState,
  type PersonKey,
  type Press,
  type Seat,
} from '../seat.ts';

/** Where a seat is. `home`: the personal chat, or the channel, in which each command starts a thread. */
type TeamsSeatParts = {
  readonly url: string;
  readonly changes: ChangeStream;
  readonly person: PersonKey;
  readonly home: 'personal' | 'general';
  readonly locale: 'en' | 'nl';
  /** The line that every card contains. */
  readonly leaveOut: string;
};

/** A message as one person sees it. `card` is what is shown; `revisions` are all states that the bot has sent. */
type LabMessage = {
  readonly id: string;
  readonly from: { readonly name: string; readonly person: PersonKey | null };
  readonly text: string;
  readonly card?: unknown;
  readonly answered: boolean;
  readonly note?: { readonly text: string };
  readonly onlyYou: boolean;
  readonly deleted?: string;
  readonly revisions: readonly { readonly text: string; readonly card?: unknown }[];
};

/** The open conversation, and the ID of the last command. */
type Open = { place: string; since: string };

/** Takes a seat; in the conversation `at`, if given. */
export function teamsSeat(parts: TeamsSeatParts, at: Open = { place: parts.home, since: '' }): Seat {
  const { person, home, leaveOut, changes } = parts;
  const here: Here = { ...parts, at };
  let seen: readonly LabMessage[] = [];
  const presses = new Map<string, number>();
  const cardOn = (id: string) => seen.find((message) => message.id === id)?.card;
  return {
    person,
    open: async () => {
      await post(here, 'open', {});
      return home === 'personal';
    },
    say: async (text) => {
      const { activityId, conversation } = await post(here, 'say', { conversation: home, text });
      Object.assign(at, { place: conversation, since: activityId });
      return text;
    },
    add: async (text) => {
      await post(here, 'say', { text });
      return text;
    },
    press: async (press) => {
      const card = cardOn(press.on);
      if (buttonsCalled(card, press.title).length === 0) return false;
      presses.set(press.on, (presses.get(press.on) ?? 0) + 1);
      await post(here, 'press', pressOf(card, press));
      return true;
    },
    aim: async ({ on, title }) => {
      const action = pressedLater(cardOn(on), title);
      return async () => void (await post(here, 'press', { activityId: on, action }));
    },
    messages: async () => {
      seen = await said(here);
      return seen.flatMap((message) => asSeen(message, { leaveOut, presses: presses.get(message.id) ?? 0 }));
    },
    beside: (other) => teamsSeat({ ...parts, person: other }, { place: at.place, since: '' }),
    changed: (signal) => changes.next(signal),
  };
}

type Here = TeamsSeatParts & { readonly at: Open };
type Answer = { readonly activityId: string; readonly conversation: string };

async function post({ url, person, locale, at }: Here, path: string, body: object): Promise<Answer> {
  const whole = { as: person, conversation: at.place, locale: clientLocale[locale], ...body };
  return (await call(`${url}/_lab/${path}`, whole)) as Answer;
}

/** What the bot has said since the last command. */
async function said({ url, person, at }: Here): Promise<readonly LabMessage[]> {
  const query = new URLSearchParams({ as: person, ...(at.since && { since: at.since }) });
  const view = await call(`${url}/_lab/conversations/${encodeURIComponent(at.place)}?${query}`);
  const { messages } = view as { messages: readonly LabMessage[] };
  return messages.filter(({ from, deleted }) => from.person === null && !deleted);
}

/** The private answer to a press is shown below the card; here each one is a separate message. */
function asSeen(message: LabMessage, { leaveOut, presses }: { leaveOut: string; presses: number }): BotMessage[] {
  const { id, revisions, answered, card, note, onlyYou } = message;
  const from = message.from.name;
  const state = (seen: { text: string; card?: unknown }): MessageState => ({
    text: seen.text.replace(/<\/?at>|<a href="[^"]*">|<\/a>/g, ''),
    card: seen.card === undefined ? null : cardText(readAdaptiveCard(seen.card), leaveOut),
  });
  const states = [...revisions, ...(answered ? [{ text: '', card }] : [])].map(state);
  const whole = { id, from, isPrivate: onlyYou, states };
  if (!note) return [whole];
  return [
    whole,
    { id: `${id} ${presses} ${note.text}`, from, isPrivate: true, states: [{ text: note.text, card: null }] },
  ];
}

function buttonsCalled(card: unknown, title: string): readonly CardNode[] {
  const isMeant = (node: CardNode) =>
    /^Action\.(Execute|Submit)$/.test(String(node['type'])) && node['title'] === title;
  return nodesIn(card).filter(isMeant);
}

function pressOf(card: unknown, { on, title, nth, filled }: Press): object {
  const inputs = Object.entries(filled).map(([label, value]) => inputCalled(card, { label, value }));
  return { activityId: on, action: title, ...(nth && { nth }), inputs: Object.fromEntries(inputs) };
}

/**
 * The ID of the input with this label, which may be followed by an error, and the value of the choice whose title
 * begins like this.
 */
function inputCalled(card: unknown, { label, value }: { label: string; value: string }): [string, string] {
  const input = inputsOf(card).find((node) =>
    [label, `⚠️ ${label}`].includes(String(node['label']).split(' · ')[0] ?? ''),
  );
  if (!input) throw new Error(`the card has no input ${label}`);
  const choices = (input['choices'] ?? []) as readonly { title: string; value: string }[];
  return [String(input['id']), choices.find(({ title }) => title.startsWith(value))?.value ?? value];
}

/** The action as an outdated client sends it, with the values of the inputs. */
function pressedLater(card: unknown, title: string): object {
  const [{ type, verb, data } = {}] = buttonsCalled(card, title);
  return { type, verb, title, data: { ...(data as object), ...presets(card) } };
}

function presets(card: unknown): Filled {
  return Object.fromEntries(inputsOf(card).map((node) => [String(node['id']), String(node['value'] ?? '')]));
}

function inputsOf(card: unknown): readonly CardNode[] {
  return nodesIn(card).filter(({ type }) => String(type).startsWith('Input.'));
}
