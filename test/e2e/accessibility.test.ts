/**
 * What people need who don't see the page well, hear it instead, use no mouse, or have only a phone: contrast, names,
 * targets, language, keyboard navigation, and what fits one screen. Measured on every kind of card, in both chats.
 */
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { judgedByAxe } from '../support/judged-by-axe.ts';
import { drawAll, openBare, servePages, type Locale, type Side } from './drawn-cards.ts';

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

const locales: readonly Locale[] = ['en', 'nl'];
const opened: { [at: string]: Promise<Page> } = {};

/** The page with every card of a chat in one language, drawn once for all tests: that takes a second of CPU. */
function drawn(side: Side, locale: Locale = 'en'): Promise<Page> {
  return (opened[`${side} ${locale}`] ??= (async () => {
    const page = await openBare(browser, pages.url, side);
    await drawAll(page, side, locale);
    return page;
  })());
}

for (const side of ['teams', 'slack'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    browserTest(`${side}, ${scheme}: every text, placeholder and edge of a control has enough contrast`, async () => {
      const page = await drawn(side);
      await page.emulateMedia({ colorScheme: scheme });
      const found = await page.evaluate(contrasts, '#log *');
      expect(found.filter(({ of }) => of === 'placeholder').length).toBeGreaterThan(0);
      expect(found.length).toBeGreaterThan(300);
      const tooLow = found.filter(({ ratio, needs }) => ratio < needs);
      expect([...new Set(tooLow.map((one) => JSON.stringify(one)))]).toEqual([]);
    });
  }

  browserTest(`${side}: axe-core finds nothing wrong on any kind of card`, async () => {
    for (const locale of locales) {
      const found = await judgedByAxe(await drawn(side, locale), '#log');
      expect([...new Set(found)]).toEqual([]);
    }
  });

  browserTest(`${side}: no two buttons of a card have the same name`, async () => {
    for (const locale of locales) {
      const page = await drawn(side, locale);
      const names = await page.evaluate(namesOfButtons);
      expect(names.flatMap((card) => card.names).length).toBeGreaterThan(60);
      expect(names.filter((card) => new Set(card.names).size < card.names.length)).toEqual([]);
      expect(names.filter((card) => card.names.includes(''))).toEqual([]);
    }
  });

  browserTest(`${side}: a thumb hits what it is meant to on a phone`, async () => {
    const page = await drawn(side, 'nl');
    const targets = await page.evaluate(targetsOf);
    expect(targets.length).toBeGreaterThan(100);
    expect(targets.filter(({ height }) => height < 44)).toEqual([]);
    expect(await page.evaluate(gaps)).toBeGreaterThanOrEqual(12);
  });

  browserTest(
    `in ${side} the verdict and the first thing to press of every card stand on one screen of a phone`,
    async () => {
      const measured: (Measured & { locale: string })[] = [];
      for (const locale of locales) {
        const page = await drawn(side, locale);
        measured.push(...(await page.evaluate(measure)).map((one) => ({ ...one, locale })));
      }
      if (process.env['SHOW_HEIGHTS']) console.table(measured);
      expect(measured.length).toBeGreaterThan(2 * 26);
      const fits = ({ toButton, wide, squeezed }: Measured) => toButton <= screen && !wide && squeezed.length === 0;
      expect(measured.filter((one) => !fits(one))).toEqual([]);
    },
  );

  browserTest(
    `${side}: the newest card is one step back from the message box, and the others are on the arrows`,
    async () => {
      const page = await drawn(side);
      await page.evaluate(async () => {
        const path = '/_lab/page/conversation/walk.js';
        const { walkMessages } = (await import(path)) as { walkMessages: (log: unknown, box: unknown) => void };
        const box = document.createElement('textarea');
        document.getElementById('compose')!.append(box);
        walkMessages(document.getElementById('log'), box);
        box.focus();
      });
      const focused = () =>
        page.evaluate(() => {
          const all = Array.from(document.querySelectorAll('article.message'));
          return all.length - all.indexOf(document.activeElement?.closest('article.message') as Element);
        });
      await page.keyboard.press('Shift+Tab');
      expect(await focused()).toBe(1);
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      expect(await focused()).toBe(3);
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toBe(2);
    },
  );
}

for (const scheme of ['light', 'dark'] as const) {
  browserTest(`slack, ${scheme}: the menu behind the three dots is read, walked and hit on a phone`, async () => {
    for (const locale of locales) {
      const page = await drawn('slack', locale);
      await page.emulateMedia({ colorScheme: scheme });
      const openers = page.locator('#log .dots');
      expect(await openers.count()).toBeGreaterThan(8);
      for (const opener of await openers.all()) {
        await opener.click();
        const menu = page.locator('#log [role=menu]:visible');
        expect([await opener.getAttribute('aria-expanded'), await menu.count()]).toEqual(['true', 1]);
        const options = await menu.getByRole('menuitem').allTextContents();
        expect(options.length).toBeGreaterThanOrEqual(2);
        const found = await page.evaluate(contrasts, '#log [role=menu]:not([hidden]) *');
        expect(found.map(({ text }) => text)).toEqual(options);
        expect(found.filter(({ ratio, needs }) => ratio < needs)).toEqual([]);
        const box = (await menu.boundingBox())!;
        expect([box.x >= 0, box.x + box.width <= 390, await page.evaluate(isWide)]).toEqual([true, true, false]);
        const heights = (nodes: Element[]) => nodes.map((node) => node.getBoundingClientRect().height);
        expect(Math.min(...(await menu.getByRole('menuitem').evaluateAll(heights)))).toBeGreaterThanOrEqual(44);
        const focused = () => page.evaluate(() => document.activeElement?.textContent);
        expect(await focused()).toBe(options[0]);
        await page.keyboard.press('ArrowUp');
        expect(await focused()).toBe(options.at(-1));
        await page.keyboard.press('ArrowDown');
        expect(await focused()).toBe(options[0]);
        await page.keyboard.press('Escape');
        expect([await opener.getAttribute('aria-expanded'), await menu.count()]).toEqual(['false', 0]);
        expect(await opener.evaluate((node) => node === document.activeElement)).toBe(true);
      }
      await openers.first().click();
      expect((await judgedByAxe(page, '#log')).filter((each) => /menu/.test(each))).toEqual([]);
      // Whoever goes on elsewhere leaves no menu open.
      await openers.nth(1).click();
      expect(await page.locator('#log [role=menu]:visible').count()).toBe(1);
      await page.keyboard.press('Escape');
    }
  });
}

browserTest('cards say their language and the level of their heading, and are named by it', async () => {
  for (const locale of locales) {
    const page = await drawn('teams', locale);
    const cards = await page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLElement>('.card')).map((card) => {
        const heading = document.getElementById(card.getAttribute('aria-labelledby') ?? '');
        return [card.lang, heading?.getAttribute('role'), heading?.getAttribute('aria-level')];
      }),
    );
    expect(new Set(cards.map(String))).toEqual(new Set([`${locale},heading,3`]));
  }
});

browserTest(
  'a fold says whether it is open and what it opens, which stands there; facts are tied to their labels',
  async () => {
    const page = await drawn('teams');
    const { folds, facts } = await page.evaluate(() => {
      const said = (id: string | undefined, expanded: string) => {
        const toggles = Array.from(document.querySelectorAll<HTMLElement>(`[aria-controls="${id}"]`));
        return toggles.filter((one) => one.getAttribute('aria-expanded') === expanded).length;
      };
      const controlled = Array.from(document.querySelectorAll('.details-toggle'), (one) =>
        one.getAttribute('aria-controls'),
      );
      const ids = [...new Set(controlled)].map((id) => id ?? '');
      return {
        folds: ids.map((id) => [document.getElementById(id) !== null, said(id, 'false'), said(id, 'true')]),
        facts: Array.from(document.querySelectorAll('.ac-factset'), (list) => [
          list.tagName,
          list.querySelectorAll('dt').length === list.querySelectorAll('dd').length,
        ]),
      };
    });
    expect(folds.length).toBeGreaterThan(20);
    expect(new Set(folds.map(String))).toEqual(new Set(['true,1,1']));
    expect(facts.length).toBeGreaterThan(20);
    expect(new Set(facts.map(String))).toEqual(new Set(['DL,true']));
  },
);

browserTest('where motion is not wanted, nothing turns', async () => {
  const page = await drawn('teams');
  const turning = await page.evaluate(() => {
    const buttons = Array.from(document.querySelectorAll('.card .ac-pushButton'));
    buttons.forEach((button) => button.classList.add('pressed'));
    return buttons.map((button) => getComputedStyle(button, '::before').animationName);
  });
  expect(turning.length).toBeGreaterThan(20);
  expect(new Set(turning)).toEqual(new Set(['none']));
});

type Measured = {
  readonly kind: string;
  readonly toButton: number;
  readonly whole: number;
  readonly wide: boolean;
  readonly squeezed: readonly string[];
};

type Contrast = { readonly of: string; readonly text: string; readonly ratio: number; readonly needs: number };

/** Runs in the page. */
function contrasts(within: string): Contrast[] {
  const canvas = document.createElement('canvas');
  const paint = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
  const over = (colors: readonly string[]): number => {
    for (const color of ['#fff', ...colors]) {
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
    }
    const [r = 0, g = 0, b = 0] = [...paint.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node: Element | null): string[] =>
    node ? [...behind(node.parentElement), getComputedStyle(node).backgroundColor] : [];
  const ratio = (color: string, ground: readonly string[]) => {
    const [dark = 0, light = 0] = [over([...ground, color]), over(ground)].sort((one, other) => one - other);
    return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100;
  };
  const found: Contrast[] = [];
  for (const node of Array.from(document.querySelectorAll<HTMLElement>(within))) {
    if (!node.checkVisibility() || node.closest(':disabled, .avatar')) continue;
    const { color, fontSize, fontWeight, borderTopColor, borderBottomColor, borderTopWidth } = getComputedStyle(node);
    const text = Array.from(node.childNodes).find((child) => child.nodeType === 3 && child.textContent!.trim() !== '');
    const isLarge = parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && Number(fontWeight) >= 700);
    const about = (node.textContent ?? '').trim().slice(0, 40);
    if (text) found.push({ of: 'text', text: about, ratio: ratio(color, behind(node)), needs: isLarge ? 3 : 4.5 });
    const hint = node.getAttribute('placeholder');
    if (hint) {
      const its = getComputedStyle(node, '::placeholder');
      found.push({ of: 'placeholder', text: hint, ratio: ratio(its.color, behind(node)), needs: 4.5 });
    }
    if (!node.matches('input:not([type=checkbox], [type=radio]), select, textarea') || borderTopWidth === '0px')
      continue;
    // Its visible border, which for inputs of Teams is the lower one.
    const [upper, lower] = [borderTopColor, borderBottomColor].map((edge) => ratio(edge, behind(node.parentElement)));
    const edge = Math.max(upper ?? 0, lower ?? 0);
    found.push({ of: 'edge', text: node.tagName, ratio: edge, needs: 3 });
  }
  return found;
}

/** Runs in the page. */
function isWide(): boolean {
  return document.documentElement.scrollWidth > window.innerWidth;
}

/** Runs in the page. */
function namesOfButtons() {
  return Array.from(document.querySelectorAll<HTMLElement>('article[data-kind]')).map((card) => ({
    kind: card.dataset['kind'],
    names: Array.from(card.querySelectorAll('.card button, .slack-body button')).map(
      (button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '',
    ),
  }));
}

/** Runs in the page. A label belongs to its input's target: pressing it focuses the input. */
function targetsOf() {
  const wanted =
    '.card button, .card .details-toggle, .card input, .card select, .slack-body button, .slack-body select';
  const all = Array.from(document.querySelectorAll<HTMLElement>(wanted)).filter((node) => node.checkVisibility());
  return all.map((node) => {
    const label = (node as HTMLInputElement).labels?.[0] ?? null;
    const [top, bottom] = [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom];
    const above = label ? Math.min(top, label.getBoundingClientRect().top) : top;
    const below = label ? Math.max(bottom, label.getBoundingClientRect().bottom) : bottom;
    const name = (node.textContent || node.getAttribute('aria-label') || node.className).slice(0, 40);
    return { name, height: Math.round(below - above), in: node.closest<HTMLElement>('article')?.dataset['kind'] };
  });
}

/** Runs in the page. The smallest gap between two buttons in a row. */
function gaps(): number {
  const boxes = Array.from(document.querySelectorAll<HTMLElement>('article[data-kind]')).map((card) =>
    Array.from(card.querySelectorAll('.ac-pushButton, .slack-button')).map((button) => button.getBoundingClientRect()),
  );
  const between = boxes.flatMap((row) =>
    row.slice(1).flatMap((box, at) => (box.top === row[at]!.top ? [box.left - row[at]!.right] : [])),
  );
  return Math.min(...between);
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
