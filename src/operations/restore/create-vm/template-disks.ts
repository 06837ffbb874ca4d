/**
 * Whether a template's VM has exactly the restored disks, and boots from none of the data disks. Who can write to the
 * staging account can have changed it. Read twice: by its text as far as that is certain, and by what Azure's what-if
 * makes of it. Pure.
 */
import type { Deployment, WhatIf } from '../../../azure/gateway.ts';
import { keyOfId } from '../../../core/arm-id.ts';
import type { InternalFailure } from '../../ground/part.ts';
import { wasDataDisk } from '../../restored/disk-origin.ts';
import { textIn } from './template-text.ts';

type Fields = Readonly<Record<string, unknown>>;
type Planned = { readonly deployment: Deployment; readonly changes: WhatIf };

/** What is wrong with its disks; null: nothing. Neither reading may name others, and one of them has to be certain. */
export function otherDisks(restored: readonly string[], { deployment, changes }: Planned): InternalFailure | null {
  const readings = [byText(deployment), byWhatIf(changes)].filter((ids) => ids !== null);
  if (readings.length === 0) return 'template-disks-unknown';
  return readings.every((ids) => isSame(ids, restored)) ? null : 'template-other-disks';
}

/** The IDs of its disks by its text; an empty one for a disk without. Null: the text isn't certain. */
function byText({ template, parameters: given, resourceGroupId: groupId }: Deployment): readonly string[] | null {
  const defaults = Object.entries(fieldsOf(template['parameters']) ?? {}).flatMap(([name, one]) => {
    const value = fieldsOf(one)?.['defaultValue'];
    return value === undefined ? [] : [[name, value] as const];
  });
  const parameters = { ...Object.fromEntries(defaults), ...given };
  const known = { parameters, variables: fieldsOf(template['variables']) ?? {}, groupId };
  const vm = listOf(template['resources']).find((one) => /^Microsoft\.Compute\/virtualMachines$/i.test(typeOf(one)));
  const storage = field(field(vm, 'properties'), 'storageProfile');
  const [osDisk, dataDisks] = [field(storage, 'osDisk'), field(storage, 'dataDisks')];
  // A list that is built when it is deployed.
  if (fieldsOf(osDisk) === null || field(storage, 'copy') !== undefined || !isListOrNone(dataDisks)) return null;
  const ids = [osDisk, ...listOf(dataDisks)].map((disk) => {
    const id = field(field(disk, 'managedDisk'), 'id');
    return id === undefined ? '' : textIn(id, known);
  });
  // A call whose result isn't known stands in it as it is.
  return ids.every((id) => id !== null && !id.includes('\u0000')) ? (ids as string[]) : null;
}

/** The same by Azure's what-if; null: it doesn't say. */
function byWhatIf(changes: WhatIf): readonly string[] | null {
  return changes.find(({ disks }) => disks !== null)?.disks ?? null;
}

/** The first is the OS disk. */
function isSame(ids: readonly string[], restored: readonly string[]): boolean {
  if (wasDataDisk(ids[0] ?? '')) return false;
  const keys = (some: readonly string[]) => some.map(keyOfId).toSorted().join('\n');
  return keys(ids) === keys(restored);
}

/** As ARM finds it: in any case. Undefined also if two of them differ only in case. */
function field(value: unknown, name: string): unknown {
  const found = Object.entries(fieldsOf(value) ?? {}).filter(([key]) => key.toLowerCase() === name.toLowerCase());
  return found.length === 1 ? found[0]?.[1] : undefined;
}

function typeOf(resource: unknown): string {
  return String(field(resource, 'type'));
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isListOrNone(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value);
}
