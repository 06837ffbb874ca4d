import { Router, type Request, type Response } from 'express';
import type { Linked, Linking } from '../../bot/port.ts';
import { loggable, type Log } from '../../core/log.ts';
import { linkHeaders, linkPage, wordsFor } from './link-page.ts';

/** What the sign-in pages need. `publicUrl`: where people reach the product, without a trailing slash. */
type LinkRouterOptions = { readonly linking: Linking; readonly publicUrl: () => string; readonly log: Log };

const root = '/slack/link';
const cookieName = 'kluis_link';
const tenMinutesMs = 600_000;

/** Where a sign-in comes back to; it is registered with the sign-in's application. */
export const linkCallbackPath = `${root}/callback`;

/** Where a person with this ticket starts. */
export function linkPath(ticket: string): string {
  return `${root}/${encodeURIComponent(ticket)}`;
}

/**
 * The pages on which somebody in Slack signs in once. Opening the first page uses nothing up (chats fetch links for a
 * preview), and only that page leads on, since it says who is linked; the ticket then travels in a cookie, so that only
 * the browser in which somebody started can come back.
 */
export function linkRouter({ linking, publicUrl, log }: LinkRouterOptions): Router {
  const router = Router();
  const guarded = (answer: Answering) => async (request: Request, response: Response) => {
    response.set(linkHeaders);
    try {
      await answer(request, response);
    } catch (error) {
      log.error(loggable(error), 'a page of the sign-in could not be shown');
      show(request, response.status(500), { end: 'failed' });
    }
  };
  router.get(linkCallbackPath, guarded(comeBack(linking, publicUrl)));
  router.get(`${root}/:ticket`, guarded(askFirst(linking)));
  router.post(`${root}/:ticket`, guarded(goToSignIn(linking, publicUrl)));
  return router;
}

type Answering = (request: Request, response: Response) => Promise<void>;

function askFirst(linking: Linking): Answering {
  return async (request, response) => {
    const holder = await linking.holder(String(request.params['ticket']));
    if (!holder) return show(request, response.status(410), { end: 'expired' });
    const { say, locale } = wordsFor(request);
    const text = say('link.whom', { name: holder.name, id: holder.platformId });
    response.type('html').send(linkPage({ locale, title: say('link.title'), text, button: say('link.button') }));
  };
}

function goToSignIn(linking: Linking, publicUrl: () => string): Answering {
  return async (request, response) => {
    // A page elsewhere that posts this form would spare its victim the page that says who is linked.
    if (request.headers.origin !== new URL(publicUrl()).origin)
      return show(request, response.status(403), { end: 'failed' });
    const ticket = String(request.params['ticket']);
    const url = await linking.begin(ticket);
    if (url === null) return show(request, response.status(410), { end: 'expired' });
    const secure = publicUrl().startsWith('https:');
    response.cookie(cookieName, ticket, { path: root, httpOnly: true, sameSite: 'lax', secure, maxAge: tenMinutesMs });
    response.redirect(303, url);
  };
}

function comeBack(linking: Linking, publicUrl: () => string): Answering {
  return async (request, response) => {
    const ticket = cookieOf(request);
    response.clearCookie(cookieName, { path: root });
    if (ticket === null) return show(request, response.status(400), { end: 'expired' });
    const ended = await linking.finish(ticket, new URL(request.originalUrl, publicUrl()));
    show(request, ended.end === 'linked' ? response : response.status(400), ended);
  };
}

function show(request: Request, response: Response, ended: Linked): void {
  const { say, locale } = wordsFor(request);
  const text = ended.end === 'linked' ? say('link.done', { name: ended.name }) : say(`link.${ended.end}`);
  response.type('html').send(linkPage({ locale, title: say('link.title'), text }));
}

function cookieOf({ headers }: Request): string | null {
  const found = (headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return found.find(([name]) => name === cookieName)?.[1] ?? null;
}
