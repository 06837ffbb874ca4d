import type { Call } from '../http/call.ts';
import { methodAndPath, type Route } from '../http/route.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { pollUrl } from '../http/signed-url.ts';
import { textField, field } from '../json.ts';
import { same, vaultId } from '../ids.ts';
import { stamp } from '../times.ts';
import { newGuid, span } from '../state/world.ts';
import { theItem, theVault, theVaultId } from './find.ts';
import { cancelJob, listJobs, showJob } from './jobs.ts';
import { backupStatus, preValidate } from './location-calls.ts';
import { itemPath } from './names.ts';
import {
  accepted,
  acceptedBelowItem,
  showOperation,
  showResult,
  showVaultOperation,
  startOperation,
} from './operations.ts';
import { later } from '../state/later.ts';
import { enforceGuard, guardBody, putGuard } from './guard.ts';
import { listPolicies, putPolicy, showPolicy } from './policies/policies.ts';
import { deleteItem, putItem } from './protect.ts';
import { listContainers, listItems, listPoints, listProtectable, showItem, showPoint } from './protection-lists.ts';
import { backup, ITEM, NAMESPACE, PI, VAULT, VAULTS } from './route.ts';
import { startBackupJob } from './run-backup.ts';
import { encryptionConfigBody, storageConfigBody, vaultBody, vaultConfigBody } from './vault-body.ts';
import { deleteVault, listVaults, patchVault, patchVaultConfig, putVault } from './vaults.ts';

const SUB = '/subscriptions/:sub';
const FABRIC = `${VAULT}/backupfabrics/:fabric`;
const LOCATION = `${SUB}/providers/microsoft.recoveryservices/locations/:region`;

/** The simulated calls of Recovery Services and Azure Backup. */
export const backupRoutes: Route[] = [
  vaults(`GET ${SUB}/providers/microsoft.recoveryservices/vaults`, 'Vaults/read', listVaults),
  vaults(`GET ${VAULTS}`, 'Vaults/read', listVaults),
  vaults(`GET ${VAULT}`, 'Vaults/read', (call) => ok(vaultBody(theVault(call), call.version))),
  vaults(`PUT ${VAULT}`, 'Vaults/write', putVault),
  vaults(`PATCH ${VAULT}`, 'Vaults/write', patchVault),
  vaults(`DELETE ${VAULT}`, 'Vaults/delete', deleteVault),
  vaults(`GET ${VAULT}/operationstatus/:operation`, 'Vaults/operationStatus/read', showVaultOperation),
  vaults(`GET ${VAULT}/operationresults/:operation`, 'Vaults/operationResults/read', showResult),

  backup(`GET ${VAULT}/backupconfig/vaultconfig`, 'Vaults/backupconfig/read', (call) =>
    ok(vaultConfigBody(theVault(call), call.version), 'backup'),
  ),
  backup(`PATCH ${VAULT}/backupconfig/vaultconfig`, 'Vaults/backupconfig/write', patchVaultConfig),
  backup(`PUT ${VAULT}/backupconfig/vaultconfig`, 'Vaults/backupconfig/write', patchVaultConfig),
  backup(`GET ${VAULT}/backupstorageconfig/vaultstorageconfig`, 'Vaults/backupstorageconfig/read', showStorageConfig),
  backup(
    `GET ${VAULT}/backupencryptionconfigs/backupresourceencryptionconfig`,
    'Vaults/backupEncryptionConfigs/read',
    (call) => ok(encryptionConfigBody(theVault(call)), 'backup'),
  ),
  backup(`GET ${VAULT}/backupresourceguardproxies`, 'Vaults/backupResourceGuardProxies/read', (call) =>
    ok({ value: guardBody(theVault(call)) }, 'none'),
  ),
  backup(`GET ${VAULT}/backupresourceguardproxies/:proxy`, 'Vaults/backupResourceGuardProxies/read', showGuard),
  backup(`PUT ${VAULT}/backupresourceguardproxies/:proxy`, 'Vaults/backupResourceGuardProxies/write', putGuard),
  backup(
    `POST ${VAULT}/backupresourceguardproxies/:proxy/unlockdelete`,
    'Vaults/backupResourceGuardProxies/unlockDelete/action',
    unlockDelete,
  ),

  backup(`GET ${VAULT}/backuppolicies`, 'Vaults/backupPolicies/read', listPolicies),
  backup(`GET ${VAULT}/backuppolicies/:policy`, 'Vaults/backupPolicies/read', showPolicy),
  backup(`PUT ${VAULT}/backuppolicies/:policy`, 'Vaults/backupPolicies/write', putPolicy),
  backup(
    `GET ${VAULT}/backuppolicies/:policy/operations/:operation`,
    'Vaults/backupPolicies/operations/read',
    showOperation,
  ),
  backup(
    `GET ${VAULT}/backuppolicies/:policy/operationresults/:operation`,
    'Vaults/backupPolicies/operationResults/read',
    showResult,
  ),

  backup(`GET ${VAULT}/backupprotecteditems`, 'Vaults/backupProtectedItems/read', listItems),
  backup(`GET ${VAULT}/backupprotectableitems`, 'Vaults/backupProtectableItems/read', listProtectable),
  backup(`GET ${VAULT}/backupprotectioncontainers`, 'Vaults/backupProtectionContainers/read', listContainers),
  backup(`POST ${FABRIC}/refreshcontainers`, 'Vaults/backupFabrics/refreshContainers/action', refresh),
  backup(`GET ${FABRIC}/operationresults/:operation`, 'Vaults/backupFabrics/operationResults/read', showResult),
  backup(`GET ${FABRIC}/operationsstatus/:operation`, 'Vaults/backupFabrics/operationsStatus/read', showOperation),

  backup(`GET ${ITEM}`, `${PI}/read`, showItem),
  backup(`PUT ${ITEM}`, `${PI}/write`, putItem),
  backup(`DELETE ${ITEM}`, `${PI}/delete`, deleteItem),
  backup(`POST ${ITEM}/backup`, `${PI}/backup/action`, backUp),
  backup(`GET ${ITEM}/operationsstatus/:operation`, `${PI}/operationsStatus/read`, showOperation),
  backup(`GET ${ITEM}/operationresults/:operation`, `${PI}/operationResults/read`, showResult),
  backup(`GET ${ITEM}/recoverypoints`, `${PI}/recoveryPoints/read`, listPoints),
  backup(`GET ${ITEM}/recoverypoints/:point`, `${PI}/recoveryPoints/read`, showPoint),

  backup(`GET ${VAULT}/backupjobs`, 'Vaults/backupJobs/read', listJobs),
  backup(`GET ${VAULT}/backupjobs/:job`, 'Vaults/backupJobs/read', showJob),
  backup(`POST ${VAULT}/backupjobs/:job/cancel`, 'Vaults/backupJobs/cancel/action', cancelJob),
  backup(
    `GET ${VAULT}/backupjobs/:job/operationsstatus/:operation`,
    'Vaults/backupJobs/operationsStatus/read',
    showOperation,
  ),
  backup(
    `GET ${VAULT}/backupjobs/:job/operationresults/:operation`,
    'Vaults/backupJobs/operationResults/read',
    showResult,
  ),
  backup(`GET ${VAULT}/backupoperations/:operation`, 'Vaults/backupOperations/read', showOperation),
  backup(`GET ${VAULT}/backupoperationresults/:operation`, 'Vaults/backupOperationResults/read', showResult),

  location('backupstatus', 'locations/backupStatus/action', backupStatus),
  location('backupprevalidateprotection', 'locations/backupPreValidateProtection/action', preValidate),
];

function vaults(call: string, action: string, handle: Route['handle']): Route {
  return { ...methodAndPath(call), type: `${NAMESPACE}/vaults`, action: `${NAMESPACE}/${action}`, handle };
}

function location(name: string, action: string, handle: Route['handle']): Route {
  return {
    method: 'POST',
    path: `${LOCATION}/${name}`,
    type: `${NAMESPACE}/locations`,
    action: `${NAMESPACE}/${action}`,
    handle,
  };
}

/** POST backup: the operation ends within two seconds and names the job, which runs from then on. */
function backUp(call: Call): Reply {
  const item = theItem(call);
  const properties = field(call.body, 'properties');
  if (!same(textField(properties, 'objectType'), 'IaasVMBackupRequest')) {
    throw new ArmRefusal(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid');
  }
  if (item.deletedAt || item.state === 'ProtectionStopped') {
    throw new ArmRefusal(
      400,
      'UserErrorBcmDatasourceNotPresent',
      'The virtual machine is not (actively) protected by Azure Backup.',
    );
  }
  const keepUntil =
    textField(properties, 'recoveryPointExpiryTimeInUTC') ??
    stamp(new Date(call.world.now().getTime() + 30 * 86_400_000));
  const job = startBackupJob(call.world, item, {
    activityId: call.clientRequestId ?? newGuid(call.world),
    onDemand: true,
    keepUntil,
  });
  const operation = startOperation(call.world, item.vaultId, { jobId: job.id });
  later(call.world, span(call.world, 1, 2), { kind: 'operation-succeeds', operationId: operation.id });
  return acceptedBelowItem(call, itemPath(item.vaultId, item.container), operation);
}

/** POST refreshContainers. Its two URLs have different api-versions, as in Azure. */
function refresh(call: Call): Reply {
  const id = theVaultId(call);
  const operation = startOperation(call.world, id);
  later(call.world, span(call.world, 8, 14), { kind: 'refresh-ends', operationId: operation.id, vaultId: id });
  const path = `${id}/backupFabrics/Azure`;
  return accepted(call, {
    status: pollUrl(call, `${path}/operationsStatus/${operation.id}`, '2019-05-13-preview'),
    result: pollUrl(call, `${path}/operationResults/${operation.id}`),
  });
}

function showStorageConfig(call: Call): Reply {
  const vault = theVault(call);
  const locked = call.world.state.items.some((item) => same(item.vaultId, vaultId(vault)));
  return ok(storageConfigBody(vault, locked), 'backup');
}

function showGuard(call: Call): Reply {
  const found = guardBody(theVault(call)).find((guard) => same(String(guard.name), call.params.proxy));
  if (!found) throw new ArmRefusal(404, 'BMSUserErrorObjectNotFound', 'Object not found');
  return ok(found, 'none');
}

/** The guarded delete is allowed for an hour; an item's, where its request is named. */
function unlockDelete(call: Call): Reply {
  showGuard(call);
  enforceGuard(call, 'deleteProtectedItemRequests', call.body);
  const until = new Date(call.world.now().getTime() + 3_600_000);
  const { guard } = theVault(call);
  if (guard) guard.unlockedUntil = until.getTime();
  call.world.changed();
  return ok({ unlockDeleteExpiryTime: stamp(until) }, 'writes');
}
