import type { webApi } from '@slack/bolt';
import { ChatFault, type OutgoingMessage } from '../bot/port.ts';
import type { Log } from '../core/log.ts';
import { messageParts, type MessageParts } from './message-parts.ts';
import type { ApiOf } from './web-api.ts';

/** Sends a rendered message with one call of the Web API, as text and blocks. */
export type SendMessage = <T>(
  sending: { readonly team: string; readonly doing: string; readonly drawn: OutgoingMessage },
  call: (client: webApi.WebClient, parts: MessageParts) => Promise<T>,
) => Promise<T>;

const maxTold = 200;

/**
 * Makes it. What Slack can't show as the card says it is logged, once each. Containers, in which folds are closed, are
 * new in Slack: if it refuses them, folds are open from then on, and the message is sent that way. A refused message
 * wasn't posted, so nothing is duplicated.
 */
export function messageSender(apiOf: ApiOf, log: Pick<Log, 'warn'>): SendMessage {
  let folds: 'closed' | 'open' = 'closed';
  const told = new Set<string>();
  const tell = (warnings: readonly string[]) => {
    for (const warning of warnings.filter((each) => !told.has(each))) {
      if (told.size < maxTold) told.add(warning);
      log.warn({ warning }, "Slack can't show a message the way its card is defined");
    }
  };
  return async ({ team, doing, drawn }, call) => {
    const api = apiOf(team);
    const { parts, warnings } = messageParts(drawn, { folds });
    tell(warnings);
    try {
      return await api(doing, (client) => call(client, parts));
    } catch (fault) {
      const isNoContainer =
        fault instanceof ChatFault && /^invalid_blocks/.test(fault.code ?? '') && hasContainer(parts);
      if (!isNoContainer) throw fault;
      folds = 'open';
      log.warn({ doing }, 'Slack rejected a message with collapsed sections: they are expanded from now on');
      return api(doing, (client) => call(client, messageParts(drawn, { folds }).parts));
    }
  };
}

function hasContainer({ blocks }: MessageParts): boolean {
  return blocks.some(({ type }) => type === 'container');
}
