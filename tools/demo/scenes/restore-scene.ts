import type { Chat } from '../seats/chat.ts';
import { personNames } from '../seat.ts';
import type { DemoContext } from './demo-context.ts';

const vm = 'vm-hr-01';
/** It contains the keys of that VM, and was deleted. */
const keyVault = 'kv-hr-weu';
const made = 'vm-hr-01-back';
const drilled = 'vm-app-01';

/** A new VM from a recovery point: chosen, requested, approved by a second person, and proven to run. */
export async function restoreScene(demo: DemoContext): Promise<void> {
  const ben = demo.inChannel('ben');
  await requested(demo, ben);
  await approved(demo, ben);
}

type Wanted = { readonly vm: string; readonly make: string };

/** The newest recovery point of a VM, where its disks go, and what is created from them. */
export async function choosesTarget(demo: DemoContext, chat: Chat, { vm, make }: Wanted): Promise<void> {
  const { words, checks, told } = demo;
  const { say } = words;
  const goOn = say('button.continue');
  await chat.says(`/backup restore ${vm}`);
  checks.card(await chat.settled(), { title: say('restore.which', { vm }) });
  await chat.presses(goOn);
  checks.card(await chat.settled(), { title: say('restore.where', { vm }) });
  await chat.presses(goOn, {
    filled: {
      [say('input.restore-group')]: 'rg-restore',
      [say('input.restore-account')]: 'stkluisweu',
      [say('input.restore-make')]: make,
      [say('input.restore-reason')]: told.restoreReason,
    },
  });
}

/** This key vault contains what the VM's disks are encrypted with: a key, and a secret for each of two disks. */
export async function checkKeys({ checks, azure, told }: DemoContext, keyVault: string): Promise<void> {
  const { keyVaults } = await azure.estate();
  const found = keyVaults.find(({ name }) => name === keyVault);
  checks.fact(found?.keys.length === 1 && found.secrets.length === 2, told.keysThere(keyVault));
}

async function requested(demo: DemoContext, ben: Chat): Promise<void> {
  const { words, checks, told } = demo;
  const { say } = words;
  await choosesTarget(demo, ben, { vm, make: say('restore.make-vm') });
  checks.card(await ben.settled(), { title: say('restore.which-vm', { vm }) });
  await ben.presses(say('button.continue'), {
    filled: { [say('input.restore-name')]: made, [say('input.restore-subnet')]: 'vnet-prod-weu/snet-restore' },
  });
  checks.card(await ben.settled(), {
    title: say('restore.sure-vm', { vm }),
    says: [say('plan.restore-reason', { reason: told.restoreReason }), say('plan.recover-key-vault', { keyVault })],
    buttons: [say('button.ask-approval'), say('button.change-target'), say('button.back'), say('button.cancel')],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
}

async function approved(demo: DemoContext, ben: Chat): Promise<void> {
  const { words, checks, azure, told } = demo;
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
  await checkKeys(demo, keyVault);
}

const brokenOff = {
  vm: drilled,
  errorCode: 1,
  errorTitle: 'DisksNotWritten',
  errorString: 'The disks could not be written.',
};

/**
 * Azure aborts the restore of the disks: the card says what may exist now, and the approval covers one more attempt.
 */
export async function brokenOffScene(demo: DemoContext): Promise<void> {
  const { inChannel, words, checks, azure, told } = demo;
  const { say } = words;
  const { vm } = brokenOff;
  const ben = inChannel('ben');
  await azure.failsNext(brokenOff);
  await choosesTarget(demo, ben, { vm, make: say('restore.make-disks') });
  checks.card(await ben.settled(), { title: say('restore.sure', { vm }) });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
  const ana = ben.beside('ana');
  await ana.presses(say('button.approve'));
  checks.card(await ana.settled(), {
    title: say('failed.restore-disks', { vm, cause: say('failed.unknown-cause') }),
    says: [brokenOff.errorString, say('restored.left', { group: 'rg-restore' })],
    buttons: [say('button.go-on'), say('button.check-again'), say('company.write')],
  });
  await ben.presses(say('button.go-on'));
  checks.card(await ben.settled(), {
    title: say('closing.disks-with-keys', { vm }),
    saysNot: [brokenOff.errorString],
  });
  checks.fact((await azure.calls('POST', new RegExp(`;${vm}/.*/restore\\?`))) === 2, told.oneMoreRestore(vm));
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

/** The entry of `drills` in the rules of the scenes; nobody speaks in its channel, so its schedule starts nothing. */
const entry = 'apps';

/** Drills that start by a schedule: one person asks, another allows it until a day, and somebody stops it again. */
export async function drillsScene({ inChannel, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const ben = inChannel('ben');
  await ben.says('/backup drills');
  checks.card(await ben.settled(), {
    title: say('drills.ask', { name: entry }),
    says: ['vm-app-01', 'vm-app-02', say('drills.standing-none')],
    buttons: [say('button.ask-approval'), say('button.close')],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
  const ana = ben.beside('ana');
  await ana.presses(say('button.approve'));
  checks.card(await ana.settled(), { title: say('drills.allowed', { name: entry }) });
  await ben.says(`/backup drills ${entry}`);
  checks.card(await ben.settled(), {
    title: say('drills.allowed', { name: entry }),
    says: ['vm-app-01', personNames.ana],
    buttons: [say('button.end-drills'), say('button.close')],
  });
  await ben.presses(say('button.end-drills'));
  checks.card(await ben.settled(), { title: say('closing.end-drills', { name: entry }) });
  await ben.says('/backup leftovers');
  checks.card(await ben.settled(), { title: say('leftovers.none') });
}
