import { personNames } from '../seats/seat.ts';
import type { DemoContext } from './demo-context.ts';

/** The entry of `drills` in the rules of the scenes; its channel is one that nobody speaks in, so nothing starts by it. */
const name = 'apps';

/** Drills that start by a schedule: one person asks, another allows it until a day, and somebody stops it again. */
export async function drillsScene({ inChannel, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const ben = inChannel('ben');
  await ben.says('/backup drills');
  checks.card(await ben.settled(), {
    title: say('drills.ask', { name }),
    says: ['vm-app-01', 'vm-app-02', say('drills.standing-none')],
    buttons: [say('button.ask-approval'), say('button.close')],
  });
  await ben.presses(say('button.ask-approval'));
  await ben.shows(say('button.approve'));
  const ana = ben.beside('ana');
  await ana.presses(say('button.approve'));
  checks.card(await ana.settled(), { title: say('drills.allowed', { name }) });
  await ben.says(`/backup drills ${name}`);
  checks.card(await ben.settled(), {
    title: say('drills.allowed', { name }),
    says: ['vm-app-01', personNames.ana],
    buttons: [say('button.end-drills'), say('button.close')],
  });
  await ben.presses(say('button.end-drills'));
  checks.card(await ben.settled(), { title: say('closing.end-drills', { name }) });
  await ben.says('/backup leftovers');
  checks.card(await ben.settled(), { title: say('leftovers.none') });
}
