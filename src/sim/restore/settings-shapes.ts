import type { JsonBody } from '../json.ts';
import type { SettingsShape } from '../state/state-settings.ts';

/** What a form may say of the disks, the OS disk first. */
type Said = {
  readonly restoredIds: readonly string[];
  readonly originalNames: readonly string[];
  readonly originalIds: readonly string[];
};
type Flat = { readonly [key: string]: JsonBody[string] };
type Shaped = (flat: JsonBody, said: Said) => unknown;

const asPasted: Shaped = (flat) => flat;
const withIds: (flat: JsonBody, said: Said) => JsonBody = (flat, { restoredIds }) =>
  withDisks(flat, (_, at) => ({ managedDisk: { id: restoredIds[at] ?? '' }, vhd: null }));
const withOriginalNames: (flat: JsonBody, said: Said) => JsonBody = (flat, { originalNames }) =>
  withDisks(flat, (_, at) => ({ name: originalNames[at] ?? '', vhd: null }));

/** What each form makes of the settings as pasted. */
const shapes = {
  pasted: asPasted,
  capitals: (flat) => renamed(flat, (key) => key.replace(/(^|\.)[a-z]/g, (first) => first.toUpperCase())),
  small: (flat) => renamed(flat, (key) => key.toLowerCase()),
  nested: (flat) => nested(flat),
  'nested-capitals': (flat) => renamed(nested(flat), (key) => key.charAt(0).toUpperCase() + key.slice(1)),
  'managed-ids': withIds,
  'nested-managed-ids': (flat, said) => nested(withIds(flat, said)),
  'without-name': (flat) => withDisks(flat, () => ({ name: null })),
  'original-names': withOriginalNames,
  'original-disks': (flat, said) =>
    withDisks(withOriginalNames(flat, said), (_, at) => ({ managedDisk: { id: said.originalIds[at] ?? '' } })),
  'os-disk-only': (flat) => withStorage(flat, ({ osDisk = null }) => ({ osDisk })),
  'no-data-disks': (flat) => withStorage(flat, (storage) => ({ ...storage, dataDisks: null })),
  'no-disks': (flat) => withStorage(flat, () => ({ osDisk: null, dataDisks: null })),
  wrapped: (flat) => [flat],
  utf8: asPasted,
  'padded-utf8': asPasted,
  empty: () => '',
  'not-json': () => 'This blob was moved.',
  absent: asPasted,
} satisfies Record<SettingsShape, Shaped>;

/** The file's text in one of these forms; `flat`: as pasted. */
export function inShape(flat: JsonBody, shape: SettingsShape, said: Said): string {
  const shaped = shapes[shape](flat, said);
  const text = typeof shaped === 'string' ? shaped : JSON.stringify(shaped);
  return shape === 'padded-utf8' ? text + '\0'.repeat(300) : text;
}

function withStorage(flat: JsonBody, change: (storage: Flat) => JsonBody): JsonBody {
  return { ...flat, 'properties.storageProfile': change(flat['properties.storageProfile'] as Flat) };
}

/** Each disk changed; `at` counts from the OS disk. */
function withDisks(flat: JsonBody, change: (disk: Flat, at: number) => JsonBody): JsonBody {
  return withStorage(flat, ({ osDisk, dataDisks, ...rest }) => ({
    ...rest,
    osDisk: osDisk ? { ...(osDisk as JsonBody), ...change(osDisk as Flat, 0) } : null,
    dataDisks: (dataDisks as JsonBody[]).map((disk, at) => ({ ...disk, ...change(disk, osDisk ? at + 1 : at) })),
  }));
}

/** `properties.storageProfile` as `storageProfile` of `properties`. */
function nested(flat: JsonBody): JsonBody {
  const entries = Object.entries(flat);
  const inside = entries.filter(([key]) => key.startsWith('properties.'));
  const outside = entries.filter(([key]) => !key.startsWith('properties.'));
  const properties = Object.fromEntries(inside.map(([key, value]) => [key.slice('properties.'.length), value]));
  return { ...Object.fromEntries(outside), properties };
}

function renamed(value: JsonBody, rename: (key: string) => string): JsonBody {
  const inside = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(inside);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, held]) => [rename(key), inside(held)]));
  };
  return inside(value) as JsonBody;
}
