import type { Scope } from '../../alerts/alert.ts';
import type { Schedule } from '../../core/schedule.ts';
import type { CardMessage } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Conversation } from '../../store/conversations.ts';
import type { ScheduledKind, ScheduledPost as StoredPost } from '../../store/scheduled-posts.ts';
import type { Deps, Within } from '../deps.ts';

/** A channel or chat that gets a post, when, and for which VMs. */
export type ScheduledPlace = { readonly at: Conversation; readonly scope: Scope; readonly schedule: Schedule };

/** What to render from. `due`: when it should have been posted, if it is late. */
export type PostDrawing = {
  readonly words: Words;
  readonly place: ScheduledPlace;
  readonly day: string;
  readonly told: StoredPost['told'];
  readonly due: Date | null;
};

/** What to post (null: nothing is worth a message), and what its readers know from then on. */
type Drawn = { readonly card: CardMessage | null; readonly told: StoredPost['told'] };

/**
 * A scheduled post. `read` is called once for all channels that are due, outside any transaction; `drawer` then renders
 * for each of them.
 */
export type ScheduledPost = {
  readonly kind: ScheduledKind;
  readonly places: (within: Within) => Promise<readonly ScheduledPlace[]>;
  readonly read: (deps: Deps) => Promise<(drawing: PostDrawing) => Drawn>;
};
