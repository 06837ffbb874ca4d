import type { Call } from '../http/call.ts';
import type { OperationSpec } from '../state/state-backup.ts';
import { newGuid, retryAfter, type World } from '../state/world.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { isWhole, pollUrl } from '../http/signed-url.ts';
import { idOf, same } from '../ids.ts';
import { NOT_YET, stamp } from '../times.ts';

/** Starts a long-running operation of a vault. */
export function startOperation(world: World, vaultId: string, more: Partial<OperationSpec> = {}): OperationSpec {
  const operation: OperationSpec = {
    id: newGuid(world),
    vaultId,
    status: 'InProgress',
    start: stamp(world.now()),
    ...more,
  };
  world.state.operations.push(operation);
  return operation;
}

/** The usual 202: empty, with both URLs below the protected item, whose name is in the caller's case. */
export function acceptedBelowItem(call: Call, itemPath: string, operation: OperationSpec): Reply {
  return accepted(call, {
    status: pollUrl(call, `${itemPath}/operationsStatus/${operation.id}`),
    result: pollUrl(call, `${itemPath}/operationResults/${operation.id}`),
  });
}

/** A 202 with these two URLs. */
export function accepted(call: Call, urls: { status: string; result: string }): Reply {
  return {
    status: 202,
    headers: {
      'azure-asyncoperation': urls.status,
      location: urls.result,
      'retry-after': retryAfter(call.world, 60),
    },
  };
}

/** The status of an operation, whichever URL it was asked at. */
export function showOperation(call: Call): Reply {
  const operation = theOperation(call);
  return ok(
    {
      id: operation.id,
      name: operation.id,
      status: operation.status,
      startTime: operation.start,
      endTime: operation.status === 'InProgress' ? NOT_YET : operation.start,
      ...(operation.error
        ? { error: { code: operation.error.code, message: operation.error.message }, properties: null }
        : {}),
      ...(operation.status === 'Succeeded' && operation.jobId
        ? { properties: { objectType: 'OperationStatusJobExtendedInfo', jobId: operation.jobId } }
        : {}),
    },
    'backup',
  );
}

/**
 * The status of an operation of the vault itself, below the vault's singular `operationStatus`: only the whole ID, the
 * name and the status; while it runs, also its own URL, signed again (azure-cli's test_vault_soft_delete_basic.yaml).
 */
export function showVaultOperation(call: Call): Reply {
  const { id, vaultId, status } = theOperation(call);
  const path = `${vaultId}/operationStatus/${id}`;
  const headers: Record<string, string> =
    status === 'InProgress' ? { 'azure-asyncoperation': pollUrl(call, path) } : {};
  return { ...ok({ id: path, name: id, status }), headers };
}

/** The result of an operation: 202 with the same Location while it runs, then 204. */
export function showResult(call: Call): Reply {
  const operation = theOperation(call);
  if (operation.status !== 'InProgress') return { status: 204, limit: 'backup' };
  return {
    status: 202,
    headers: { location: pollUrl(call, call.path), 'retry-after': retryAfter(call.world, 60) },
    limit: 'backup',
  };
}

/** The operation that a path names. The vault itself may be gone by now: the operation may be its deletion. */
export function theOperation(call: Call): OperationSpec {
  if (!isWhole(call.query)) {
    throw new ArmRefusal(
      403,
      'InvalidAuthenticationTokenSignature',
      'The signature of the operation URL is not valid.',
    );
  }
  const vaultId = idOf('Microsoft.RecoveryServices/vaults', {
    subscription: call.params.sub ?? '',
    resourceGroup: call.params.group ?? '',
    name: call.params.vault ?? '',
  });
  const found = call.world.state.operations.find(
    (operation) => same(operation.id, call.params.operation) && same(operation.vaultId, vaultId),
  );
  if (!found) throw new ArmRefusal(404, 'BMSUserErrorOperationNotFound', 'Operation not found');
  return found;
}
