import { z } from 'zod';
import { fail, type ControlAnswer } from './control-answer.ts';
import type { EmulatorParts } from './emulator-parts.ts';
import type { Fields } from './fields.ts';
import { eventRequest } from './interactions/payloads.ts';
import type { SlackChannel } from './slack-state.ts';
import { channelCalled, slackPerson } from './interactions/surface.ts';
import { slackApp, slackPersonKeys, slackTeam } from './workspace.ts';

/** A channel is created, archived or reopened, or the bot is invited or removed. */
export const channelSchema = z.strictObject({
  /** `general`, `random`, a new name, or an id. */
  channel: z.string().min(1).max(80),
  archived: z.boolean().optional(),
  botIn: z.boolean().optional(),
});

/** A person's profile changes. */
export const personSchema = z.strictObject({
  as: slackPerson,
  email: z.string().nullable().optional(),
  realName: z.string().optional(),
  timeZone: z.string().optional(),
  locale: z.string().optional(),
  isGuest: z.boolean().optional(),
  deleted: z.boolean().optional(),
});

/** Somebody deletes a message: its author, or an admin. */
export const deleteSchema = z.strictObject({
  channel: z.string().default('general'),
  ts: z.string(),
  as: slackPerson.default('admin'),
});

/** The app loses its token, or is installed again. */
export const installationSchema = z.strictObject({ state: z.enum(['live', 'revoked', 'uninstalled']) });

/** What can be set while the emulator runs. */
export const settingsSchema = z.strictObject({
  rateLimited: z.boolean().optional(),
  deletedParent: z.enum(['refuse', 'unthread']).optional(),
});

/** `POST /_slack/channel`: sends member_joined_channel if the bot is invited. */
export async function setChannel(parts: EmulatorParts, body: z.output<typeof channelSchema>): Promise<ControlAnswer> {
  const { space, line } = parts;
  const channel = space.channel(channelCalled(body.channel, 'admin', parts)) ?? newChannel(parts, body.channel);
  if (!channel) return fail(404, 'NoSuchChannel', 'No such channel.');
  const joins = body.botIn === true && !channel.botIn;
  const { archived = channel.archived, botIn = channel.botIn } = body;
  Object.assign(channel, { archived, botIn });
  space.changed({ channel: channel.id, id: channel.id });
  if (!joins) return { status: 200, body: { channel: channel.id, bot: null } };
  const event = {
    type: 'member_joined_channel',
    user: slackApp.userId,
    channel: channel.id,
    channel_type: 'C',
    team: slackTeam.id,
    inviter: space.user('admin').id,
  };
  return { status: 200, body: { channel: channel.id, bot: await line.send(eventRequest(parts, event)) } };
}

/** `POST /_slack/person`. */
export function setPerson({ space }: EmulatorParts, { as, ...profile }: z.output<typeof personSchema>): ControlAnswer {
  const user = Object.assign(space.user(as), profile);
  space.changed({ channel: 'people', id: as });
  return { status: 200, body: { user } };
}

/** `POST /_slack/delete`. */
export function deleteMessage(parts: EmulatorParts, { channel, ts, as }: z.output<typeof deleteSchema>): ControlAnswer {
  const message = parts.space.message(channelCalled(channel, as, parts), ts, as);
  if (!message) return fail(404, 'NoSuchMessage', 'There is no such message here.');
  parts.space.remove(message);
  return { status: 200, body: {} };
}

/** `POST /_slack/installation`: the token is revoked from now on, and then the bot is notified; or it works again. */
export async function setInstallation(
  parts: EmulatorParts,
  { state }: z.output<typeof installationSchema>,
): Promise<ControlAnswer> {
  const { space, line } = parts;
  space.state.token = state;
  space.changed({ channel: 'installation', id: state });
  const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [slackApp.userId] } };
  const events: Fields[] = { live: [], revoked: [revoked], uninstalled: [revoked, { type: 'app_uninstalled' }] }[state];
  const bots = [];
  for (const event of events) bots.push(await line.send(eventRequest(parts, event)));
  return { status: 200, body: { state, bots } };
}

/** `POST /_slack/settings`. */
export function setSettings(parts: EmulatorParts, body: z.output<typeof settingsSchema>): ControlAnswer {
  const { limits, settings } = parts;
  if (body.rateLimited !== undefined) limits.set(body.rateLimited);
  if (body.deletedParent !== undefined) settings.deletedParent = body.deletedParent;
  return { status: 200, body: { rateLimited: limits.on, ...settings } };
}

function newChannel({ space }: EmulatorParts, name: string): SlackChannel | undefined {
  if (!/^[a-z0-9_-]+$/.test(name)) return undefined;
  const members = [...slackPersonKeys];
  const made: SlackChannel = { id: space.nextId('C'), name, kind: 'channel', members, botIn: false, archived: false };
  space.state.channels.push(made);
  return made;
}
