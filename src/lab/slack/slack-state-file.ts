import { z } from 'zod';
import { keptState, type KeptState } from '../kept-state.ts';
import { emptySlackState, type SlackMessage, type SlackState } from './slack-state.ts';

/** Where the workspace is stored between two starts. */
export type SlackStateFile = KeptState<SlackState, SlackMessage>;

const schema = z.looseObject({
  version: z.literal(1),
  lastMicros: z.number(),
  lastId: z.number(),
  users: z.looseObject({ ana: z.looseObject({ id: z.string() }) }),
  channels: z.array(z.looseObject({ id: z.string() })),
  messages: z.array(z.looseObject({ ts: z.string(), channel: z.string() })),
});

/** A state file at this path; without one nothing is stored. */
export function slackStateFile(path: string | undefined): SlackStateFile {
  return keptState(path, {
    empty: emptySlackState,
    parse: (value) => schema.parse(value) as unknown as SlackState,
    keyOf: ({ channel, ts }) => `${channel} ${ts}`,
  });
}
