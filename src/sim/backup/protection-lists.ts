import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import type { ItemSpec } from '../state/state-backup.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { andTerms, wanted } from '../http/filter.ts';
import { page } from '../http/paging.ts';
import { same, vmId } from '../ids.ts';
import { theItem, theVault, theVaultId } from './find.ts';
import { itemBody } from './item-body.ts';
import { containerOf, groupOf, vmNameOf } from './names.ts';
import { pointBody } from './point-body.ts';

/** GET of a vault's protected items, soft-deleted ones included. */
export function listItems(call: Call): Reply {
  const vaultId = theVaultId(call);
  const terms = andTerms(call.query.get('$filter'));
  const itemType = wanted(terms, 'itemType');
  const policy = wanted(terms, 'policyName');
  const name = wanted(terms, 'friendlyName');
  const found = call.world.state.items.filter(
    (item) =>
      same(item.vaultId, vaultId) &&
      isForVms(call) &&
      (!itemType || same(itemType, 'VM')) &&
      (!policy || same(vmNameOf(item.policyId), policy)) &&
      (!name || same(vmNameOf(item.vmId), name)),
  );
  return ok(
    page<ItemSpec>(call, found, (item) => itemBody(call, item)),
    'backup',
  );
}

/** GET of one protected item. */
export function showItem(call: Call): Reply {
  return ok(itemBody(call, theItem(call)), 'backup');
}

/**
 * GET of the subscription's VMs in the vault's region that could be protected. VMs that haven't been discovered are
 * missing.
 */
export function listProtectable(call: Call): Reply {
  const vault = theVault(call);
  const { state } = call.world;
  const found = state.vms.filter((vm) => {
    const id = vmId(vm);
    const isProtected = state.items.some(
      (item) => same(item.vmId, id) && (!item.deletedAt || same(item.vaultId, theVaultId(call))),
    );
    const unknown = vault.undiscovered.some((known) => same(known, id));
    return same(vm.location, vault.location) && same(vm.subscription, vault.subscription) && !isProtected && !unknown;
  });
  return ok(
    page<VmSpec>(call, isForVms(call) ? found : [], (vm) => protectableBody(theVaultId(call), vmId(vm))),
    'backup',
  );
}

/** GET of the containers of protected VMs. */
export function listContainers(call: Call): Reply {
  const vaultId = theVaultId(call);
  const status = wanted(andTerms(call.query.get('$filter')), 'status');
  const found = call.world.state.items.filter((item) => same(item.vaultId, vaultId) && isForVms(call));
  return ok(page<ItemSpec>(call, !status || same(status, 'Registered') ? found : [], containerBody), 'backup');
}

/** GET of an item's recovery points, newest first. */
export function listPoints(call: Call): Reply {
  const item = theItem(call);
  const from = Date.parse(wanted(andTerms(call.query.get('$filter')), 'startDate') ?? '');
  const until = Date.parse(wanted(andTerms(call.query.get('$filter')), 'endDate') ?? '');
  const found = item.points.filter((point) => {
    const time = Date.parse(point.time);
    return !(time < from) && !(time > until);
  });
  found.sort((one, other) => Date.parse(other.time) - Date.parse(one.time));
  return ok(
    page(call, found, (point) => pointBody(call, { item, point, isAlone: false })),
    'backup',
  );
}

/** GET of one recovery point. */
export function showPoint(call: Call): Reply {
  const item = theItem(call);
  const point = item.points.find((known) => known.id === call.params.point);
  if (!point) throw new ArmRefusal(404, 'BMSUserErrorRecoveryPointNotFound', 'Recovery point not found');
  return ok(pointBody(call, { item, point, isAlone: true }), 'backup');
}

function isForVms(call: Call): boolean {
  const kind = wanted(andTerms(call.query.get('$filter')), 'backupManagementType');
  return !kind || same(kind, 'AzureIaasVM');
}

function protectableBody(vaultId: string, id: string): JsonBody {
  const container = containerOf(id);
  return {
    id: `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectableItems/vm;${container}`,
    name: container,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectableItems',
    properties: {
      virtualMachineId: id,
      virtualMachineVersion: 'Compute',
      resourceGroup: groupOf(id),
      backupManagementType: 'AzureIaasVM',
      protectableItemType: 'Microsoft.Compute/virtualMachines',
      friendlyName: vmNameOf(id),
      protectionState: 'NotProtected',
    },
  };
}

function containerBody(item: ItemSpec): JsonBody {
  return {
    id: `${item.vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${item.container}`,
    name: `IaasVMContainer;${item.container}`,
    type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers',
    properties: {
      virtualMachineId: item.vmId,
      virtualMachineVersion: 'Compute',
      resourceGroup: groupOf(item.vmId),
      friendlyName: vmNameOf(item.vmId),
      backupManagementType: 'AzureIaasVM',
      registrationStatus: 'Registered',
      healthStatus: 'Healthy',
      containerType: 'Microsoft.Compute/virtualMachines',
      protectableObjectType: 'Microsoft.Compute/virtualMachines',
    },
  };
}
