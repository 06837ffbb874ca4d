import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { render } from '../../cards/render.ts';
import { goldenCard, goldenNames } from './golden-cards.ts';

const folder = new URL('../golden/teams/', import.meta.url);
const fileOf = (name: string, locale: string) =>
  new URL(`${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.${locale}.json`, folder);

/** `UPDATE_GOLDEN=1` rewrites the files; look at the difference before committing it. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

describe.each(['en', 'nl'] as const)('in %s', (locale) => {
  test.each(goldenNames)('the card %s is rendered as before', async (name) => {
    const context = { locale, timeZone: 'Europe/Amsterdam', simulated: name === 'ready' };
    const rendered = render(await goldenCard(name, context), context);
    const drawn = `${JSON.stringify(rendered, null, 2)}\n`;
    if (isUpdate) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(fileOf(name, locale), drawn);
    }
    expect(drawn).toBe(readFileSync(fileOf(name, locale), 'utf8'));
  });
});
