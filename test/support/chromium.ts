import { existsSync } from 'node:fs';
import { test } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

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

const missing = 'No Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.';

/** `test` where a Chromium is installed; elsewhere a visibly skipped one whose name gives the reason. */
export function browserTest(name: string, body: () => Promise<void>): void {
  if (chromiumPath()) test(name, body);
  else test.skip(`${name} (skipped: ${missing})`, body);
}
