/** The card that asks for the VM to create from the restored disks. Pure. */
import type { Block, CardMessage, Input, Section } from '../../../message/card-data.ts';
import type { Room } from '../../../readiness/restores/core-quota.ts';
import { dialogButton, navigation } from '../../dialogs/dialog-buttons.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { strong } from '../../dialogs/said.ts';
import { isMadeDirectly, offeredPoints, type RestoreKnown } from './choice.ts';
import type { Networks, Restorable, Sizes, Subnet } from './found.ts';
import { hasTemplate, isFull, misfits, proposedName, readMachine, sizeOfBackup, type Machine } from './machine.ts';
import { readTarget } from './target-inputs.ts';
import { titleAndRest } from '../../../message/verdict-texts.ts';
import type { Words } from '../../../message/words.ts';

type RestoreDrawing = Drawing<RestoreKnown>;

/** Whether only the disks are wanted or a VM too. */
export function makeInputs({ words, known, earlier }: RestoreDrawing): Input[] {
  const { say } = words;
  const vm = say(isMadeDirectly(known) ? 'restore.make-vm-directly' : 'restore.make-vm');
  return [
    {
      kind: 'pick',
      id: 'make',
      label: say('input.restore-make'),
      choices: [
        { title: say('restore.make-disks'), value: 'disks' },
        { title: vm, value: 'vm' },
      ],
      value: known.target?.make ?? readTarget(earlier)?.make ?? 'disks',
      style: 'compact',
    },
  ];
}

/** Renders it. */
export function machineCard(drawing: RestoreDrawing, restorable: Restorable, because: Block[]): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const networks = known.networks as Networks;
  const change = dialogButton(drawing, {
    title: say('button.change-target'),
    verb: 'change',
    data: { step: 'target' },
    withInputs: false,
  });
  if (networks.subnets.every(isFull)) {
    const title = say('restore.no-subnet', { vm: restorable.calledAs });
    const why = say('restore.no-subnet-why');
    const body = fullBlocks(words, networks);
    const buttons = [{ ...change, style: 'positive' as const }, ...navigation(drawing, 'button.close')];
    return { template: 'sheet', data: { mark: 'block', title, why, body, buttons } };
  }
  const go = dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('restore.which-vm', { vm: restorable.calledAs }),
      why: say('restore.vm-why'),
      body: [...because, ...fullBlocks(words, networks), ...sizeBlocks(words, networks)],
      inputs: machineInputs(drawing, restorable, networks),
      buttons: [go, ...navigation(drawing)],
      note: say(`restore.vm-note${wayOf(drawing)}`),
      details: moreSizes(words, networks),
    },
  };
}

/** The key of its note: who creates the VM. */
function wayOf({ known }: RestoreDrawing): '' | '-directly' | '-calls' {
  if (isMadeDirectly({ ...known, machine: undefined })) return '-directly';
  const point = known.found && offeredPoints(known.found).find(({ name }) => name === known.point);
  return point && !hasTemplate(point.time) ? '-calls' : '';
}

/** The earlier choices are filled in again, and those that no longer fit say why. */
function machineInputs({ words, known, earlier }: RestoreDrawing, { vm }: Restorable, networks: Networks): Input[] {
  const { say } = words;
  const subnets = networks.subnets.filter((one) => !isFull(one));
  const only = subnets.length === 1 ? subnets[0]?.id : undefined;
  const machine = known.machine ?? readMachine(earlier);
  const chosen = subnets.find(({ id }) => id === machine?.subnet)?.id ?? only;
  const wrong = (field: keyof Machine) => errorIn(words, { machine, networks, field });
  return [
    {
      kind: 'text',
      id: 'name',
      label: say('input.restore-name'),
      required: say('input.restore-name-required'),
      maxLength: 64,
      value: machine?.name ?? proposedName(vm.name),
      ...wrong('name'),
    },
    {
      kind: 'pick',
      id: 'subnet',
      label: say('input.restore-subnet'),
      choices: subnets.map((one) => ({ title: subnetTitle(words, one), value: one.id })),
      ...(chosen !== undefined && { value: chosen }),
      style: 'filtered',
      required: say('input.restore-subnet-required'),
      ...wrong('subnet'),
    },
    ...sizeInputs(words, networks, machine?.size).map((input) => ({ ...input, ...wrong('size') })),
  ];
}

type Field = { readonly machine: Machine | null; readonly networks: Networks; readonly field: keyof Machine };

function errorIn(words: Words, { machine, networks, field }: Field): { readonly error?: string } {
  const misfit = machine && misfits(machine, networks).find((one) => one.field === field);
  if (!misfit) return {};
  const isGone = misfit.why.refused === 'not-offered';
  return { error: isGone ? words.say('input.restore-gone') : titleAndRest(words.refusal(misfit.why)).title };
}

/** With so few free addresses, the number is shown. */
const fewFree = 10;

function subnetTitle({ say }: Words, { network, name, prefix, free }: Subnet): string {
  const few = free !== null && free < fewFree ? say('subnet.free', { count: free }) : null;
  return [`${network}/${name}`, prefix, few].filter(Boolean).join(' · ');
}

/** Which subnets can't be chosen, because they have no address left. */
function fullBlocks({ say, names }: Words, { subnets }: Networks): Block[] {
  const full = subnets.filter(isFull).map(({ network, name }) => `${network}/${name}`);
  return full.length > 0 ? [{ kind: 'text', text: say('subnet.full', { subnets: names(full) }) }] : [];
}

/** None if there is no choice: the VM gets the size that it had. */
function sizeInputs({ say }: Words, { sizes }: Networks, before: string | undefined): Input[] {
  if (!sizes || sizes.others.length === 0) return [];
  const { was, hasWas, wasRoom, others } = sizes;
  const chosen = others.find(({ name }) => name === before)?.name;
  const title = was === null ? say('size.as-before') : say('size.was', { size: was });
  const same = { title: withRoom(say, title, wasRoom), value: sizeOfBackup };
  const choices = others.map((one) => ({ title: sizeText(say, one), value: one.name }));
  return [
    {
      kind: 'pick',
      id: 'size',
      label: say('input.restore-size'),
      choices: [...(hasWas === false ? [] : [same]), ...choices],
      ...(hasWas === false && chosen === undefined ? {} : { value: chosen ?? sizeOfBackup }),
      style: 'filtered',
      ...(hasWas === false && { required: say('input.restore-size-required') }),
    },
  ];
}

function sizeText(say: Words['say'], one: Sizes['others'][number]): string {
  const { name, vCpus, memoryGiB, maxDataDisks, room } = one;
  const told = { vcpus: vCpus ?? '?', memory: memoryGiB ?? '?', disks: maxDataDisks ?? '?' };
  return withRoom(say, `${name} · ${say('size.what', told)}`, room);
}

/** A size without room in its quota stays a choice: the quota may be raised before the VM is created. */
function withRoom(say: Words['say'], title: string, room: Room): string {
  return typeof room === 'object' ? `${title} · ${say('size.over-quota')}` : title;
}

/** That the VM's old size isn't available, or that no other was looked for. */
function sizeBlocks({ say }: Words, { sizes }: Networks): Block[] {
  if (sizes === null) return [{ kind: 'text', text: say('size.unread') }];
  if (sizes.hasWas !== false || sizes.was === null) return [];
  return [strong(say(sizes.others.length === 0 ? 'size.none' : 'size.gone', { size: sizes.was }))];
}

function moreSizes({ say }: Words, { sizes }: Networks): Section[] {
  if (!sizes || sizes.others.length === 0) return [];
  const { more } = sizes;
  const text = [say('size.fitting'), ...(more > 0 ? [say('size.more', { count: more })] : [])].join(' ');
  return [{ title: say('size.title'), body: [{ kind: 'text', text }] }];
}
