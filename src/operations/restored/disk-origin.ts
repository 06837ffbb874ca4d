/** What a disk shows of where it comes from. Pure. */
import type { GroupDisk } from '../../azure/gateway.ts';

/**
 * Whether a disk was restored from a VM, by its name (`<vm>-osdisk-<date>-<time>`, `<vm>-datadisk-<nnn>-<date>-<time>`)
 * or by what it was created from, a restore point of the collection `AzureBackup_<vm>_<number>`; null: it doesn't show
 * it. Both forms are public, and neither is documented.
 */
export function originOf({ name, source }: Pick<GroupDisk, 'name' | 'source'>, vmName: string): 'vm' | null {
  const vm = vmName.toLowerCase();
  const [, named] = /^(.+)-(?:osdisk|datadisk-\d+)-\d{8}-\d{6}$/i.exec(name) ?? [];
  const [, copied] = /\/restorePointCollections\/AzureBackup_([^/]+)_\d+(?:\/|$)/i.exec(source ?? '') ?? [];
  return named?.toLowerCase() === vm || copied?.toLowerCase() === vm ? 'vm' : null;
}
