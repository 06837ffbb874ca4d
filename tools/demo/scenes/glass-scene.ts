import type { DemoContext } from './demo-context.ts';
import { checkKeys, choosesTarget } from './restore-scene.ts';

const vm = 'vm-hr-02';
/** It has lost that VM's key and both its secrets. */
const keyVault = 'kv-hr2-weu';

/** A restore that can't wait: started by break-glass while nobody approves, and reviewed by an approver afterwards. */
export async function glassScene(demo: DemoContext): Promise<void> {
  const { words, checks, azure, told } = demo;
  const { say } = words;
  const ben = demo.inChannel('ben');
  await choosesTarget(demo, ben, { vm, make: say('restore.make-disks') });
  checks.card(await ben.settled(), {
    title: say('restore.sure', { vm }),
    says: [say('plan.restore-key-and-secret', { keyVaults: keyVault, count: 1 })],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
  await ben.presses(say('button.break-glass'));
  const form = (typed: string) => ({
    [say('glass.vm', { count: 1 })]: typed,
    [say('glass.reason')]: told.glassReason,
  });
  await ben.presses(say('glass.go'), { filled: form('vm-hr') });
  await ben.learns(say('refusal.break-glass-name'));
  await ben.presses(say('glass.go'), { filled: form(vm) });
  await ben.shows(say('glass.to-review', { vm }));
  await ben.hears(say('ping.point', { vm }));
  const ana = ben.beside('ana');
  await ana.presses(say('glass.review'), { filled: { [say('glass.note-label')]: told.glassNote } });
  checks.card(await ana.settled(), {
    title: say('glass.closed', { vm }),
    says: [told.glassReason, told.glassNote],
    buttons: [],
  });
  checks.fact((await azure.calls('POST', new RegExp(`;${vm}/.*/restore\\?`))) === 1, told.oneRestore(vm));
  await checkKeys(demo, keyVault);
}
