import type { Call } from '../http/call.ts';
import { type JsonBody, textField } from '../json.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import { same, vaultId, vmId } from '../ids.ts';
import { findVm } from '../state/find.ts';
import { containerOf, vmNameOf } from './names.ts';

/** POST backupStatus: where a VM is protected. It reports the VM's protection even if the caller may not read it. */
export function backupStatus(call: Call): Reply {
  const id = textField(call.body, 'resourceId') ?? '';
  if (!same(textField(call.body, 'resourceType'), 'VM') || !id) {
    throw new ArmRefusal(400, 'BMSUserErrorInvalidInput', 'Input provided for the call is invalid');
  }
  const mine = call.world.state.items.filter((known) => same(known.vmId, id));
  // What Azure says about a VM that has only a soft-deleted item isn't recorded; one that was protected again is
  // protected there.
  const item = mine.find((known) => !known.deletedAt) ?? mine[0];
  const names = namesOf(id);
  if (!item)
    return ok({ protectionStatus: 'NotProtected', fabricName: 'Azure', ...names, protectedItemsCount: 0 }, 'writes');
  const found = { vaultId: item.vaultId, fabricName: 'Azure', ...names, policyName: vmNameOf(item.policyId) };
  return ok({ protectionStatus: 'Protected', ...found, protectedItemsCount: 0 }, 'writes');
}

/** Container and item as these two calls name them: all in lower case, with their prefixes, protected or not. */
function namesOf(id: string): { containerName: string; protectedItemName: string } {
  const container = containerOf(id);
  return { containerName: `iaasvmcontainer;${container}`, protectedItemName: `vm;${container}` };
}

/** POST backupPreValidateProtection: a refusal is a 200 with status Failed. */
export function preValidate(call: Call): Reply {
  const id = textField(call.body, 'resourceId') ?? '';
  const names = namesOf(id);
  const refusal = preValidationRefusal(call, id);
  if (refusal) return ok({ status: 'Failed', ...refusal, ...names }, 'writes');
  return ok({ status: 'Succeeded', ...names }, 'writes');
}

function preValidationRefusal(call: Call, id: string): JsonBody | null {
  const vm = findVm(call.world, id);
  if (!vm)
    return refusal(
      'UserErrorVmNotFoundV2',
      'The Azure Virtual Machine was not found.',
      'Please check the virtual machine.',
    );
  const vault = textField(call.body, 'vaultId');
  const mine = call.world.state.items.filter((item) => same(item.vmId, id));
  if (mine.some((item) => !item.deletedAt || same(item.vaultId, vault))) {
    return refusal(
      'VirtualMachineAlreadyProtected',
      "Virtual machine with same name and same resource group is already protected. Please select `Disable' choice above for backup and go to backup item corresponding to this VM in the vault",
      'Please do not enable protection again.',
    );
  }
  return placeRefusal(call, vm) ?? stateRefusal(vm);
}

function placeRefusal(call: Call, vm: VmSpec): JsonBody | null {
  const vault = call.world.state.vaults.find((known) => same(vaultId(known), textField(call.body, 'vaultId')));
  if (!vault || same(vault.location, vm.location)) return null;
  return refusal(
    'UserErrorVmVaultLocationMismatch',
    'The Virtual machine and vault are in different region.',
    `Please choose a vault in the region of ${vmNameOf(vmId(vm))}.`,
  );
}

function stateRefusal(vm: VmSpec): JsonBody | null {
  if (vm.provisioning === 'Failed') {
    return refusal(
      'UserErrorVmProvisioningStateFailed',
      'The VM is in failed provisioning state.',
      'Restart the VM and retry the operation.',
    );
  }
  return null;
}

function refusal(errorCode: string, errorMessage: string, recommendation: string): JsonBody {
  return { errorCode, errorMessage, recommendation };
}
