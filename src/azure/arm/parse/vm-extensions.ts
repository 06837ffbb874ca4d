import type { InstanceViewStatus, VirtualMachine } from '@azure/arm-compute';
import type { VmFacts } from '../../facts.ts';
import { listOf, wordOrNull } from './azure-values.ts';

type Extension = VmFacts['extensions'][number];

/**
 * A VM's extensions: those of the instance view, with what they report, and those that exist but report nothing, as on
 * a VM that is off. `substatus` has the texts that an extension wrote itself, JSON for Azure Disk Encryption. Lists
 * name an extension only by its ID; its type is then assumed to be its name, as all of Azure's own tools name it.
 */
export function extensionsOf(vm: VirtualMachine): readonly Extension[] {
  const reporting = listOf(vm.instanceView?.extensions).map(({ name, type, statuses, substatuses }): Extension => ({
    name: name ?? '',
    type: type ?? '',
    status: wordOrNull(listOf(statuses)[0]?.code),
    substatus: listOf(substatuses)
      .map(ownText)
      .filter((text) => text !== null),
  }));
  const names = new Set(reporting.map(({ name }) => name.toLowerCase()));
  const silent = listOf(vm.resources)
    .map((extension) => ({ ...extension, name: extension.name ?? extension.id?.split('/').at(-1) ?? '' }))
    .filter(({ name }) => name !== '' && !names.has(name.toLowerCase()))
    .map(({ name, publisher, typePropertiesType }): Extension => ({
      name,
      type: [publisher, typePropertiesType].filter(Boolean).join('.') || name,
      status: null,
      substatus: [],
    }));
  return [...reporting, ...silent];
}

function ownText({ message, displayStatus, code }: InstanceViewStatus): string | null {
  return wordOrNull(message) ?? wordOrNull(displayStatus) ?? wordOrNull(code);
}
