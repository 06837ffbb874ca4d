import { words } from '../../src/message/words.ts';
import { viewOf } from '../support/card-view.ts';
import type { CrashHarness } from './whole-operation.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const channel = '19:general@thread.tacv2';

/** Ana subscribes the channel to failed backups; resolves when that is done. */
export async function watchesAlerts({ platform }: CrashHarness): Promise<void> {
  await platform.meets('ana');
  const { chat } = await platform.says('ana', 'backup watch');
  await chat.untilTitle(say('watch.on'), 60_000);
}

/** How many alerts of an error are recorded, and how many of its cards are in the channel. */
export async function toldOf({ host, platform }: CrashHarness, error: string): Promise<readonly [number, number]> {
  const rows = await host.read((db) => db.selectFrom('alert').select('cause_key').execute());
  const alerts = rows.filter(({ cause_key }) => cause_key.includes(error.toLowerCase()));
  const messages = await platform.client.messages(channel, 'ana');
  const cards = messages.filter(({ card }) => card && viewOf(card).text.includes(error));
  return [alerts.length, cards.length];
}
