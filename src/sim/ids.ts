/** The location of a resource: the parts of its ID that differ. */
export type ResourcePath = { subscription: string; resourceGroup: string; name: string };

/** The ID of a resource of this type (`Microsoft.Compute/disks`). */
export function idOf(type: string, place: ResourcePath): string {
  return `/subscriptions/${place.subscription}/resourceGroups/${place.resourceGroup}/providers/${type}/${place.name}`;
}

/** The IDs of the simulated resource types. */
export const vmId = (place: ResourcePath): string => idOf('Microsoft.Compute/virtualMachines', place);
export const diskId = (place: ResourcePath): string => idOf('Microsoft.Compute/disks', place);
export const virtualNetworkId = (place: ResourcePath): string => idOf('Microsoft.Network/virtualNetworks', place);
export const interfaceId = (place: ResourcePath): string => idOf('Microsoft.Network/networkInterfaces', place);
export const deploymentId = (place: ResourcePath): string => idOf('Microsoft.Resources/deployments', place);
export const keyVaultId = (place: ResourcePath): string => idOf('Microsoft.KeyVault/vaults', place);
export const vaultId = (place: ResourcePath): string => idOf('Microsoft.RecoveryServices/vaults', place);

/** IDs are always compared without regard to case; doubled and trailing slashes don't count. */
export function same(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return plain(one) === plain(other);
}

/** Whether `scope` is `above` or below it. */
export function within(scope: string, above: string): boolean {
  const outer = plain(above);
  const inner = plain(scope);
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}

/** Finds the resource at this place, names without regard to case. */
export function at<Spec extends ResourcePath>(specs: readonly Spec[], place: ResourcePath): Spec | undefined {
  return specs.find(
    (spec) =>
      same(spec.name, place.name) &&
      same(spec.resourceGroup, place.resourceGroup) &&
      same(spec.subscription, place.subscription),
  );
}

function plain(id: string): string {
  const lower = id.toLowerCase();
  const isPlain = !lower.includes('//') && !lower.endsWith('/');
  return isPlain ? lower : lower.replace(/\/{2,}/g, '/').replace(/\/$/, '');
}
