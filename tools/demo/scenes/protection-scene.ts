import type { DemoContext } from './demo-context.ts';

const vm = 'vm-app-01';

/** Stopped while keeping the existing points, asked again, and resumed from the card. */
export async function protectionScene({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  await ana.says(`/backup stop ${vm}`);
  checks.card(await ana.settled(), {
    title: say('stop-protection.title', { vm }),
    says: [say('stop-protection.why')],
    buttons: [say('button.stop-protection'), say('button.cancel')],
  });
  await ana.presses(say('button.stop-protection'));
  checks.card(await ana.settled(), { title: say('backups.stopped', { vm }) });
  await ana.hears(say('ping.stop-protection', { vm }));
  await ana.presses(say('button.resume'));
  checks.card(await ana.settled(), {
    title: say('resume-protection.title', { vm }),
    buttons: [say('button.resume-protection'), say('button.cancel')],
  });
  await ana.presses(say('button.resume-protection'));
  checks.card(await ana.settled(), { title: say('closing.resume-protection', { vm }), says: [say('closing.next')] });
  await ana.hears(say('ping.resume-protection', { vm }));
}
