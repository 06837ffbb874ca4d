/** Azure Backup's name of a VM's container and item, without prefix: resource group and name in lower case. */
export function containerOf(vmId: string): string {
  const [, , , , group = '', , , , name = ''] = vmId.split('/');
  return `iaasvmcontainerv2;${group.toLowerCase()};${name.toLowerCase()}`;
}

/** A container or item name without its prefix, in lower case; null where it isn't a VM's. */
export function bareName(name: string): string | null {
  const found = /^(?:iaasvmcontainer;|vm;)?(iaasvmcontainerv2;[^;]+;[^;]+)$/i.exec(name);
  return found ? (found[1] ?? '').toLowerCase() : null;
}

/** The path of an item below its vault, as responses and headers have it: with a raw `;`. */
export function itemPath(vaultId: string, container: string, item = `VM;${container}`): string {
  return `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectedItems/${item}`;
}

/** The VM's name in its ID. */
export function vmNameOf(vmId: string): string {
  return vmId.split('/').pop() ?? '';
}

/** The resource group in an ID, in the ID's own case. */
export function groupOf(id: string): string {
  return id.split('/')[4] ?? '';
}
