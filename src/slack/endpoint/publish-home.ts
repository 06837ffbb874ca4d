import { ChatFault } from '../../bot/port.ts';
import { homeBlocks } from '../message-parts.ts';
import type { ApiOf } from '../web-api.ts';
import type { EndpointParts, ShowHome } from './endpoint-parts.ts';
import type { Identified } from './identify.ts';

type Hash = string | null | undefined;

/**
 * Renders a person's page and sends it to Slack, where the page that comes last stays. In one process a person's pages
 * are rendered and sent one after the other, and of those that wait only the newest is. Between processes Slack
 * compares the hash of the page that was there: if another process has replaced that, this one is rendered once more.
 *
 * Not covered, until the page is opened or pressed again: two processes with somebody's very first page, which has no
 * hash yet; and a page that another process sends while this one is rendered once more.
 */
export function publishHome(apiOf: ApiOf, showHome: ShowHome): EndpointParts['publishHome'] {
  /** The newest page of each person, until it is sent, with the hash that it got. */
  const newest = new Map<string, Promise<string | undefined>>();
  const send = async ({ person, reader }: Identified, hash: Hash): Promise<string | undefined> => {
    const blocks = homeBlocks(await showHome(person, reader));
    const home = { user_id: person.platformId, view: { type: 'home' as const, blocks }, ...(hash && { hash }) };
    const sent = await apiOf(person.team ?? '')('showing a home page in Slack', (client) => client.views.publish(home));
    return sent.view?.hash;
  };
  const publish = (who: Identified, hash: Hash) =>
    send(who, hash).catch((fault: unknown) => {
      if (fault instanceof ChatFault && fault.code === 'hash_conflict') return send(who, undefined);
      throw fault;
    });
  return async (who, hash) => {
    const key = `${who.person.team}/${who.person.platformId}`;
    const before = newest.get(key) ?? Promise.resolve(undefined);
    const page: Promise<string | undefined> = before
      .catch(() => undefined)
      .then((sent) => (newest.get(key) === page ? publish(who, sent ?? hash) : sent));
    newest.set(key, page);
    await page.finally(() => newest.get(key) === page && newest.delete(key));
  };
}
