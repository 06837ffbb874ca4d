import { armId, parseArmId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { Block } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { partStep, type Effect, type PartWords } from '../../wording/part-words.ts';
import { subnetText, type CreateVm, type CreateVmPart } from '../../parts/create-vm.ts';

/** The wording of creating a VM from restored disks. */
export const createVmWords: PartWords<CreateVm> = {
  planLines: ({ say }, part) => [
    say(part.by === 'calls' ? 'plan.create-vm-calls' : 'plan.create-vm', {
      vm: part.name,
      group: part.targetGroup.name,
      subnet: subnetText(part),
    }),
  ],
  planNotes: ({ say }, { size }) =>
    size ? [say('plan.create-vm-size', { size: size.name, was: size.was ?? 'none' })] : [],
  effects: (words, parts, { plan }) =>
    parts.flatMap((part) => {
      const restored = plan.parts.find((other) => other.does === 'restore-disks');
      return newVmEffects(words, { ...part, point: restored?.point ?? null });
    }),
  ask: askNewVm,
  command: commandOf,
  phases: (words, part, state) => [partStep(words, state, { phase: 'create-vm', names: { vm: part.name } })],
  doing: ({ say }, part) => say('progress.now-create-vm', { vm: part.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.create-vm', { vm: part.name }) }),
  proof: (words, part, { memo }) => [
    {
      kind: 'facts',
      facts: [
        ...(part.drill ? [] : [{ title: words.say('created.vm'), value: `${part.name} · ${part.targetGroup.name}` }]),
        ...(part.size ? [{ title: words.say('created.size'), value: part.size.name }] : []),
        ...(part.drill
          ? []
          : [{ title: words.say('created.network'), value: subnetText(part) }, ...madeFacts(words, part, memo)]),
      ],
    },
  ],
  todo: (words, _part, { left = [] }) =>
    left.length > 0 ? [{ kind: 'text', text: words.say('created.left', { what: namesOf(words, left) }) }] : [],
  notes: (words, _part, { state: { memo, outcome } }) =>
    outcome === null && memo.expected?.length
      ? [words.say('created.what-if', { what: words.names(memo.expected, 6) })]
      : [],
  left: (words, part, { made = [], left = [] }): Block[] => {
    if (part.drill) return [];
    const all = [...new Set([...left, ...made])];
    return all.length === 0
      ? [{ kind: 'text', text: words.say('created.nothing', { vm: part.name }) }]
      : [{ kind: 'text', text: words.say('created.half', { what: namesOf(words, all) }) }];
  },
  failed: ({ say }, part, cause) => {
    return part.drill
      ? say('failed.drill', { vm: part.vm.name, cause })
      : say('failed.create-vm', { vm: part.name, cause });
  },
  ping: ({ say }, part) => say('ping.create-vm', { vm: part.name }),
};

type NewVm = Pick<CreateVmPart, 'vm' | 'name' | 'targetGroup' | 'subnet' | 'drill'> &
  Partial<Pick<CreateVmPart, 'size' | 'by'>> & { readonly point: { readonly time: string } | null };

/** A new VM, and what it has in common with the one that was backed up. */
export function newVmEffects(words: Words, part: NewVm): Effect[] {
  const { say } = words;
  const { vm, name, targetGroup, size, point } = part;
  const made = say('effect.new-vm', {
    ...{ name, group: targetGroup.name, subnet: subnetText(part), size: size?.name ?? 'none' },
    point: point ? words.dateTime(new Date(point.time)) : 'none',
  });
  // Only Azure's template may name a public address.
  const same = say('effect.same-name', { vm: vm.name, public: part.by === 'template' && !part.drill ? 'yes' : 'no' });
  return [made, same].map((text) => ({ weight: 'starts', text }));
}

/** That a VM is to be restored as a new one; a drill says so itself. */
export function askNewVm({ say }: Words, parts: readonly Pick<CreateVmPart, 'vm' | 'name' | 'drill'>[]): string[] {
  return parts
    .filter(({ drill }) => !drill)
    .flatMap(({ vm, name }) => [say('ask.new-vm', { vm: vm.name, name }), say('ask.new-vm-short', { vm: vm.name })]);
}

/** What was created along with the VM. */
function madeFacts(words: Words, part: CreateVmPart, { made = [] }: CreateVm['memo']) {
  const others = made.map(nameOf).filter((name) => name !== part.name);
  return others.length > 0 ? [{ title: words.say('created.beside'), value: words.names(others, 6) }] : [];
}

function namesOf(words: Words, ids: readonly string[]): string {
  return words.names(ids.map(nameOf), 6);
}

function nameOf(id: string): string {
  return parseArmId(id)?.name ?? id;
}

function commandOf({ targetGroup, subnet, name, by, size }: CreateVmPart): string {
  const [group, nicName] = [shellWord(targetGroup.name), shellWord(`${name}-nic`)];
  if (by === 'calls') {
    const nic = `az network nic create --resource-group ${group} --name ${nicName} --subnet ${shellWord(subnet.id)}`;
    const disks = '--os-type <Windows or Linux> --attach-os-disk <OS disk> --attach-data-disks <data disks>';
    const sized = size ? shellWord(size.name) : '<size>';
    return `${nic} && az vm create --resource-group ${group} --name ${shellWord(name)} --size ${sized} --nics ${nicName} ${disks}`;
  }
  const network = shellWord(armId(subnet.id).resourceGroup);
  const values = `virtualMachineName=${shellWord(name)} virtualNetwork=${shellWord(subnet.network)} virtualNetworkResourceGroup=${network} subnet=${shellWord(subnet.name)}`;
  const file = size ? `<template, with vmSize ${size.name}>` : '<template>';
  return `az deployment group create --resource-group ${group} --template-file ${file} --parameters ${values}`;
}
