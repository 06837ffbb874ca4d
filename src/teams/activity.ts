import { z } from 'zod';

/** A part that may be missing; one of the wrong type counts as missing, so that it never costs the whole activity. */
const maybe = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** IDs become parts of database keys; those of Teams have some 200 characters at most. */
const id = z.string().min(1).max(512);
const word = z.string().max(256);

/** The part of a Bot Framework activity that the product reads. What a client may have written stays `unknown` here. */
export const activitySchema = z.object({
  type: word.min(1),
  id: maybe(id),
  channelId: word,
  serviceUrl: z.string().max(2048),
  timestamp: maybe(word),
  conversation: z.object({ id, conversationType: maybe(word), isGroup: maybe(z.boolean()), tenantId: maybe(id) }),
  from: z.object({ id, name: maybe(z.string()), aadObjectId: maybe(id) }),
  recipient: maybe(z.object({ id: maybe(id), name: maybe(word), isTargeted: maybe(z.boolean()) })),
  channelData: maybe(
    z.object({
      tenant: maybe(z.object({ id: maybe(id) })),
      channel: maybe(z.object({ id: maybe(id) })),
      teamsChannelId: maybe(id),
    }),
  ),
  entities: maybe(z.array(z.unknown())),
  locale: maybe(word),
  localTimezone: maybe(word),
  text: maybe(z.string()),
  name: maybe(word),
  action: maybe(word),
  replyToId: maybe(id),
  value: z.unknown().optional(),
});

/** A Teams activity, checked only for its shape. */
export type Activity = z.output<typeof activitySchema>;

/** The tenant in which the activity took place, if Teams says so. */
export function tenantOf({ conversation, channelData }: Activity): string | null {
  return conversation.tenantId ?? channelData?.tenant?.id ?? null;
}
