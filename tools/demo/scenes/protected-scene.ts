import type { DemoContext } from './demo-context.ts';

const vm = 'vm-app-01';
const failing = 'vm-app-02';

/** First the state, then one click; words that confirm by themselves; and a VM whose backup tonight would fail. */
export async function protectedScene({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const backedUp = { title: say('closing.backed-up', { vm, took: '…' }), says: [say('closing.keys-with-disks')] };
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), {
    title: say('protected.title-last', { vm, ago: '…' }),
    says: [say('fact.last-good'), say('value.tonight-yes'), say('protected.after', { retention: 30 })],
    buttons: [say('button.back-up-now'), say('button.choose-disks'), say('button.cancel')],
  });
  await ana.presses(say('button.back-up-now'));
  checks.card(await ana.settled(), backedUp);
  await ana.hears(say('ping.backed-up', { vm }));
  await ana.says(`/backup now ${vm} retain 30d`);
  checks.card(await ana.settled(), { ...backedUp, says: [say('closing.kept')] });
  await ana.hears(say('ping.backed-up', { vm }));
  await ana.says(`/backup ${failing}`);
  checks.card(await ana.settled(), {
    title: say('protected.title-fails-tonight-because', { vm: failing, why: '…' }),
    says: [
      say('protected.unencrypted-point'),
      say('effect.grant-policies', { keyVaults: 'kv-web-weu', rights: '…', vms: '…' }),
    ],
  });
  await ana.presses(say('button.grant-key-vault-access+back-up-now'));
  checks.card(await ana.settled(), {
    title: say('closing.backed-up', { vm: failing, took: '…' }),
    says: [say('closing.keys-with-disks'), say('access.added')],
  });
  await ana.hears(say('ping.backed-up', { vm: failing }));
}
