/**
 * The settings file that a restore of disks leaves in its staging account. Nobody recorded one for managed disks, and
 * who can write to the account can change it. So it is read in every public form, and decides nothing by itself. Pure.
 */
import { jsonOrNull } from '../../core/json.ts';

/** A disk as the file describes it: everything by which it might mean a disk, and how the VM had it. */
export type FileDisk = {
  readonly role: 'os' | 'data';
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly lun: number | null;
  readonly caching: string | null;
};

/** The file: the original VM with its disks, the OS disk first. Null: it doesn't say. */
export type SettingsFile = {
  readonly id: string | null;
  readonly name: string | null;
  readonly os: 'Windows' | 'Linux' | null;
  readonly region: string | null;
  readonly size: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly disks: readonly FileDisk[];
};

/**
 * Reads it: keys with a dot, as Microsoft's scripts read them, or nested, as Compute returns a VM; in any case, and
 * with any of its fields missing. Null: it isn't one.
 */
export function settingsIn(text: string): SettingsFile | null {
  const parsed = jsonOrNull(text.replace(/^\uFEFF/, '').replace(/[\0\s]+$/, ''));
  const vm: unknown = Array.isArray(parsed) && parsed.length === 1 ? parsed[0] : parsed;
  const storage = profileOf(vm, 'storageProfile');
  if (!isObject(storage)) return null;
  const osDisk = at(storage, 'osDisk');
  const data = at(storage, 'dataDisks');
  const os = wordAt(osDisk, 'osType')?.toLowerCase();
  return {
    id: wordAt(vm, 'id'),
    name: wordAt(vm, 'name'),
    os: os === 'windows' ? 'Windows' : os === 'linux' ? 'Linux' : null,
    region: wordAt(vm, 'location'),
    size: wordAt(profileOf(vm, 'hardwareProfile'), 'vmSize'),
    tags: tagsIn(at(vm, 'tags')),
    disks: [
      ...(isObject(osDisk) ? [diskIn(osDisk, 'os')] : []),
      ...(Array.isArray(data) ? data.filter(isObject).map((disk) => diskIn(disk, 'data')) : []),
    ],
  };
}

function diskIn(disk: object, role: FileDisk['role']): FileDisk {
  const [name, id, uri] = [wordAt(disk, 'name'), wordAt(at(disk, 'managedDisk'), 'id'), wordAt(at(disk, 'vhd'), 'uri')];
  const copy = /\/([^/?#]+)\.vhd(?:[?#]|$)/i.exec(uri ?? '')?.[1];
  const lun = at(disk, 'lun');
  return {
    role,
    ids: id === null ? [] : [id],
    names: [...(name === null ? [] : [name]), ...(copy === undefined ? [] : [copy])],
    lun: typeof lun === 'number' && Number.isInteger(lun) && lun >= 0 ? lun : null,
    caching: wordAt(disk, 'caching'),
  };
}

/** `properties.storageProfile` of the VM, or `storageProfile` of its `properties`, or of itself. */
function profileOf(vm: unknown, name: string): unknown {
  return at(vm, `properties.${name}`) ?? at(at(vm, 'properties'), name) ?? at(vm, name);
}

function tagsIn(tags: unknown): Readonly<Record<string, string>> {
  if (!isObject(tags)) return {};
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => typeof value === 'string'));
}

/** The field of that name in any case. */
function at(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  const wanted = name.toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function wordAt(value: unknown, name: string): string | null {
  const found = at(value, name);
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
