import { z } from 'zod';

const disk = z.looseObject({ managedDisk: z.looseObject({ id: z.string() }).nullish() }).nullish();
const settings = z.looseObject({
  'properties.storageProfile': z.looseObject({ osDisk: disk, dataDisks: z.array(disk).nullish() }),
});

/**
 * The ids of the managed disks that a restore has made, by the file of settings that it leaves: its keys hold a dot,
 * as the scripts of Microsoft's documentation read them. Null: it is none, or names none.
 */
export function disksIn(text: string): readonly string[] | null {
  const parsed = settings.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { osDisk, dataDisks } = parsed.data['properties.storageProfile'];
  const ids = [osDisk, ...(dataDisks ?? [])].flatMap((one) => one?.managedDisk?.id ?? []);
  return ids.length > 0 ? ids : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
