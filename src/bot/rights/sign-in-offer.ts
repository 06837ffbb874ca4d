import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Button } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { insertTicket } from '../../store/person-links.ts';
import type { Deps } from '../deps.ts';
import type { OutgoingMessage, Inbound } from '../port.ts';

/** How long somebody can take from getting the link to signing in. */
const ticketMs = 10 * 60_000;

/** The text of the offer, and the sign-in page; without one an administrator links them. */
export type SignInOffer = { readonly text: string; readonly links: readonly { title: string; url: string }[] };

type Later = { readonly text: string[]; readonly buttons: Button[] };

/** A placeholder for the page's URL until the message is sent. */
const place = 'https://sign-in.invalid/';

const signsInSchema = z.object({ team: z.string().default(''), platformId: z.string(), name: z.string() });

/** How a person who isn't linked gets linked, in a private message: by their own sign-in if there is one. */
export function signInOffer(
  deps: Pick<Deps, 'signInPage' | 'defaultTimeZone'>,
  { reader }: Pick<Inbound, 'reader'>,
): SignInOffer {
  const { say } = words({ ...reader, timeZone: reader.timeZone ?? deps.defaultTimeZone, simulated: false });
  if (!deps.signInPage) return { text: say('link.ask'), links: [] };
  return { text: say('link.sign-in'), links: [{ title: say('link.button'), url: place }] };
}

/** The same where it stays longer than a link works: a button that types a command, which is answered with an offer. */
export function signInLater({ signInPage }: Pick<Deps, 'signInPage'>, { say }: Words): Later {
  if (!signInPage) return { text: [say('link.ask')], buttons: [] };
  const button = { title: say('link.button'), verb: 'command', data: { command: 'help' }, withInputs: false };
  return { text: [say('link.first')], buttons: [button] };
}

/** Records in a message with such an offer who its link is for. */
export function offering(drawn: OutgoingMessage, { person }: Pick<Inbound, 'person'>): OutgoingMessage {
  const { team = '', platformId, name } = person;
  return { ...drawn, signsIn: { team, platformId, name } } as OutgoingMessage;
}

/**
 * The message with its link, if it offers a sign-in. The ticket in the link is that person's and works once. It is
 * generated only when sending: only its hash is stored anywhere.
 */
export async function withTicket(
  deps: Pick<Deps, 'database' | 'signInPage'>,
  desired: OutgoingMessage,
): Promise<OutgoingMessage> {
  const { signsIn, ...drawn } = desired as OutgoingMessage & { signsIn?: unknown };
  const who = signsInSchema.safeParse(signsIn).data;
  if (!who || !deps.signInPage) return drawn;
  const ticket = randomBytes(32).toString('base64url');
  await insertTicket(deps.database.db, { hash: ticketHash(ticket), ...who, forMs: ticketMs });
  return JSON.parse(JSON.stringify(drawn).replaceAll(place, deps.signInPage(ticket))) as OutgoingMessage;
}

/** The hash under which a ticket is stored. */
export function ticketHash(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
