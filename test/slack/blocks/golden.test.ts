import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { renderMessage } from '../../../src/bot/render-message.ts';
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import { goldenCard, goldenNames } from '../../message/golden-cards.ts';
import { form } from './form-card.ts';
import { slackProblems } from './slack-limits.ts';

const folder = new URL('../../golden/slack/', import.meta.url);
const locales = ['en', 'nl'] as const;
const fileOf = (name: string, locale: string) =>
  `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.${locale}.json`;

/** `UPDATE_GOLDEN=1` rewrites the files; look at the difference before committing it. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
const names = [...goldenNames, 'form'];

async function messageOf(name: string, context: RenderContext): Promise<CardMessage> {
  return name === 'form' ? form(context) : goldenCard(name, context);
}

describe.each(locales)('in %s', (locale) => {
  test.each(names)('the card %s is rendered in Slack as before', async (name) => {
    const context = { locale, timeZone: 'Europe/Amsterdam', simulated: name === 'ready' };
    const translated = translate(renderMessage(await messageOf(name, context), context), {
      locale,
      origin: 'C0OPS:1764.1',
    });
    expect(slackProblems(translated)).toEqual([]);
    const { text, messages, modal, warnings } = translated;
    const drawn = `${JSON.stringify({ text, messages, modal, warnings }, null, 2)}\n`;
    const file = new URL(fileOf(name, locale), folder);
    if (isUpdate) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, drawn);
    }
    expect(drawn).toBe(readFileSync(file, 'utf8'));
  });
});

test('every card rendered for Teams is rendered for Slack as well, and no file is left over', () => {
  const wanted = names.flatMap((name) => locales.map((locale) => fileOf(name, locale)));
  expect(readdirSync(folder).sort()).toEqual(wanted.sort());
  const teams = readdirSync(new URL('../../golden/teams/', import.meta.url));
  expect(teams.filter((file) => !wanted.includes(file))).toEqual([]);
});
