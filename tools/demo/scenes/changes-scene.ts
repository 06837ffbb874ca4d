import type { DemoContext } from './demo-context.ts';

const vm = 'vm-plain-01';
const other = 'vm-cmk-01';
const vault = 'rsv-test-weu';

/** Another vault, Cancel by button and by word, reopening, and a press on an outdated card. */
export async function changesScene(demo: DemoContext): Promise<void> {
  await changeVault(demo);
  await cancelled(demo);
  await outdated(demo);
}

async function changeVault({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const title = say('ready.title', { vm });
  const buttons = [say('button.protect+back-up-now'), say('button.protect'), say('button.cancel')];
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), { title, says: ['rsv-prod-weu'], buttons });
  // The VM hasn't been checked with that vault yet, so the card comes once more, with the choices.
  await ana.presses(say('button.protect'), { filled: { [say('input.vault')]: vault } });
  checks.card(await ana.settled(), { title, says: [vault], buttons: buttons.toSpliced(2, 0, say('button.back')) });
  await ana.presses(say('button.protect'));
  checks.card(await ana.settled(), { title: `${say('closing.protected', { vm })}…`, says: [vault] });
  await ana.hears(say('ping.protected', { vm }));
}

async function cancelled({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  // It keeps what it found, with nothing to press but this.
  const ended = { title: say('ready.title', { vm: other }), buttons: [say('button.reopen')] };
  await ana.says(`/backup ${other}`);
  checks.card(await ana.settled(), { title: say('ready.title', { vm: other }) });
  await ana.presses(say('button.cancel'));
  checks.card(await ana.settled(), ended);
  await ana.presses(say('button.reopen'));
  checks.card(await ana.settled(), { title: say('ready.title', { vm: other }) });
  await ana.adds('cancel');
  await ana.hears(say('word.cancel', { about: other }));
  checks.card(await ana.settled(), ended);
}

async function outdated({ ana, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  await ana.says(`/backup ${other}`);
  await ana.settled();
  const late = await ana.aims(say('button.protect+back-up-now'));
  await ana.presses(say('button.protect'), { filled: { [say('input.vault')]: vault } });
  await ana.settled();
  await late();
  await ana.learns(say('refusal.outdated-card'));
  checks.fact((await azure.calls('PUT', new RegExp(other))) === 0, told.nothingSent(other));
}
