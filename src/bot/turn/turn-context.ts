import type { Voter } from '../../approval/decide.ts';
import type { RenderContext } from '../../message/rendering/render.ts';
import type { Deps, PersonRights, Unit } from '../deps.ts';
import type { Inbound } from '../port.ts';

/**
 * A turn under way: the event, how its conversation speaks, and what was read before the transaction began: what the
 * person may do, and whoever approved what is to go on, as they are now; null where it could not be read.
 */
export type Turn = {
  readonly deps: Deps;
  readonly unit: Unit;
  readonly inbound: Inbound;
  readonly context: RenderContext;
  readonly rights: PersonRights | null;
  readonly voters: readonly Voter[] | null;
};

/**
 * A conflict under optimistic locking: somebody else's turn came between reading and writing a dialog. This one is
 * taken again from the start.
 */
export class RevisionConflict extends Error {}
