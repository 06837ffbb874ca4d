import { personNames } from '../seat.ts';
import type { DemoContext } from './demo-context.ts';

const vm = 'vm-app-01';
/** Longer than any snapshot takes, and shorter than the copy after it. */
const aSnapshot = 330;

/** Through the backup's card, by a command, and too late: once the snapshot is taken, Azure can't stop a backup. */
export async function cancelScene(demo: DemoContext): Promise<void> {
  await byItsCard(demo);
  await byCommand(demo);
  await tooLate(demo);
}

async function byItsCard({ ana, words, checks, azure }: DemoContext): Promise<void> {
  const { say } = words;
  await azure.dawdles();
  await ana.says(`/backup now ${vm}`);
  await ana.presses(say('button.cancel-backup'));
  checks.card(await ana.settled(), { title: say('cancelled.backup', { vm, who: personNames.ana }) });
  await ana.hears(say('ping.cancelled', { vm }));
}

async function byCommand({ ana, inChannel, words, checks, azure }: DemoContext): Promise<void> {
  const { say } = words;
  const there = inChannel('ana');
  await azure.dawdles();
  await ana.says(`/backup now ${vm}`);
  await ana.shows(say('button.cancel-backup'));
  await there.says(`/backup cancel ${vm}`);
  checks.card(await there.settled(), {
    title: say('cancel.title', { vm }),
    says: [say('progress.cancel-while')],
    buttons: [say('button.cancel-backup'), say('button.check-again'), say('button.keep-running')],
  });
  await there.presses(say('button.cancel-backup'));
  checks.card(await there.settled(), { title: say('closing.job-cancelled', { vm }) });
  await ana.hears(say('ping.cancelled', { vm }));
}

async function tooLate({ ana, inChannel, words, checks, azure }: DemoContext): Promise<void> {
  const { say } = words;
  const there = inChannel('ana');
  await azure.dawdles();
  await ana.says(`/backup now ${vm}`);
  await ana.shows(say('button.cancel-backup'));
  await azure.passes(aSnapshot);
  checks.card(await ana.shows(say('progress.cancel-too-late')), {
    title: `${say('progress.now-back-up', { vm })} · …`,
    buttons: [],
  });
  await there.says(`/backup cancel ${vm}`);
  checks.card(await there.settled(), {
    title: say('cancel.title', { vm }),
    says: [say('progress.cancel-too-late')],
    buttons: [say('button.check-again')],
  });
  await azure.hurries();
  checks.card(await ana.settled(), { title: say('closing.backed-up', { vm, took: '…' }) });
  await there.says(`/backup cancel ${vm}`);
  checks.card(await there.settled(), { title: say('cancel.none', { asked: vm }) });
}
