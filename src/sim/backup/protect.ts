import { z } from 'zod';
import type { Call } from '../http/call.ts';
import type { ItemSpec, JobSpec, OperationSpec } from '../state/state-backup.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { ArmRefusal, type Reply } from '../http/reply.ts';
import { backupReachesKeys } from './disks/key-access.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { same, vmId } from '../ids.ts';
import { stamp } from '../times.ts';
import { newGuid, newNumber, span } from '../state/world.ts';
import { invalidConfigureRequest, theContainer, theItem, theVault, theVaultId } from './find.ts';
import { findItem, findVm } from '../state/find.ts';
import { containerOf, itemPath, vmNameOf } from './names.ts';
import { acceptedBelowItem, accepted, startOperation } from './operations.ts';
import { later } from '../state/later.ts';
import { findPolicy, policyTypeOf } from './policies/policies.ts';
import { isWeaker } from '../weaker-policy.ts';
import { enforceGuard, guardRefusal, protects } from './guard.ts';
import { refusedKind } from './refused-kind.ts';
import { pollUrl } from '../http/signed-url.ts';

const exclusion = z.object({ diskLunList: z.array(z.number().int()), isInclusionList: z.boolean() });
const input = z.looseObject({
  properties: z.looseObject({
    protectedItemType: z.string(),
    sourceResourceId: z.string().optional(),
    policyId: z.string().nullish(),
    protectionState: z.string().nullish(),
    isRehydrate: z.boolean().nullish(),
    extendedProperties: z.looseObject({ diskExclusionProperties: exclusion.nullish() }).nullish(),
  }),
});
type Sent = z.infer<typeof input>['properties'];

/** PUT of a protected item: protect, change the policy, resume, stop or undelete, depending on the body. */
export function putItem(call: Call): Reply {
  const parsed = input.safeParse(call.body);
  if (!parsed.success) throw invalidConfigureRequest();
  const sent = parsed.data.properties;
  if (sent.isRehydrate) return undelete(call);
  if (sent.protectionState === 'BackupsSuspended') return suspend(call);
  if (sent.protectionState === 'ProtectionStopped') return stop(call, sent);
  return protect(call, sent);
}

/** DELETE of a protected item: its data is deleted at once or, with soft delete, after some days. */
export function deleteItem(call: Call): Reply {
  const item = theItem(call);
  const vault = theVault(call);
  const isUnlocked = (vault.guard?.unlockedUntil ?? 0) >= call.world.now().getTime();
  if (protects(vault, 'deleteProtectedItemRequests') && !isUnlocked) throw guardRefusal();
  const operation = startOperation(call.world, item.vaultId);
  const bag = { 'VM Name': vmNameOf(item.vmId), 'Number of Recovery Points': String(item.points.length) };
  const job = startItemJob(call, { vmId: item.vmId, operation: 'DeleteBackupData', bag });
  later(call.world, span(call.world, 80, 110), { kind: 'delete-ends', operationId: operation.id, jobId: job.id });
  return accepted(call, {
    status: pollUrl(call, `${item.vaultId}/backupOperations/${operation.id}`),
    result: pollUrl(call, `${item.vaultId}/backupOperationResults/${operation.id}`),
  });
}

function protect(call: Call, sent: Sent): Reply {
  enforceVmRights(call, sent.sourceResourceId);
  const vm = protectableVm(call, sent);
  const policyId = sent.policyId ?? '';
  const policy = findPolicy(call.world.state, policyId);
  if (!policy || !same(policy.vaultId, theVaultId(call))) {
    throw new ArmRefusal(400, 'BMSUserErrorPolicyNotFound', 'Policy not found.');
  }
  const item = findItem(call.world, theVaultId(call), theContainer(call));
  if (item?.deletedAt) {
    throw new ArmRefusal(
      400,
      'UserErrorItemInSoftDeletedState',
      'The backup item is in soft deleted state. Undelete it and retry the operation.',
    );
  }
  const was = item && findPolicy(call.world.state, item.policyId);
  if (was && isWeaker(was.properties, policy.properties)) enforceGuard(call, 'updateProtectedItemRequests', sent);
  const operation = startOperation(call.world, theVaultId(call));
  const diskExclusion = exclusionOf(sent, item);
  const error = refusedByOperation(call, { vm, policyId, diskExclusion });
  if (error) {
    later(call.world, span(call.world, 5, 15), { kind: 'operation-fails', operationId: operation.id, ...error });
    return answer(call, operation);
  }
  const made = item ?? addItem(call, vm);
  made.policyId = `${policy.vaultId}/backupPolicies/${policy.name}`;
  if (diskExclusion) made.diskExclusion = diskExclusion;
  else delete made.diskExclusion;
  const bag = { 'VM Name': vm.name, 'Policy Name': policy.name };
  const job = startItemJob(call, { vmId: vmId(vm), operation: 'ConfigureBackup', bag });
  later(call.world, span(call.world, 40, 100), { kind: 'protection-ends', operationId: operation.id, jobId: job.id });
  return answer(call, operation);
}

/** The body replaces what was there; extended properties are reset where they are missing or leave no disk out. */
function exclusionOf({ extendedProperties }: Sent, item: ItemSpec | undefined): ItemSpec['diskExclusion'] {
  if (!extendedProperties) return item?.diskExclusion;
  const asked = extendedProperties.diskExclusionProperties;
  return asked && (asked.isInclusionList || asked.diskLunList.length > 0) ? asked : undefined;
}

/**
 * Enabling protection also writes to the VM (azure-docs, backup-rbac-rs-vault.md: it needs read and write of the VM).
 */
function enforceVmRights(call: Call, sourceId: string | undefined): void {
  const vm = findVm(call.world, sourceId ?? '');
  if (!vm) return;
  const action = 'Microsoft.RecoveryServices/Vaults/backupFabrics/protectionContainers/protectedItems/write';
  const needs = ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/write'];
  enforceLinked(call, { action, scope: call.path, needs, on: vmId(vm) });
}

function protectableVm(call: Call, sent: Sent): VmSpec {
  const container = theContainer(call);
  const vault = theVault(call);
  const vm = findVm(call.world, sent.sourceResourceId ?? '');
  const fits = vm && containerOf(vmId(vm)) === container && same(vm.location, vault.location);
  const known = vm && !vault.undiscovered.some((id) => same(id, vmId(vm)));
  if (!vm || !fits || !known) throw invalidConfigureRequest();
  const trusted = vm.securityType === 'TrustedLaunch' && policyTypeOf(call.world.state, sent.policyId ?? '') === 'V1';
  if (trusted && call.version < '2025-01-01') {
    throw new ArmRefusal(
      400,
      'UserErrorTrustedLaunchVMNotSupportedWithStandardPolicy',
      'Trusted Launch virtual machines can be protected with Standard policy only with API version 2025-01-01 or later. Please use an Enhanced policy.',
    );
  }
  return vm;
}

type ProtectRequest = { vm: VmSpec; policyId: string; diskExclusion: ItemSpec['diskExclusion'] };

/**
 * What Azure finds out only after accepting the call. A soft-deleted item prevents only its own vault from protecting
 * the VM (azure-docs, secure-by-default, November 2025).
 */
function refusedByOperation(call: Call, asked: ProtectRequest): { code: string; message: string } | null {
  const { vm } = asked;
  const elsewhere = call.world.state.items.some(
    (item) => same(item.vmId, vmId(vm)) && !same(item.vaultId, theVaultId(call)) && !item.deletedAt,
  );
  if (elsewhere) {
    return {
      code: 'UserErrorVmAlreadyProtectedInAnotherVault',
      message: 'Virtual machine is already protected in another Recovery Services vault.',
    };
  }
  const kind = refusedKind(call.world, asked);
  if (kind || backupReachesKeys(call.world, vm)) return kind;
  return {
    code: 'UserErrorKeyVaultPermissionsNotConfigured',
    message:
      'Azure Backup Service does not have sufficient permissions to Key Vault for Backup of Encrypted Virtual Machines.',
  };
}

function addItem(call: Call, vm: VmSpec): ItemSpec {
  const item: ItemSpec = {
    vaultId: theVaultId(call),
    vmId: vmId(vm),
    vmGuid: vm.vmId,
    container: containerOf(vmId(vm)),
    policyId: '',
    state: 'IRPending',
    dataId: newNumber(call.world),
    lastBackupStatus: '',
    points: [],
  };
  call.world.state.items.push(item);
  return item;
}

function stop(call: Call, sent: Sent): Reply {
  const item = theItem(call);
  enforceGuard(call, 'stopProtectionWithRetainDataRequests', sent);
  const operation = startOperation(call.world, item.vaultId);
  const bag = { 'VM Name': vmNameOf(item.vmId), 'Policy Name': '' };
  const job = startItemJob(call, { vmId: item.vmId, operation: 'DisableBackup', bag });
  later(call.world, span(call.world, 9, 14), { kind: 'stop-ends', operationId: operation.id, jobId: job.id });
  return answer(call, operation);
}

function undelete(call: Call): Reply {
  const item = theItem(call);
  if (!item.deletedAt)
    throw new ArmRefusal(400, 'BMSUserErrorItemNotSoftDeleted', 'The backup item is not in soft deleted state.');
  const operation = startOperation(call.world, item.vaultId);
  const bag = { 'VM Name': vmNameOf(item.vmId), 'Undelete flag': 'True' };
  const job = startItemJob(call, { vmId: item.vmId, operation: 'Undelete', bag });
  later(call.world, span(call.world, 9, 14), { kind: 'undelete-ends', operationId: operation.id, jobId: job.id });
  return answer(call, operation);
}

/**
 * Only an immutable vault accepts this; the text of the refusal is the service's own, with its typo and trailing space.
 */
function suspend(call: Call): Reply {
  const item = theItem(call);
  if (theVault(call).immutability === 'Disabled') {
    throw new ArmRefusal(
      400,
      'UserErrorOperationDeniedOnImmutableItem',
      'The Vault and Bakcup Item is in Immutable state where destructive operations are not supported. The Vault and Backup Item is immutable, hence operation is denied. Refer to the documentation to learn more: https://aka.ms/AB-ImmutableVaults-States ',
    );
  }
  item.state = 'BackupsSuspended';
  call.world.changed();
  const operation = startOperation(call.world, item.vaultId, { status: 'Succeeded' });
  return answer(call, operation);
}

function answer(call: Call, operation: OperationSpec): Reply {
  return acceptedBelowItem(
    call,
    itemPath(operation.vaultId, theContainer(call), `${prefixOf(call)};${theContainer(call)}`),
    operation,
  );
}

/** The prefix of the item's name as the caller wrote it: the URLs of the response repeat it. */
function prefixOf(call: Call): string {
  return (call.params.item ?? 'VM').split(';')[0] ?? 'VM';
}

function startItemJob(
  call: Call,
  job: { vmId: string; operation: JobSpec['operation']; bag: Record<string, string> },
): JobSpec {
  const made: JobSpec = {
    id: newGuid(call.world),
    vaultId: theVaultId(call),
    vmId: job.vmId,
    container: theContainer(call),
    vmName: vmNameOf(job.vmId),
    operation: job.operation,
    status: 'InProgress',
    start: stamp(call.world.now()),
    activityId: call.clientRequestId ?? newGuid(call.world),
    cancellable: false,
    tasks: [],
    bag: job.bag,
  };
  call.world.state.jobs.push(made);
  return made;
}
