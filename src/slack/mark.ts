import type { Destination } from '../bot/port.ts';
import { addressSchema } from './conversation-seen.ts';
import type { WebApi } from './web-api.ts';

/** How far the bot is with what somebody asked: at it, or at its end. */
export type Mark = 'working' | 'done' | 'failed';

const names = { working: 'eyes', done: 'white_check_mark', failed: 'warning' } as const;

/**
 * Puts a reaction on the message that asked last: 👀 while the bot is at it, then ✅ or ⚠️ in its place. It never throws:
 * a mark that Slack does not take, or that is there already, is no reason to disturb the work.
 */
export async function mark(api: WebApi, { address }: Pick<Destination, 'address'>, is: Mark): Promise<void> {
  const parsed = addressSchema.safeParse(address).data;
  if (!parsed?.asked) return;
  const { channel, asked: timestamp } = parsed;
  const put = async (name: string) => {
    await api('marking a message in Slack', (client) => client.reactions.add({ channel, timestamp, name }));
  };
  const take = async (name: string) => {
    await api('marking a message in Slack', (client) => client.reactions.remove({ channel, timestamp, name }));
  };
  const steps = is === 'working' ? [put(names.working)] : [put(names[is]), take(names.working)];
  await Promise.allSettled(steps);
}
