import { z } from 'zod';
import { keptState, type KeptState } from '../kept-state.ts';
import { emptyState, type LabState, type Message } from './messages.ts';

/** Where the lab's state is stored between two starts. */
export type StateFile = KeptState<LabState, Message>;

const stateSchema = z.object({
  version: z.literal(1),
  lastId: z.number(),
  opened: z.array(z.string()),
  locales: z.record(z.string(), z.string()),
  messages: z.array(
    z.looseObject({ id: z.string(), conversation: z.string(), revisions: z.array(z.unknown()).min(1) }),
  ),
});

/** A state file at this path; without one nothing is stored. */
export function stateFile(path: string | undefined): StateFile {
  return keptState(path, {
    empty: emptyState,
    parse: (value) => stateSchema.parse(value) as unknown as LabState,
    keyOf: ({ conversation, id }) => `${conversation} ${id}`,
  });
}
