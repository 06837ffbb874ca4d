/**
 * What a person reads on every kind of card, in both chats and languages, opened details included: a changed word is a
 * changed line of a file in `test/golden/read`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderMessage } from '../../src/bot/render-message.ts';
import { cardText, type Group } from '../../tools/demo/card-text.ts';
import { readAdaptiveCard } from '../../tools/demo/seats/read-adaptive-card.ts';
import { readBlocks } from '../../tools/demo/seats/read-blocks.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { slackProblems } from '../slack/blocks/slack-limits.ts';
import { cardKinds } from '../support/cards/kinds.ts';

const folder = new URL('../golden/read/', import.meta.url);
const fileOf = (kind: string) => new URL(`${kind}.txt`, folder);

/** `UPDATE_GOLDEN=1` rewrites the files; look at the difference before committing it. */
const isUpdate = process.env['UPDATE_GOLDEN'] === '1';
if (isUpdate) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

test.each(Object.keys(cardKinds))('the card %s reads as before', async (kind) => {
  const read = [...(await readIn('en', kind)), ...(await readIn('nl', kind))].join('\n');
  if (isUpdate) writeFileSync(fileOf(kind), read);
  expect(read).toBe(readFileSync(fileOf(kind), 'utf8'));
});

test('no file is left over', () => {
  const wanted = Object.keys(cardKinds).map((kind) => `${kind}.txt`);
  expect(readdirSync(folder).sort()).toEqual(wanted.sort());
});

async function readIn(locale: 'en' | 'nl', kind: string): Promise<string[]> {
  const look = { locale, timeZone: 'Europe/Amsterdam', simulated: false };
  const made = renderMessage(await cardKinds[kind]!(look), look);
  const translated = translate(made, { locale });
  expect(slackProblems(translated)).toEqual([]);
  const teams = written(readAdaptiveCard(made.card));
  const slack = translated.messages.flatMap((blocks) => written(readBlocks(blocks, (user) => user)));
  const isSame = teams.join(' ') === slack.join(' ');
  return isSame
    ? [`== Teams and Slack, ${locale}`, ...teams, '']
    : [`== Teams, ${locale}`, ...teams, '', `== Slack, ${locale}`, ...slack, ''];
}

/** Without what only differs in space: blank lines, and the two signs of a bullet. */
function written(groups: readonly Group[]): string[] {
  const { lines, details } = cardText(groups, '');
  const all = [...lines, ...(details.length > 0 ? ['-- details', ...details] : [])];
  return all.filter((line) => line.trim() !== '').map((line) => line.replace(/^• /u, '- '));
}
