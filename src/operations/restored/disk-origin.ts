/** What a disk shows of where it comes from. Pure. */
import type { GroupDisk } from '../../azure/gateway.ts';
import { parseArmId } from '../../core/arm-id.ts';

const restoredName = /^(.+)-(osdisk|datadisk-\d+)-\d{8}-\d{6}$/i;

/** Which of its VM's disks a restored one is, by its name: `osdisk`, `datadisk-<nnn>`; null: it doesn't show it. */
export function diskOf(name: string): string | null {
  return restoredName.exec(name)?.[2]?.toLowerCase() ?? null;
}

/** Whether a restored disk shows that it was a data disk, so that no VM boots from it. */
export function wasDataDisk(id: string): boolean {
  return diskOf(parseArmId(id)?.name ?? id)?.startsWith('datadisk') ?? false;
}

/**
 * Whether a disk was restored from a VM, by its name (`<vm>-osdisk-<date>-<time>`, `<vm>-datadisk-<nnn>-<date>-<time>`)
 * or by what it was created from, a restore point of the collection `AzureBackup_<vm>_<number>`; null: it doesn't show
 * it. Both forms are public, and neither is documented.
 */
export function originOf({ name, source }: Pick<GroupDisk, 'name' | 'source'>, vmName: string): 'vm' | null {
  const vm = vmName.toLowerCase();
  const [, named] = restoredName.exec(name) ?? [];
  const [, copied] = /\/restorePointCollections\/AzureBackup_([^/]+)_\d+(?:\/|$)/i.exec(source ?? '') ?? [];
  return named?.toLowerCase() === vm || copied?.toLowerCase() === vm ? 'vm' : null;
}
