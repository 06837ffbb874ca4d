import { personNames } from '../seat.ts';
import type { DemoContext } from './demo-context.ts';

const vm = 'vm-plain-01';

/** People who lack permission are told so privately, exactly, and with who has it; the others' card stays as it is. */
export async function rightsScene({ inChannel, ben, chris, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  const ana = inChannel('ana');
  const whoMay = say('refused.needs-role', { role: say('role.operator'), who: '…' });
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), { title: say('ready.title', { vm }) });
  const beside = ana.beside('chris');
  await beside.presses(say('button.protect'));
  await beside.hears(say('refused.may-not', { what: say('may.protect') }));
  checks.fact((await azure.calls('PUT', new RegExp(vm))) === 0, told.nothingSent(vm));
  await ana.presses(say('button.protect'));
  checks.card(await ana.settled(), { title: `${say('closing.protected', { vm })}…` });
  await chris.says('/backup now vm-neu-01');
  checks.card(await chris.settled(), {
    title: say('refused.may-not', { what: say('may.back-up-now') }),
    says: [whoMay],
  });
  await ben.says('/backup policy new');
  checks.card(await ben.settled(), {
    title: say('refused.may-not', { what: say('may.create-policy') }),
    says: [say('refused.needs-role', { role: say('role.admin'), who: personNames.ana })],
  });
  await ben.says('/backup help');
  checks.card(await ben.settled(), { title: say('help.title'), saysNot: ['/backup policy new'] });
}
