import { createHash, randomBytes } from 'node:crypto';
import { words } from '../message/words.ts';
import type { Queries } from '../store/database.ts';
import { insertTicket } from '../store/person-links.ts';
import type { Deps } from './deps.ts';
import type { Inbound } from './port.ts';

/** How long somebody may take from being told until they have signed in. */
export const ticketMs = 10 * 60_000;

/** What somebody is told, and the page where they sign in; without one an administrator links them. */
export type SignInOffer = { readonly text: string; readonly links: readonly { title: string; url: string }[] };

/**
 * How a person who is linked to nobody gets linked, in words for them alone: by a sign-in of their own where there is one.
 * The ticket in the link is theirs, works once, and is kept as a digest only.
 */
export async function signInOffer(
  deps: Pick<Deps, 'signInPage' | 'defaultTimeZone'>,
  q: Queries,
  { person, reader }: Pick<Inbound, 'person' | 'reader'>,
): Promise<SignInOffer> {
  const { say } = words({ ...reader, timeZone: reader.timeZone ?? deps.defaultTimeZone, simulated: false });
  if (!deps.signInPage) return { text: say('link.ask'), links: [] };
  const ticket = randomBytes(32).toString('base64url');
  await insertTicket(q, {
    hash: ticketHash(ticket),
    platformId: person.platformId,
    name: person.name,
    forMs: ticketMs,
  });
  return { text: say('link.sign-in'), links: [{ title: say('link.button'), url: deps.signInPage(ticket) }] };
}

/** The digest under which a ticket is kept. */
export function ticketHash(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
