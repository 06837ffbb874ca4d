import { readPlan } from '../../operations/stored-operation.ts';
import { openRequests, requestById } from '../../store/approvals.ts';
import type { ApprovalRequest } from '../../approval/request.ts';
import { inTransaction, type Deps, type Within } from '../deps.ts';
import { leftForMs } from '../operation/close-unreadable.ts';
import { moveRequest } from './move-request.ts';

/** How many of the requests that end next are checked. */
const maxRequests = 200;

/**
 * Closes requests for approval whose plan this release can't read, once they are minutes old: until then a process that
 * can read them may still be running. They are superseded; their cards and a message say why, and offer to ask again.
 */
export async function closeUnreadableRequests(deps: Deps): Promise<void> {
  const open = await openRequests(deps.database.db, maxRequests);
  for (const { request } of open.filter(({ plan }) => readPlan(plan) === null))
    await inTransaction(deps, (unit) => close({ deps, unit }, request));
}

async function close(within: Within, { id, createdAt }: ApprovalRequest): Promise<void> {
  const stored = await requestById(within.unit.q, id, 'toMove');
  if (!stored || stored.now.getTime() - createdAt.getTime() < leftForMs) return;
  await moveRequest(within, stored, { kind: 'unreadable' });
}
