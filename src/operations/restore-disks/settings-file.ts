import { z } from 'zod';
import { jsonOrNull } from '../../core/json.ts';

const disk = z
  .looseObject({ osType: z.string().nullish(), managedDisk: z.looseObject({ id: z.string() }).nullish() })
  .nullish();
const settings = z.looseObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  'properties.storageProfile': z.looseObject({ osDisk: disk, dataDisks: z.array(disk).nullish() }),
});

/**
 * What the file of settings that a restore leaves says: the VM that it was, its system, and the managed disks that were
 * made. Null: it does not say.
 */
type Settings = {
  readonly id: string | null;
  readonly name: string | null;
  readonly os: string | null;
  readonly disks: readonly string[] | null;
};

/** Reads it: its keys hold a dot, as the scripts of Microsoft's documentation read them. Null: it is none. */
export function settingsIn(text: string): Settings | null {
  const parsed = settings.safeParse(jsonOrNull(text));
  if (!parsed.success) return null;
  const { id = null, name = null } = parsed.data;
  const { osDisk, dataDisks } = parsed.data['properties.storageProfile'];
  const ids = [osDisk, ...(dataDisks ?? [])].flatMap((one) => one?.managedDisk?.id ?? []);
  return { id, name, os: osDisk?.osType ?? null, disks: ids.length > 0 ? ids : null };
}

/** The ids of the managed disks that a restore has made, by that file; null: it is none, or names none. */
export function disksIn(text: string): readonly string[] | null {
  return settingsIn(text)?.disks ?? null;
}
