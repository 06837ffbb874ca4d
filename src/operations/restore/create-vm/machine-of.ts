/** The VM that a restore's settings file describes, with the restored disks. Pure. */
import type { NewVm } from '../../../azure/gateway.ts';
import { parseArmId, sameId } from '../../../core/arm-id.ts';
import type { FileDisk, SettingsFile } from '../../restored/settings-file.ts';

/**
 * The VM to create, of exactly these disks. Null: the file doesn't say how the VM was, or not of each disk where it
 * was, or it tells of more disks than there are.
 */
export function machineOf(
  { region, size, os, tags, disks: told }: SettingsFile,
  restored: readonly string[],
): Omit<NewVm, 'id' | 'interfaceId'> | null {
  if (region === null || size === null || os === null || told.length !== restored.length) return null;
  const placed = told.flatMap((disk) => {
    const ids = restored.filter((id) => isMeant(disk, id));
    return ids.length === 1 ? [{ ...disk, id: ids[0] as string }] : [];
  });
  const osDisk = placed.find(({ role }) => role === 'os');
  const dataDisks = placed.flatMap(({ role, id, caching, lun }) =>
    role === 'data' && lun !== null ? [{ id, caching, lun }] : [],
  );
  const isWhole = new Set(placed.map(({ id }) => id)).size === restored.length && dataDisks.length === told.length - 1;
  if (!osDisk || !isWhole || new Set(dataDisks.map(({ lun }) => lun)).size < dataDisks.length) return null;
  return { region, size, os, tags, osDisk: { id: osDisk.id, caching: osDisk.caching }, dataDisks };
}

/**
 * Whether it describes this disk: it names it, or, if it only has the names of the original disks, by the kind in the
 * restored disk's own name (`<vm>-osdisk-…`, `<vm>-datadisk-<LUN>-…`).
 */
function isMeant({ ids, names, role, lun }: FileDisk, id: string): boolean {
  const name = parseArmId(id)?.name ?? id;
  if (ids.some((one) => sameId(one, id)) || names.some((one) => one.toLowerCase() === name.toLowerCase())) return true;
  const [, kind = '', number] = /-(osdisk|datadisk)(?:-(\d+))?-\d{8}-\d{6}$/i.exec(name) ?? [];
  return role === 'os' ? /^osdisk$/i.test(kind) : /^datadisk$/i.test(kind) && Number(number) === lun;
}
