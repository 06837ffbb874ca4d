import {
  installActivities,
  invokeActivity,
  isTargeted,
  mention,
  messageActivity,
  submitActivity,
  withMention,
  type Interaction,
} from './activities.ts';
import { createGate } from '../gate.ts';
import type { BotLine, BotReply } from './bot-line.ts';
import { cardAnswer, unanswered } from './card-answer.ts';
import type { Chat } from './chat.ts';
import type { Message } from './messages.ts';
import { people, type PersonKey } from '../people.ts';
import { channel, personalChat, thread, type ChatPlace } from './places.ts';

/** Who does something, and where. */
export type Actor = { key: PersonKey; place: ChatPlace };

/** A button with everything that is sent to the bot with it. */
export type Press = { type: string; verb?: string; id?: string; title?: string; data?: unknown };

/** What people can do in the lab. Each resolves when the bot has answered. */
export type Interactions = {
  /** Notifies the bot, once per personal chat or team, that it was installed there. */
  open(actor: Actor): Promise<void>;
  say(
    actor: Actor,
    said: { text: string; replyToId?: string; mention: boolean },
  ): Promise<{ message: Message; reply?: BotReply }>;
  press(actor: Actor, pressed: { message: Message; press: Press }): Promise<BotReply>;
  search(actor: Actor, asked: { message: Message; value: unknown }): Promise<BotReply>;
};

/** The interactions with this chat and this line to the bot. */
export function createInteractions(parts: {
  chat: Chat;
  line: BotLine;
  serviceUrl: () => string;
  now: () => Date;
}): Interactions {
  const { chat, line } = parts;
  const once = createGate();
  const interaction = ({ key, place }: Actor): Interaction => {
    const { serviceUrl, now } = parts;
    const base = { id: chat.nextId(), at: now(), person: people[key], place };
    return { ...base, locale: chat.locale(key), serviceUrl: serviceUrl() };
  };
  const open = (actor: Actor) => once(homeOf(actor).id, () => install({ chat, line, interaction }, actor));
  return {
    open,
    async say(actor, said) {
      await open(actor);
      const id = chat.nextId();
      const place = actor.place.kind === 'channel' ? thread(id) : actor.place;
      const message = await chat.add(place, { id, ...written(actor, said) });
      if (!said.mention && place.kind !== 'personal') return { message };
      const reply = await line.send(messageActivity({ ...interaction({ ...actor, place }), id }, said));
      if (reply.status === 0 || reply.status >= 400)
        await chat.answer(message, actor.key, { note: { kind: 'error', text: unanswered(reply.status) } });
      return { message, reply };
    },
    async press(actor, { message, press }) {
      const at = { ...interaction({ ...actor, place: actor.place }) };
      if (press.type === 'Action.Submit')
        return line.send(submitActivity(at, { cardId: message.id, data: press.data }));
      const value = { action: press, trigger: 'manual' };
      const reply = await line.send(invokeActivity(at, { name: 'adaptiveCard/action', value, cardId: message.id }));
      await chat.answer(message, actor.key, cardAnswer(reply, message.answers[actor.key]));
      return reply;
    },
    search: (actor, { message, value }) =>
      line.send(invokeActivity(interaction(actor), { name: 'application/search', value, cardId: message.id })),
  };
}

type Installing = { chat: Chat; line: BotLine; interaction: (actor: Actor) => Interaction };

async function install({ chat, line, interaction }: Installing, actor: Actor): Promise<void> {
  const home = homeOf(actor);
  if (chat.isOpened(home)) return;
  for (const activity of installActivities(interaction({ ...actor, place: home }), chat.nextId())) {
    const { status } = await line.send(activity);
    // Not recorded: it is sent again at the next opening, when the bot may be reachable.
    if (status === 0) return;
  }
  await chat.markOpened(home);
}

function homeOf({ key, place }: Actor): ChatPlace {
  return place.kind === 'personal' ? personalChat(key) : channel;
}

function written({ key, place }: Actor, said: { text: string; replyToId?: string; mention: boolean }) {
  const { id, name, aadObjectId } = people[key];
  const targeted = said.mention && isTargeted(place, said.text);
  const mentions = said.mention && place.kind !== 'personal' && !targeted;
  return {
    from: { id, name, aadObjectId },
    content: {
      text: mentions ? withMention(said.text) : said.text,
      textFormat: 'plain',
      attachments: [],
      entities: mentions ? [mention()] : [],
    },
    ...(said.replyToId && { replyToId: said.replyToId }),
    ...(targeted && { onlyFor: key }),
  };
}
