/**
 * The sweep: wakes due work that no wake-up reported, since a wake-up may be lost with the process that had it. It also
 * ends dialogs that nobody came back to, and keeps the inventory fresh. Old rows are removed separately, less often.
 */
import { loggable } from '../../core/log.ts';
import { isRefusal } from '../../core/refusal.ts';
import type { Wake } from '../../jobs/wake.ts';
import { loadDialog } from '../stored-dialog.ts';
import { endUnknown } from '../../store/dialogs.ts';
import { forgetAlerts, forgetDialogs, forgetMessages, forgetOperations, forgetRequests } from '../../store/forget.ts';
import { forgetInbound } from '../../store/inbound.ts';
import { forgetJobs } from '../../store/vault-polls.ts';
import { requestById } from '../../store/approvals.ts';
import { whatIsDue } from '../../store/what-is-due.ts';
import { endGoneVaults } from '../alerts/gone-vaults.ts';
import { seeUnread } from '../alerts/unread.ts';
import { endSnooze } from '../alerts/handle-alert.ts';
import { postToNewRoutes } from '../alerts/show-alert.ts';
import { openChats } from '../approval/open-chats.ts';
import { moveRequest } from '../decisions/move-request.ts';
import { remind } from '../approval/remind.ts';
import { inTransaction, type Deps } from '../deps.ts';
import { moveDialog } from '../dialog/dialog-turn.ts';
import { inventoryMaxAgeMs } from '../estate/inventory.ts';
import { RevisionConflict } from '../turn-context.ts';

const maxRows = 200;
const [keepJobsDays, keepInboundDays] = [60, 3];

/** Sweeps once. */
export async function sweep(deps: Deps): Promise<void> {
  const q = deps.database.db;
  const due = await whatIsDue(q, maxRows);
  await deps.company.keepUp(q, due.companyVersion);
  const watched = due.isWatched || deps.alertRoutes.length > 0;
  const age = due.inventoryAgeMs;
  const to = (kind: Wake['to'], ids: readonly string[]) => ids.map((id) => ({ to: kind, id }) as Wake);
  const wakes: Wake[] = [
    ...to('lookup', due.dialogsToLookUp),
    ...to('advance', due.operationsToAdvance),
    ...to('deliver', due.conversationsToDeliver),
    ...to('watch', due.vaultsToPoll),
    ...to('alert', watched ? due.vaultsWithUntold : []),
    ...to('look', watched ? due.vaultsToLookAt : []),
    ...to('scheduled', due.looksDue),
    // A negative age was read before the clock was set back.
    ...to('inventory', age === null || Math.abs(age) > inventoryMaxAgeMs ? ['all'] : []),
  ];
  if (wakes.length > 0) await inTransaction(deps, async (unit) => wakes.forEach(unit.wake));
  for (const id of due.expiredDialogs) await expire(deps, id);
  for (const id of due.requestsToEnd) await endRequest(deps, id);
  for (const id of due.requestsToReach) await reach(deps, id);
  for (const id of due.requestsToRemind) await remindOf(deps, id);
  await moveAlerts(deps, { watched, toWake: due.alertsToWake });
}

/** Changes of alerts that come without a job; one that fails doesn't block the others. */
async function moveAlerts(deps: Deps, now: { watched: boolean; toWake: readonly string[] }): Promise<void> {
  try {
    await postToNewRoutes(deps);
    if (now.watched) {
      await seeUnread(deps);
      await endGoneVaults(deps);
    }
    for (const id of now.toWake) await inTransaction(deps, (unit) => endSnooze({ deps, unit }, id));
  } catch (error) {
    deps.log.error({ ...loggable(error) }, 'alerts could not be moved on');
  }
}

/** Removes old rows, a few each time. */
export async function forget(deps: Deps): Promise<void> {
  const q = deps.database.db;
  const keeping = { days: deps.keepDays, limit: maxRows };
  await forgetOperations(q, keeping);
  await forgetRequests(q, keeping);
  await forgetAlerts(q, keeping);
  await forgetDialogs(q, keeping);
  await forgetMessages(q, keeping);
  await forgetJobs(q, { days: keepJobsDays, limit: maxRows });
  await forgetInbound(q, { days: keepInboundDays, limit: maxRows });
}

/** Nobody approved it in time, or it was approved and didn't start in time. */
async function endRequest(deps: Deps, id: string): Promise<void> {
  try {
    await inTransaction(deps, async (unit) => {
      const stored = await requestById(unit.q, id, 'toMove');
      if (stored) await moveRequest({ deps, unit }, stored, { kind: 'expire' });
    });
  } catch (error) {
    if (!(error instanceof RevisionConflict))
      deps.log.error({ ...loggable(error), request: id }, 'a request for approval could not be ended');
  }
}

/** A reminder that can't be sent doesn't block the others. */
async function remindOf(deps: Deps, id: string): Promise<void> {
  await remind(deps, id).catch((error: unknown) => {
    deps.log.error({ ...loggable(error), request: id }, 'nobody could be reminded of a request for approval');
  });
}

/** People who can't be asked in person don't block the others. */
async function reach(deps: Deps, id: string): Promise<void> {
  await openChats(deps, id).catch((error: unknown) => {
    deps.log.error({ ...loggable(error), request: id }, 'nobody could be asked in person about a request for approval');
  });
}

async function expire(deps: Deps, id: string): Promise<void> {
  try {
    await inTransaction(deps, async (unit) => {
      const dialog = await loadDialog(unit.q, id);
      if (!dialog) return endUnknown(unit.q, id); // of a flow that this release doesn't have
      const moved = await moveDialog(deps, unit, { dialog, event: { kind: 'expire' }, actor: null, rights: null });
      if (isRefusal(moved)) deps.log.debug({ dialog: id, refused: moved.refused }, 'a dialog had ended already');
    });
  } catch (error) {
    // Somebody came back at this moment; or this one can't be ended, which doesn't block the others.
    if (!(error instanceof RevisionConflict))
      deps.log.error({ ...loggable(error), dialog: id }, 'a dialog could not be ended');
  }
}
