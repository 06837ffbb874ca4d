import type { DemoContext } from './demo-context.ts';

const vm = 'vm-sql-01';

/** From the first word to the recovery point: one card to decide on, one card to follow, one mention at the end. */
export async function protectScene(demo: DemoContext): Promise<void> {
  const { ana, words, checks, told, azure } = demo;
  const { say } = words;
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), {
    title: say('ready.title', { vm }),
    says: ['rsv-prod-weu', 'DefaultPolicy', say('ready.after', { retention: 30 })],
  });
  await ana.presses(say('button.protect+back-up-now'));
  checks.card(await ana.settled(), {
    title: say('closing.backed-up', { vm, took: '…' }),
    says: [say('closing.point'), say('closing.keys-with-disks'), say('closing.next')],
  });
  await ana.hears(say('ping.backed-up', { vm }));
  const { items } = await azure.estate();
  const item = items.find(({ vmId }) => vmId.endsWith(`/${vm}`));
  checks.fact(item?.points.length === 1, told.onePoint(vm));
}
