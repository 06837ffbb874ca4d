import type { Request } from 'express';
import { words, type Words } from '../../message/words.ts';

/** A small page of the linking sign-in: a title, a paragraph, and perhaps a button that posts to the page itself. */
export function linkPage(page: {
  readonly locale: string;
  readonly title: string;
  readonly text: string;
  readonly button?: string;
}): string {
  const { locale, title, text, button } = page;
  const form = button === undefined ? '' : `<form method="post"><button>${escaped(button)}</button></form>`;
  return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${form}</main></html>`;
}

/** The headers of these pages: no scripts, no framing, no caching, and no referrer to other sites. */
export const linkHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  // With no-referrer a browser would post the form with a null origin, which the loopback guard refuses.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

/** The words of a page, in the browser's preferred language. */
export function wordsFor(request: Request): { say: Words['say']; locale: 'en' | 'nl' } {
  const locale = request.acceptsLanguages('en', 'nl') === 'nl' ? 'nl' : 'en';
  return { say: words({ locale, timeZone: 'UTC', simulated: false }).say, locale };
}

const style = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto 0; max-width: 30rem; padding: 0 1rem; color: #1b1b1b; background: #fff }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: 6px; color: #fff; background: #0f6cbd; cursor: pointer }
button:hover, button:focus-visible { background: #0c5795 }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #1f1f1f } }
`;

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
