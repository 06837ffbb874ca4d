import { z } from 'zod';
import type { NewVm } from '../../azure/gateway.ts';
import { jsonOrNull } from '../../core/json.ts';

const disk = z
  .looseObject({ osType: z.string().nullish(), managedDisk: z.looseObject({ id: z.string() }).nullish() })
  .nullish();
const taken = z.looseObject({
  managedDisk: z.looseObject({ id: z.string() }),
  caching: z
    .string()
    .nullish()
    .transform((word) => word ?? null),
});
const machine = z.looseObject({
  location: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  'properties.hardwareProfile': z.looseObject({ vmSize: z.string() }),
  'properties.storageProfile': z.looseObject({
    osDisk: taken.extend({ osType: z.enum(['Windows', 'Linux']) }),
    dataDisks: z.array(taken.extend({ lun: z.int().min(0) })).nullish(),
  }),
});
const settings = z.looseObject({
  id: z.string().nullish(),
  name: z.string().nullish(),
  'properties.storageProfile': z.looseObject({ osDisk: disk, dataDisks: z.array(disk).nullish() }),
});

/**
 * The content of the settings file that a restore leaves: the original VM, its system, and the managed disks that were
 * created. Null: it doesn't say.
 */
type Settings = {
  readonly id: string | null;
  readonly name: string | null;
  readonly os: string | null;
  readonly disks: readonly string[] | null;
};

/** Reads it: its keys contain a dot, as the scripts in Microsoft's documentation read them. Null: it isn't one. */
export function settingsIn(text: string): Settings | null {
  const parsed = settings.safeParse(jsonOrNull(text));
  if (!parsed.success) return null;
  const { id = null, name = null } = parsed.data;
  const { osDisk, dataDisks } = parsed.data['properties.storageProfile'];
  const ids = [osDisk, ...(dataDisks ?? [])].flatMap((one) => one?.managedDisk?.id ?? []);
  return { id, name, os: osDisk?.osType ?? null, disks: ids.length > 0 ? ids : null };
}

/** The IDs of the managed disks that a restore created, by that file; null: it isn't one, or names none. */
export function disksIn(text: string): readonly string[] | null {
  return settingsIn(text)?.disks ?? null;
}

/** The original VM with the created disks, so that it can be created again. Null: the file doesn't say it. */
export function machineIn(text: string): Omit<NewVm, 'id' | 'interfaceId'> | null {
  const parsed = machine.safeParse(jsonOrNull(text));
  if (!parsed.success) return null;
  const { location, tags, ...profiles } = parsed.data;
  const { osDisk, dataDisks } = profiles['properties.storageProfile'];
  return {
    region: location,
    size: profiles['properties.hardwareProfile'].vmSize,
    os: osDisk.osType,
    tags: tags ?? {},
    osDisk: diskOf(osDisk),
    dataDisks: (dataDisks ?? []).map((disk) => ({ ...diskOf(disk), lun: disk.lun })),
  };
}

function diskOf({ managedDisk, caching }: z.infer<typeof taken>) {
  return { id: managedDisk.id, caching };
}
