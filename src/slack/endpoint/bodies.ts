/** What Slack sends, as far as the product reads it. What a client may have written stays unknown here. */
import { z } from 'zod';

const id = z.string().min(1).max(255);
const stamp = z.string().regex(/^\d{1,20}\.\d{1,20}$/);
const text = z.string().max(40_000);
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

/** A slash command. It is never given inside a thread. */
export const commandSchema = z.object({
  team_id: id,
  channel_id: id,
  user_id: id,
  user_name: maybe(text),
  text: text.default(''),
  trigger_id: id,
  response_url: maybe(z.url().max(1000)),
});

/** An Events API event, in its envelope. */
export const eventSchema = z.object({
  team_id: id,
  event_id: id,
  event_time: maybe(z.number()),
  authorizations: maybe(z.array(z.object({ user_id: maybe(id), is_bot: maybe(z.boolean()) }))),
  event: z.object({ type: id }),
});

/** Somebody wrote to the bot: a mention in a channel, or a direct message. */
export const messageSchema = z.object({
  type: z.enum(['app_mention', 'message']),
  channel_type: maybe(id),
  channel: id,
  user: id,
  text: text.default(''),
  team: maybe(id),
  user_team: maybe(id),
  source_team: maybe(id),
  ts: stamp,
  thread_ts: maybe(stamp),
  subtype: maybe(id),
  bot_id: maybe(id),
  edited: z.unknown().optional(),
});

/** Somebody opened the app's home tab. */
export const homeOpenedSchema = z.object({ user: id, tab: maybe(id), view: maybe(z.object({ hash: maybe(id) })) });

const user = z.object({ id, name: maybe(text), username: maybe(text), team_id: maybe(id) });
const team = maybe(z.object({ id }));

const container = z.object({
  type: maybe(id),
  message_ts: maybe(stamp),
  thread_ts: maybe(stamp),
  channel_id: maybe(id),
  is_ephemeral: maybe(z.boolean()),
});

const placed = {
  user,
  team,
  container: maybe(container),
  channel: maybe(z.object({ id })),
  message: maybe(z.object({ ts: stamp, thread_ts: maybe(stamp) })),
};

/** For a message Slack sends these next to it, for a view inside it. */
const inputs = z.object({ values: z.unknown() });
const metadata = z.string().max(3000);

/** A press of a button, or a choice that was made, in a message or on the app's home tab. */
export const actionsSchema = z.object({
  ...placed,
  trigger_id: maybe(id),
  view: maybe(z.object({ id, type: maybe(id), hash: maybe(id), state: maybe(inputs) })),
  state: maybe(inputs),
  actions: z
    .array(z.looseObject({ type: maybe(id), action_id: id, action_ts: maybe(stamp), value: maybe(text) }))
    .min(1),
});

/** A submitted modal. */
export const submissionSchema = z.object({
  user,
  team,
  trigger_id: maybe(id),
  view: z.object({
    id,
    hash: maybe(id),
    private_metadata: metadata.default(''),
    state: maybe(inputs),
  }),
});

/** A type-ahead. */
export const optionsSchema = z.object({
  ...placed,
  view: maybe(z.object({ private_metadata: maybe(metadata) })),
  action_id: id,
  value: z.string().max(1000).default(''),
});

/** What came in through the Slack endpoint, by kind. */
export type SlackMessageSeen = z.output<typeof messageSchema>;
export type SlackActionsSeen = z.output<typeof actionsSchema>;
export type SlackOptionsSeen = z.output<typeof optionsSchema>;
export type SlackPlaceSeen = Pick<SlackActionsSeen, 'channel' | 'container' | 'message'>;
