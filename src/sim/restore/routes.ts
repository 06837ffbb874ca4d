import type { Call } from '../http/call.ts';
import { theItem, theVault, theVaultId } from '../backup/find.ts';
import { findItem } from '../state/find.ts';
import { enforceGuard } from '../backup/guard.ts';
import { bareName, itemPath } from '../backup/names.ts';
import { accepted, acceptedBelowItem, startOperation, theOperation } from '../backup/operations.ts';
import { later } from '../state/later.ts';
import { backup, ITEM, PI, VAULT } from '../backup/route.ts';
import type { Route } from '../http/route.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { pollUrl } from '../http/signed-url.ts';
import { field, textField } from '../json.ts';
import { newGuid, retryAfter, span } from '../state/world.ts';
import { NOT_YET } from '../times.ts';
import { problemsBefore } from './problems.ts';
import { enforceRestoreRights, invalid, pointOf, restoreAsked } from './restore-request.ts';
import { startRestoreJob } from './run-restore.ts';
import { wholeVmProblems } from './whole-vm-problems.ts';

/** The simulated calls that restore, and that say whether a restore can start. */
export const restoreRoutes: Route[] = [
  backup(`POST ${ITEM}/recoverypoints/:point/restore`, `${PI}/recoveryPoints/restore/action`, restore),
  backup(
    `POST ${VAULT}/backuptriggervalidateoperation`,
    'Vaults/backupTriggerValidateOperation/action',
    validateRestore,
  ),
  backup(
    `GET ${VAULT}/backupvalidateoperationsstatuses/:operation`,
    'Vaults/backupValidateOperationsStatuses/read',
    showValidation,
  ),
];

/** POST restore: its operation ends within seconds and names the job, which has the operation's own ID. */
function restore(call: Call): Reply {
  const vault = theVault(call);
  const item = theItem(call);
  const request = field(call.body, 'properties');
  const asked = restoreAsked(request, vault);
  if (asked.pointId !== call.params.point) throw invalid();
  const point = pointOf(item, asked.pointId);
  // Not recorded: how Azure refuses a point in the archive tier without a request to rehydrate it.
  if (!asked.rehydrates && point.tiers.every((tier) => tier === 'ArchivedRP')) throw invalid();
  enforceRestoreRights(call, item, asked);
  enforceGuard(call, 'triggerRestoreRequests', request);
  // A replacement is refused at once (a page of Microsoft's Japanese support); for a new VM that isn't recorded.
  const [unfit] = wholeVmProblems(call.world, { item, point, asked });
  if (unfit) throw new ArmRefusal(400, unfit.errorTitle, unfit.errorString);
  const activityId = call.clientRequestId ?? newGuid(call.world);
  const job = startRestoreJob(call.world, { item, point, vault, asked, activityId });
  const operation = startOperation(call.world, item.vaultId, { id: job.id, jobId: job.id });
  later(call.world, span(call.world, 1, 2), { kind: 'operation-succeeds', operationId: operation.id });
  return acceptedBelowItem(call, itemPath(item.vaultId, item.container), operation);
}

/**
 * POST backupTriggerValidateOperation: the verdict is inside the status of its operation, which succeeds in any case.
 */
function validateRestore(call: Call): Reply {
  const vault = theVault(call);
  const id = theVaultId(call);
  const properties = field(call.body, 'properties');
  const request = field(properties, 'restoreRequest');
  if (textField(properties, 'objectType') !== 'ValidateIaasVMRestoreOperationRequest') throw invalid();
  const asked = restoreAsked(request, vault);
  const [, container = ''] = /\/protectionContainers\/([^/]+)\//i.exec(textField(call.body, 'id') ?? '') ?? [];
  const item = findItem(call.world, id, bareName(container) ?? '');
  if (!item) throw new ArmRefusal(404, 'BMSUserErrorContainerObjectNotFound', 'Item not found');
  const point = pointOf(item, asked.pointId);
  enforceRestoreRights(call, item, asked);
  const found = [
    ...problemsBefore(call.world, { ...asked, vaultLocation: vault.location }),
    ...wholeVmProblems(call.world, { item, point, asked }),
  ];
  const operation = startOperation(call.world, id, {
    found: found.map(({ errorTitle, errorString, recommendations }) => ({
      code: errorTitle,
      message: errorString,
      recommendations,
    })),
  });
  later(call.world, span(call.world, 3, 8), { kind: 'operation-succeeds', operationId: operation.id });
  const reply = accepted(call, {
    status: pollUrl(call, `${id}/backupValidateOperationsStatuses/${operation.id}`),
    result: pollUrl(call, `${id}/backupValidateOperationResults/${operation.id}`),
  });
  return { ...reply, headers: { ...reply.headers, 'retry-after': retryAfter(call.world, 10) } };
}

/** GET of a validation's status (the example of the API specification, ValidateOperationStatus.json). */
function showValidation(call: Call): Reply {
  const { id, status, start, found } = theOperation(call);
  const isOver = status !== 'InProgress';
  const properties = {
    objectType: 'OperationStatusValidateOperationExtendedInfo',
    validateOperationResponse: { validationResults: found ?? [] },
  };
  return ok(
    { id, name: id, status, startTime: start, endTime: isOver ? start : NOT_YET, ...(isOver ? { properties } : {}) },
    'backup',
  );
}
