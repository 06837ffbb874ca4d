import type { DiskSpec, VmSpec } from '../state/state-compute.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import type { InterfaceSpec } from '../state/state-network.ts';
import { newGuid, span, type World } from '../state/world.ts';
import { later } from '../state/later.ts';
import { ArmRefusal } from '../http/reply.ts';
import { sizeIn } from '../compute/sizes.ts';
import { enforceQuota } from '../compute/usages.ts';
import { at, diskId, interfaceId, keyVaultId, same } from '../ids.ts';
import { stamp } from '../times.ts';
import type { Link, Maker } from './maker.ts';
import { wantedVm, type WantedVm } from './wanted-vm.ts';

/** Creates VMs from existing disks. A new VM's agent responds some minutes later. */
export const vmMaker: Maker = {
  type: 'Microsoft.Compute/virtualMachines',
  seconds: [40, 90],
  links,
  change: (world, resource) => {
    const found = at(world.state.vms, resource);
    if (!found) return 'Create';
    return hasItsDisks(found, wantedVm(resource)) ? 'NoChange' : 'Modify';
  },
  begin,
  end: (world, resource) => {
    const vm = at(world.state.vms, resource);
    if (vm?.provisioning !== 'Creating') return;
    vm.provisioning = 'Succeeded';
    later(world, span(world, 60, 150), { kind: 'agent-answers', vmId: resource.id });
  },
};

/** Which of these Azure checks is documented only for the interface; for disks and key vaults it isn't recorded. */
function links(resource: TemplateResource): Link[] {
  const { disks, interfaceIds, keyVaultIds } = wantedVm(resource);
  return [
    ...interfaceIds.map((on) => ({ needs: 'Microsoft.Network/networkInterfaces/join/action', on })),
    ...disks.map((disk) => ({ needs: 'Microsoft.Compute/disks/read', on: disk.diskId })),
    ...keyVaultIds.map((on) => ({ needs: 'Microsoft.KeyVault/vaults/deploy/action', on })),
  ];
}

function begin(world: World, resource: TemplateResource): void {
  const wanted = wantedVm(resource);
  const there = at(world.state.vms, resource);
  if (there && hasItsDisks(there, wanted)) return;
  // Azure/azure-cli issue 15765 has the same for a data disk.
  if (there)
    throw new ArmRefusal(409, 'PropertyChangeNotAllowed', `Changing property 'osDisk.managedDisk.id' is not allowed.`);
  const disks = wanted.disks.map((disk) => freeDisk(world, resource, disk.diskId));
  const interfaces = wanted.interfaceIds.map((id) => freeInterface(world, resource, id));
  enforceSize(resource, wanted, disks);
  enforceQuota(world.state, resource, wanted.size);
  for (const disk of disks) enforceKeyVaults(world, disk);
  for (const disk of disks) disk.managedBy = resource.id;
  for (const one of interfaces) {
    one.vmId = resource.id;
    if (wanted.takenInterfaceIds.some((id) => same(id, interfaceId(one)))) one.deleteOption = 'Delete';
  }
  world.state.vms.push(vmOf(world, resource, { wanted, disks }));
}

function hasItsDisks(vm: VmSpec, { disks }: WantedVm): boolean {
  return disks.every((disk) => vm.disks.some((one) => same(one.diskId, disk.diskId)));
}

function freeDisk(world: World, resource: TemplateResource, id: string): DiskSpec {
  const disk = world.state.disks.find((one) => same(diskId(one), id));
  const name = id.split('/').pop() ?? '';
  // Neither text is recorded.
  if (!disk) throw new ArmRefusal(404, 'NotFound', `Disk ${name} is not found.`);
  if (disk.location !== resource.location)
    throw new ArmRefusal(400, 'BadRequest', `Disk ${name} is in '${disk.location}', the VM in '${resource.location}'.`);
  // Quoted in kubernetes-sigs/cloud-provider-azure for a VM of a scale set.
  if (disk.managedBy)
    throw new ArmRefusal(
      409,
      'ConflictingUserInput',
      `Cannot attach the disk ${name} to VM ${resource.id} because it is already attached to VM ${disk.managedBy}. A disk can be attached to only one VM at a time.`,
    );
  return disk;
}

function freeInterface(world: World, resource: TemplateResource, id: string): InterfaceSpec {
  const found = world.state.networkInterfaces.find((one) => same(interfaceId(one), id));
  if (!found || found.location !== resource.location)
    throw new ArmRefusal(404, 'NotFound', `Resource ${id} not found.`);
  // Not recorded.
  if (found.vmId)
    throw new ArmRefusal(400, 'NicInUse', `Network Interface ${id} is used by existing VM ${found.vmId}.`);
  return found;
}

/**
 * The texts are quoted in public reports (hashicorp/terraform-provider-azurerm for the number of disks, juju's tests
 * for the generation, issues of kubernetes for the storage).
 */
function enforceSize({ location }: TemplateResource, wanted: WantedVm, disks: readonly DiskSpec[]): void {
  const found = sizeIn(location, wanted.size);
  const { size } = wanted;
  if (!found) throw new ArmRefusal(400, 'InvalidParameter', `The value ${size} provided for the VM size is not valid.`);
  if (found.restricted)
    throw new ArmRefusal(
      409,
      'SkuNotAvailable',
      `The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: ${size}' is currently not available in location '${location}'. Please try another size or deploy to a different location or different zone.`,
    );
  if (disks.length - 1 > found.dataDisks)
    throw new ArmRefusal(
      409,
      'OperationNotAllowed',
      `The maximum number of data disks allowed to be attached to a VM of this size is ${found.dataDisks}.`,
    );
  const premium = disks.find(({ sku }) => sku.startsWith('Premium'));
  if (premium && !found.premium)
    throw new ArmRefusal(
      400,
      'InvalidParameter',
      `Requested operation cannot be performed because the VM size ${size} does not support the storage account type ${premium.sku} of disk '${premium.name}'. Consider updating the VM to a size that supports Premium storage.`,
    );
  // All OS disks of the estate are of that generation.
  if (!found.generations.includes('V2'))
    throw new ArmRefusal(
      400,
      'BadRequest',
      `The selected VM size '${size}' cannot boot Hypervisor Generation '2'. If this was a Create operation please check that the Hypervisor Generation of the Image matches the Hypervisor Generation of the selected VM Size. If this was an Update operation please select a Hypervisor Generation '2' VM Size. For more information, see https://aka.ms/azuregen2vm`,
    );
}

/** Compute fetches the keys itself; the text is quoted on a troubleshooting page of Azure Site Recovery. */
function enforceKeyVaults(world: World, { ade }: DiskSpec): void {
  if (!ade) return;
  const places = [
    [ade.secretUrl, ade.secretVaultId],
    [ade.keyUrl, ade.keyVaultId],
  ];
  for (const [url, id] of places) {
    if (url === undefined || id === undefined) continue;
    const vault = world.state.keyVaults.find((one) => same(keyVaultId(one), id));
    if (vault?.enabledForDiskEncryption) continue;
    const text = `Key Vault ${url} either has not been enabled for Volume Encryption or the vault id provided does not match ${id}'s true resource id.`;
    throw new ArmRefusal(400, 'KeyVaultAccessForbidden', text);
  }
}

function vmOf(world: World, resource: TemplateResource, from: { wanted: WantedVm; disks: DiskSpec[] }): VmSpec {
  const { wanted, disks } = from;
  const { subscription, resourceGroup, name, location, tags, zones } = resource;
  return {
    subscription,
    resourceGroup,
    name,
    location,
    tags,
    ...(zones.length > 0 ? { zones } : {}),
    os: disks[0]?.os ?? 'Linux',
    size: wanted.size,
    vmId: newGuid(world),
    power: 'running',
    provisioning: 'Creating',
    agent: 'notReady',
    extensionsAllowed: true,
    ...(wanted.securityType ? { securityType: wanted.securityType } : {}),
    disks: wanted.disks.map((disk) => ({ ...disk, name: disk.diskId.split('/').pop() ?? '' })),
    adeState: 'none',
    ...(wanted.dualPass ? { dualPass: wanted.dualPass } : {}),
    extensions: [],
    created: stamp(world.now()),
    fromDisks: true,
    interfaceIds: wanted.interfaceIds,
  };
}
