import { bot, team, tenantId, type Person } from '../people.ts';
import type { ChatPlace } from './places.ts';
import { localTimestamp } from '../local-time.ts';

/** Something that a person does, before it is written as Teams writes it. */
export type Interaction = {
  id: string;
  at: Date;
  person: Person;
  place: ChatPlace;
  locale: string;
  serviceUrl: string;
};

/** An activity as sent to the bot. */
export type Activity = { type: string; id: string } & Record<string, unknown>;

const mentionTag = `<at>${bot.name}</at>`;

/**
 * A typed message. In a channel it mentions the bot, unless it is a slash command, which reaches the bot as a targeted
 * message.
 */
export function messageActivity(interaction: Interaction, said: { text: string; replyToId?: string }): Activity {
  const targeted = isTargeted(interaction.place, said.text);
  const mentions = interaction.place.kind !== 'personal' && !targeted;
  const base = frame(interaction, 'message');
  const entities = mentions ? [mention(), ...base.entities] : base.entities;
  return {
    ...base,
    ...(targeted && { recipient: { ...bot, isTargeted: true } }),
    textFormat: 'plain',
    text: mentions ? withMention(said.text) : said.text,
    ...(said.replyToId && { replyToId: said.replyToId }),
    attachments: mentions ? [{ contentType: 'text/html', content: `<div>${htmlMention(said.text)}</div>` }] : [],
    entities,
  };
}

/** Action.Submit: a message with the data and without text. */
export function submitActivity(interaction: Interaction, pressed: { cardId: string; data: unknown }): Activity {
  const base = frame(interaction, 'message');
  return {
    ...base,
    replyToId: pressed.cardId,
    value: pressed.data,
    channelData: { ...base.channelData, source: { name: 'message' }, legacy: { replyToId: pressed.cardId } },
  };
}

/** An invoke: the bot's answer is the body of its HTTP response. */
export function invokeActivity(
  interaction: Interaction,
  invoke: { name: string; value: unknown; cardId: string },
): Activity {
  const base = frame(interaction, 'invoke');
  return {
    ...base,
    name: invoke.name,
    replyToId: invoke.cardId,
    value: invoke.value,
    channelData: { ...base.channelData, source: { name: 'message' }, legacy: { replyToId: invoke.cardId } },
  };
}

/** What Teams sends when the bot has been added to a chat or a team: first who joined, then that it is installed. */
export function installActivities(interaction: Interaction, otherId: string): Activity[] {
  const joined = frame(interaction, 'conversationUpdate');
  const installed = frame({ ...interaction, id: otherId }, 'installationUpdate');
  const eventType = interaction.place.kind === 'personal' ? {} : { eventType: 'teamMemberAdded' };
  return [
    { ...joined, membersAdded: [{ id: bot.id }], channelData: { ...joined.channelData, ...eventType } },
    { ...installed, action: 'add' },
  ];
}

/** Whether Teams would send this as a slash command to the bot alone. In a personal chat there is nobody else. */
export function isTargeted(place: ChatPlace, text: string): boolean {
  return place.kind !== 'personal' && text.trimStart().startsWith('/');
}

/** The text as the sender sees it, including the mention. */
export function withMention(text: string): string {
  const named = text.replace(/@kluis\b/i, mentionTag);
  return named.includes(mentionTag) ? named : `${mentionTag} ${text}`;
}

/** The mention of the bot, as an entity. */
export function mention() {
  return { type: 'mention', mentioned: { ...bot }, text: mentionTag };
}

function htmlMention(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return withMention(escaped).replace(
    mentionTag,
    `<span itemscope itemtype="http://schema.skype.com/Mention">${bot.name}</span>`,
  );
}

function frame(interaction: Interaction, type: string) {
  const { person, place, locale, at } = interaction;
  const country = locale.split('-')[1] ?? 'US';
  return {
    type,
    id: interaction.id,
    timestamp: at.toISOString(),
    localTimestamp: localTimestamp(at, person.timeZone),
    localTimezone: person.timeZone,
    serviceUrl: interaction.serviceUrl,
    channelId: 'msteams',
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    conversation: conversation(place),
    recipient: { ...bot },
    entities: [{ type: 'clientInfo', locale, country, platform: 'Web', timezone: person.timeZone }] as unknown[],
    channelData: channelData(place),
    locale,
  };
}

function conversation(place: ChatPlace) {
  return place.kind === 'personal'
    ? { conversationType: 'personal', tenantId, id: place.id }
    : { isGroup: true, conversationType: 'channel', tenantId, id: place.id };
}

function channelData(place: ChatPlace): Record<string, unknown> {
  if (place.kind === 'personal') return { tenant: { id: tenantId } };
  const { id, channel } = team;
  return {
    teamsChannelId: channel.id,
    teamsTeamId: id,
    channel: { id: channel.id },
    team: { id, name: team.name, aadGroupId: team.aadGroupId },
    tenant: { id: tenantId },
  };
}
