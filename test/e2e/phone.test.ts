/**
 * Every kind of card on a phone: its verdict and its primary button, or its first one if none is primary, fit one
 * screen, in both chats and languages; and no text is squeezed beside its button.
 */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { drawAll, openBare, servePages } from './drawn-cards.ts';

/** The height that a phone's screen of 390 by 844 has between the chat's header and its message box. */
const screen = 713;

let browser: Browser;
let pages: ReturnType<typeof servePages>;
beforeAll(async () => {
  if (!chromiumPath()) return;
  pages = servePages();
  browser = await startChromium();
});
afterAll(async () => {
  await browser?.close();
  pages?.close();
});

type Measured = {
  readonly kind: string;
  readonly toButton: number;
  readonly whole: number;
  readonly wide: boolean;
  readonly squeezed: readonly string[];
};

for (const side of ['teams', 'slack'] as const) {
  browserTest(
    `in ${side} the verdict and the first thing to press of every card stand on one screen of a phone`,
    async () => {
      const page = await openBare(browser, pages.url, { side });
      const measured: (Measured & { locale: string })[] = [];
      for (const locale of ['en', 'nl'] as const) {
        await drawAll(page, side, locale);
        measured.push(...(await page.evaluate(measure)).map((one) => ({ ...one, locale })));
      }
      if (process.env['SHOW_HEIGHTS']) console.table(measured);
      expect(measured.length).toBeGreaterThan(2 * 26);
      const fits = ({ toButton, wide, squeezed }: Measured) => toButton <= screen && !wide && squeezed.length === 0;
      expect(measured.filter((one) => !fits(one))).toEqual([]);
    },
  );
}

/** Runs in the page. A text of three lines or more is squeezed if not even two short words fit in one. */
function measure(): Measured[] {
  const isSqueezed = (element: Element) => {
    const own = Array.from(element.childNodes).filter((node) => node.nodeType === Node.TEXT_NODE);
    const { width, height } = element.getBoundingClientRect();
    return own.some((node) => (node.textContent ?? '').trim().length >= 8) && width > 0 && width < 70 && height > 60;
  };
  return Array.from(document.querySelectorAll<HTMLElement>('article[data-kind]')).map((node) => {
    const card = (node.querySelector('.card, .slack-body') ?? node) as HTMLElement;
    const title = card.querySelector('[role="heading"], h3, .block')!.getBoundingClientRect();
    const primary =
      card.querySelector('.style-positive, .slack-button.primary, .style-destructive, .slack-button.danger') ??
      card.querySelector('.ac-pushButton, .slack-button:not(.dots)');
    const box = card.getBoundingClientRect();
    const bottom = (primary ?? card.querySelector('[role="heading"], h3, .block')!).getBoundingClientRect().bottom;
    return {
      kind: node.dataset['kind'] ?? '',
      toButton: Math.round(bottom - title.top),
      whole: Math.round(box.height),
      wide: document.documentElement.scrollWidth > window.innerWidth,
      squeezed: Array.from(card.querySelectorAll('*'))
        .filter(isSqueezed)
        .map((each) => each.textContent ?? ''),
    };
  });
}
