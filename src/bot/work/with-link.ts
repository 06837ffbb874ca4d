import { loggable } from '../../core/log.ts';
import { messageById } from '../../store/messages.ts';
import type { Deps } from '../deps.ts';
import { ChatFault, type OutgoingMessage } from '../port.ts';
import type { Sending } from './sending.ts';

/**
 * The message with its link to the one that it belongs to. Without a link if the platform has none, or doesn't return
 * one now: the message matters more.
 */
export async function withLink(
  deps: Deps,
  { to, sender, drawn }: Pick<Sending, 'to' | 'sender' | 'drawn'>,
): Promise<OutgoingMessage> {
  const { after, linksAs } = drawn;
  if (after === undefined || linksAs === undefined || !sender.linkTo) return drawn;
  const found = await messageById(deps.database.db, after);
  if (!found?.platformId) return drawn;
  try {
    const url = await sender.linkTo(to, found.platformId);
    return url === null ? drawn : { ...drawn, link: { title: linksAs, url } };
  } catch (fault) {
    if (!(fault instanceof ChatFault)) throw fault;
    deps.log.warn({ ...loggable(fault), conversation: to.id }, 'a message goes without its link');
    return drawn;
  }
}
