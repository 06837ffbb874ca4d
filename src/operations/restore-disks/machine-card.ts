/** The card that asks for the VM to be made of the restored disks. Pure. */
import type { Block, CardMessage, Input } from '../../message/card-data.ts';
import { dialogButton, navigation } from '../protect/card/drawing.ts';
import type { Drawing } from '../conversation.ts';
import { isDirect, offeredPoints, type RestoreKnown } from './choice.ts';
import type { Networks, Restorable } from './found.ts';
import { hasTemplate, proposedName } from './machine.ts';

type RestoreDrawing = Drawing<RestoreKnown>;

/** Whether only the disks are wanted or a VM too. */
export function makeInputs({ words, known }: RestoreDrawing): Input[] {
  const { say } = words;
  const vm = say(isDirectly({ known }) ? 'restore.make-vm-directly' : 'restore.make-vm');
  return [
    {
      kind: 'pick',
      id: 'make',
      label: say('input.restore-make'),
      choices: [
        { title: say('restore.make-disks'), value: 'disks' },
        { title: vm, value: 'vm' },
      ],
      value: known.target?.make ?? 'disks',
      style: 'compact',
    },
  ];
}

/** Whether Azure Backup itself makes the VM of the chosen point. */
export function isDirectly({ known: { found, point: name } }: Pick<RestoreDrawing, 'known'>): boolean {
  const point = found && offeredPoints(found).find((one) => one.name === name);
  return !!found?.restorable && !!point && isDirect(found.restorable, point);
}

/** Draws it. */
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
  if (networks.subnets.length === 0) {
    const title = say('restore.no-subnet', { vm: restorable.calledAs });
    const why = say('restore.no-subnet-why');
    return { template: 'sheet', data: { mark: 'block', title, why, buttons: [change, ...navigation(drawing)] } };
  }
  const go = dialogButton(drawing, { title: say('button.continue'), verb: 'submit', style: 'positive' });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('restore.which-vm', { vm: restorable.calledAs }),
      why: say('restore.vm-why'),
      body: because,
      inputs: machineInputs(drawing, restorable, networks),
      buttons: [go, ...navigation(drawing)],
      note: say(`restore.vm-note${wayOf(drawing)}`),
    },
  };
}

/** By what the note on it is called: who makes the VM. */
function wayOf({ known }: RestoreDrawing): '' | '-directly' | '-calls' {
  if (isDirectly({ known })) return '-directly';
  const point = known.found && offeredPoints(known.found).find(({ name }) => name === known.point);
  return point && !hasTemplate(point.time) ? '-calls' : '';
}

function machineInputs({ words, known }: RestoreDrawing, { vm }: Restorable, { subnets }: Networks): Input[] {
  const { say } = words;
  const only = subnets.length === 1 ? subnets[0]?.id : undefined;
  const chosen = known.machine?.subnet ?? only;
  return [
    {
      kind: 'text',
      id: 'name',
      label: say('input.restore-name'),
      required: say('input.restore-name-required'),
      maxLength: 64,
      value: known.machine?.name ?? proposedName(vm.name),
    },
    {
      kind: 'pick',
      id: 'subnet',
      label: say('input.restore-subnet'),
      choices: subnets.map(({ id, network, name, prefix }) => ({
        title: [`${network}/${name}`, prefix].filter(Boolean).join(' · '),
        value: id,
      })),
      ...(chosen !== undefined && { value: chosen }),
      style: 'filtered',
      required: say('input.restore-subnet-required'),
    },
  ];
}
