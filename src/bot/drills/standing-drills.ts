import { isPerson } from '../../core/person.ts';
import type { Run } from '../../operations/ground/part.ts';
import { requestOfOperation } from '../../store/approvals.ts';
import { endDrillApprovals, insertDrillApproval } from '../../store/drills.ts';
import type { Deps } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';
import { allowedBy, actorName } from '../approval/allowed-by.ts';

/** What an operation writes about standing approvals of drills. */
export function standingDrills(deps: Deps, { requester, id }: LiveOperation): Run['standingDrills'] {
  const { db } = deps.database;
  return {
    allow: async ({ entry, shape, until }) => {
      if (!isPerson(requester)) throw new Error('no schedule allows itself anything');
      const request = (await requestOfOperation(db, id))?.request ?? null;
      const about = { operation: id, entry, shape, until, askedBy: requester, request };
      await insertDrillApproval(db, { ...about, allowedBy: allowedBy(requester, request) });
    },
    end: (entry) => endDrillApprovals(db, entry, actorName(requester)),
  };
}
