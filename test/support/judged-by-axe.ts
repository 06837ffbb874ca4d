import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const { source } = createRequire(import.meta.url)('axe-core') as typeof axe;

/**
 * What axe-core finds wrong on a page or a part of it, as `rule: element`. Contrast is left to our own measure, which
 * also knows placeholders and the edges of controls.
 */
export async function judgedByAxe(page: Page, within = 'html'): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy forbids that.
  await page.evaluate(source);
  return page.evaluate(async (part) => {
    const { axe: judge } = globalThis as unknown as { axe: typeof axe };
    const { violations } = await judge.run(part, {
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: false } },
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }, within);
}
