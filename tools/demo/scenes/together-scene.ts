import { capital } from '../../../src/message/verdict-texts.ts';
import { personNames } from '../seat.ts';
import type { DemoContext } from './demo-context.ts';

/** A second person continues what the first started, and a second backup joins the running one. */
export async function togetherScene(demo: DemoContext): Promise<void> {
  await takenOver(demo);
  await joined(demo);
}

async function takenOver({ inChannel, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const vm = 'vm-lock-01';
  const ana = inChannel('ana');
  await ana.says(`/backup ${vm}`);
  checks.card(await ana.settled(), { title: say('ready.title', { vm }) });
  const ben = ana.beside('ben');
  await ben.presses(say('button.protect'));
  checks.card(await ben.settled(), {
    title: `${say('closing.protected', { vm })}…`,
    says: [capital(say('started.by', { who: personNames.ben, at: 'none' }))],
  });
  await ana.hears(`${personNames.ben}: ${say('ping.protected', { vm })}`);
}

async function joined({ inChannel, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  const vm = 'vm-app-01';
  const [ana, ben] = [inChannel('ana'), inChannel('ben')];
  await azure.dawdles();
  await ana.says(`/backup now ${vm}`);
  await ana.shows(say('button.cancel-backup'));
  await ben.says(`/backup now ${vm}`);
  await ben.shows(say('progress.now-joined', { vm }));
  await azure.hurries();
  for (const chat of [ana, ben]) {
    checks.card(await chat.settled(), { title: say('closing.backed-up', { vm, took: '…' }) });
    await chat.hears(say('ping.backed-up', { vm }));
  }
  checks.fact((await azure.calls('POST', new RegExp(`;${vm}/backup\\?`))) === 1, told.oneRequest(vm));
}
