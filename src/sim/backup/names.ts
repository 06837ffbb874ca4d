/** Azure Backup's name of a VM's container and item, without their first part: group and name in lower case. */
export function containerOf(vmId: string): string {
  const [, , , , group = '', , , , name = ''] = vmId.split('/');
  return `iaasvmcontainerv2;${group.toLowerCase()};${name.toLowerCase()}`;
}

/** What is left of a container or item name without its first part, in lower case; null where it is none of a VM's. */
export function bareName(name: string): string | null {
  const found = /^(?:iaasvmcontainer;|vm;)?(iaasvmcontainerv2;[^;]+;[^;]+)$/i.exec(name);
  return found ? (found[1] ?? '').toLowerCase() : null;
}

/** The path of an item below its vault, as answers and headers give it: `;` raw. */
export function itemPath(vaultId: string, container: string, item = `VM;${container}`): string {
  return `${vaultId}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}/protectedItems/${item}`;
}

/** The name of the VM in its id. */
export function nameOf(vmId: string): string {
  return vmId.split('/').pop() ?? '';
}

/** The resource group in an id, in the id's own case. */
export function groupOf(id: string): string {
  return id.split('/')[4] ?? '';
}
