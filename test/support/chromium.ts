import { existsSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
];

/** Where Chromium is on this machine: `CHROMIUM_PATH`, or one of the usual paths; undefined if there is none. */
export function chromiumPath(): string | undefined {
  const asked = process.env['CHROMIUM_PATH'];
  return asked ? asked : places.find((path) => existsSync(path));
}

/** Starts a headless Chromium. It is closed when it goes out of scope. */
export async function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error(missing);
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** How a tab looks: its size in pixels, light or dark. */
type Looks = { readonly width: number; readonly height: number; readonly colorScheme: 'light' | 'dark' };

/** A tab at an address. Leaving the scope fails the test if the page had an error or violated its own policy. */
type Tab = AsyncDisposable & { readonly page: Page };

const unused = new WeakMap<Browser, Page[]>();

/**
 * Opens an address of the chat's server in a tab with a browser profile of its own, emptied. It is the tab that an
 * earlier test has left, if there is one: where that was at the same address, the page's modules are compiled already,
 * and loading it costs half. No animation: without a graphics card a spinner takes a whole core.
 */
export async function openTab(browser: Browser, url: string, { width, height, colorScheme }: Looks): Promise<Tab> {
  const page = unused.get(browser)?.pop() ?? (await browser.newPage());
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const problems: string[] = [];
  const onError = (error: Error) => void problems.push(String(error));
  const onLine = (line: ConsoleMessage) => void (line.type() === 'error' && problems.push(line.text()));
  page.on('pageerror', onError).on('console', onLine);
  await page.goto(url);
  return {
    page,
    async [Symbol.asyncDispose]() {
      page.off('pageerror', onError).off('console', onLine);
      await leave(page);
      unused.set(browser, [...(unused.get(browser) ?? []), page]);
      expect(problems).toEqual([]);
    },
  };
}

/** What it has opened is closed, and what it has kept is gone. */
async function leave(page: Page): Promise<void> {
  for (const other of page.context().pages()) if (other !== page) await other.close();
  // A blank page would be in another process, without what is compiled already.
  await page.goto(new URL('/_lab/page/icon.svg', page.url()).href);
  await page.evaluate(() => localStorage.clear());
  await page.context().clearCookies();
}

const missing = 'No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.';

/** `test` where a Chromium is installed; elsewhere a visibly skipped one whose name gives the reason. */
export function browserTest(name: string, body: () => Promise<void>): void {
  if (chromiumPath()) test(name, body);
  else test.skip(`${name} (skipped: ${missing})`, body);
}
