import type { Chat } from '../seats/chat.ts';
import { personNames } from '../seats/seat.ts';
import type { DemoContext } from './demo-context.ts';

const vm = 'vm-hr-01';
const made = 'vm-hr-01-back';
const drilled = 'vm-app-01';

/** A new VM from a recovery point: chosen, requested, approved by a second person, and proven to run. */
export async function restoreScene(demo: DemoContext): Promise<void> {
  const ben = demo.inChannel('ben');
  await requested(demo, ben);
  await approved(demo, ben);
}

async function requested({ words, checks, told }: DemoContext, ben: Chat): Promise<void> {
  const { say } = words;
  const goOn = say('button.continue');
  await ben.says(`/backup restore ${vm}`);
  checks.card(await ben.settled(), { title: say('restore.which', { vm }) });
  await ben.presses(goOn);
  checks.card(await ben.settled(), { title: say('restore.where', { vm }) });
  await ben.presses(goOn, {
    filled: {
      [say('input.restore-group')]: 'rg-restore',
      [say('input.restore-account')]: 'stkluisweu',
      [say('input.restore-make')]: say('restore.make-vm'),
      [say('input.restore-reason')]: told.restoreReason,
    },
  });
  checks.card(await ben.settled(), { title: say('restore.which-vm', { vm }) });
  await ben.presses(goOn, {
    filled: { [say('input.restore-name')]: made, [say('input.restore-subnet')]: 'vnet-prod-weu/snet-restore' },
  });
  checks.card(await ben.settled(), {
    title: say('restore.sure-vm', { vm }),
    says: [say('plan.restore-reason', { reason: told.restoreReason })],
    buttons: [say('button.ask-approval'), say('button.change-target'), say('button.back'), say('button.cancel')],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
}

async function approved({ words, checks, azure, told }: DemoContext, ben: Chat): Promise<void> {
  const { say } = words;
  const ana = ben.beside('ana');
  await ana.presses(say('button.approve'));
  checks.card(await ana.settled(), {
    title: say('closing.check-vm', { vm: made }),
    buttons: [say('button.protect-new', { vm: made }), say('button.show-status')],
  });
  await ben.hears(`${personNames.ben}: ${say('ping.check-vm', { vm: made })}`);
  const { vms } = await azure.estate();
  checks.fact(
    vms.some(({ name }) => name === made),
    told.vmThere(made),
  );
  checks.fact((await azure.calls('POST', new RegExp(`;${vm}/.*/restore\\?`))) === 1, told.oneRestore(vm));
}

/** A restore drill: requested, approved by a second person, and nothing is left of it. */
export async function drillScene({ inChannel, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  const ben = inChannel('ben');
  await ben.says(`/backup drill ${drilled}`);
  checks.card(await ben.settled(), {
    title: say('drill.sure', { vm: drilled }),
    says: [say('plan.drill-network', { subnet: 'vnet-drills-weu/snet-drills' })],
    buttons: [say('button.ask-approval'), say('button.cancel')],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
  const ana = ben.beside('ana');
  await ana.presses(say('button.approve'));
  checks.card(await ana.settled(), {
    title: say('closing.drill', { vm: drilled }),
    says: [say('drill.closed', { subnet: 'vnet-drills-weu/snet-drills' })],
    buttons: [say('button.show-status')],
  });
  await ben.hears(`${personNames.ben}: ${say('ping.drill', { vm: drilled })}`);
  const { vms } = await azure.estate();
  checks.fact(
    vms.every(({ name }) => name !== `${drilled}-drill`),
    told.nothingLeft('rg-drills'),
  );
}
