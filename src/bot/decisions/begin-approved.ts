import { endsAt } from '../../approval/request.ts';
import { isRefusal, refuse, type Refusal } from '../../core/refusal.ts';
import { readPlan } from '../../operations/stored-operation.ts';
import type { StoredRequest } from '../../store/approvals.ts';
import type { PersonRights } from '../deps.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import type { Answer } from '../port.ts';
import type { LiveDialog } from '../stored-dialog.ts';
import type { Turn } from '../turn-context.ts';

type Approved = { readonly stored: StoredRequest; readonly dialog: LiveDialog; readonly digest: string };

/**
 * The requester starts an approved request, if the rule leaves that to them. From here on it is treated like any
 * approved plan: everything is read again, and nothing starts unless the approval is still valid.
 */
export async function beginApproved(
  turn: Turn,
  rights: PersonRights,
  { stored, dialog, digest }: Approved,
): Promise<Answer | Refusal> {
  const { deps, unit, inbound } = turn;
  const { request, now } = stored;
  if (rights.voter([]).person !== request.requester) return refuse('not-your-start');
  if (digest !== request.digest) return refuse('other-plan');
  if (readPlan(stored.plan) === null) return refuse('unreadable-plan');
  if (request.state !== 'approved') return refuse('request-closed', { state: request.state });
  if (now >= endsAt(request)) return refuse('request-closed', { state: 'expired' });
  const moved = await moveDialog(deps, unit, { dialog, event: { kind: 'approved' }, actor: inbound.person, rights });
  return isRefusal(moved) ? moved : { show: 'card', drawn: moved.drawn };
}
